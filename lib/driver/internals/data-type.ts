import { types } from 'cassandra-driver'
import type { CqlType } from '../../cql/cql-type'
import { type NativeName, nativeNames, nativeType } from '../../cql/native-types'
import type { FieldOrders } from '../types/field-orders'
import { parseMarshalType } from './marshal-type'
import { type ServerType, isKnownType, serverPartsOf } from '../types/server-type'

/** The type of a marker or of a column of a result, as the driver reads it. */
export interface DataType {
  readonly code: number
  readonly info?: unknown
}

/** A marker, or a column of a result. */
export interface TypedName {
  readonly name: string
  readonly type: DataType
}

type UserType = Extract<ServerType, { kind: 'udt' }>

const { dataTypes } = types

const natives: ReadonlyMap<number, NativeName> = new Map(
  nativeNames.flatMap((name) => nativeType(name).codes.map((code) => [code, name] as const)),
)

/** Returns the tree of a type. A result does not tell which types are frozen. */
export function serverTypeOf(type: DataType): ServerType {
  const { code, info } = type
  const native = natives.get(code)
  if (native !== undefined) return { kind: 'native', name: native }
  switch (code) {
    case dataTypes.list:
      return { kind: 'list', of: serverTypeOf(info as DataType) }
    case dataTypes.set:
      return { kind: 'set', of: serverTypeOf(info as DataType) }
    case dataTypes.map: {
      const [key, value] = info as readonly [DataType, DataType]
      return { kind: 'map', key: serverTypeOf(key), value: serverTypeOf(value) }
    }
    case dataTypes.tuple:
      return { kind: 'tuple', of: (info as readonly DataType[]).map(serverTypeOf) }
    case dataTypes.udt:
      return {
        kind: 'udt',
        name: (info as { readonly name: string }).name,
        fields: fieldsOf(type).map((field) => ({
          name: field.name,
          type: serverTypeOf(field.type),
        })),
      }
    default:
      return typeof info === 'string'
        ? parseMarshalType(info)
        : { kind: 'unknown', name: `type ${code} of the protocol` }
  }
}

/** Returns the tree of a type, or undefined if it contains a type that coodie does not know. */
export function cqlTypeOf(type: DataType): CqlType | undefined {
  const found = serverTypeOf(type)
  return isKnownType(found) ? found : undefined
}

/** The types inside a list, set, map or tuple. */
export function partsOf({ info }: DataType): readonly DataType[] {
  return Array.isArray(info) ? (info as readonly DataType[]) : [info as DataType]
}

/** The fields of a user-defined type, in the order of the server. */
export function fieldsOf({ info }: DataType): readonly TypedName[] {
  return (info as { readonly fields: readonly TypedName[] }).fields
}

/**
 * Returns the orders of the fields of all user-defined types in a type. Another marker or column may have another
 * version of a type: the server does not change the elements of vectors when a type is altered.
 */
export function fieldOrdersOf(type: DataType): FieldOrders {
  const orders = new Map<string, readonly string[]>()
  const types = new Map<string, UserType>()
  const visit = (type: ServerType): void => {
    if (type.kind === 'udt') {
      types.set(type.name, type)
      orders.set(
        type.name,
        type.fields.map(({ name }) => name),
      )
    }
    serverPartsOf(type).forEach(visit)
  }
  visit(serverTypeOf(type))
  return {
    of: (name) => orders.get(name),
    typeOf: (name, field) => types.get(name)?.fields.find((each) => each.name === field)?.type,
  }
}

const knownOrders = new WeakMap<readonly TypedName[], Map<string, FieldOrders>>()

/** Returns the orders of the fields in a column of a result; the same ones for the same columns. */
export function fieldOrdersIn(
  columns: readonly TypedName[],
  column: string,
): FieldOrders | undefined {
  let known = knownOrders.get(columns)
  if (known === undefined) knownOrders.set(columns, (known = new Map<string, FieldOrders>()))
  let orders = known.get(column)
  if (orders === undefined) {
    const type = columns.find(({ name }) => name === column)?.type
    if (type === undefined) return undefined
    orders = fieldOrdersOf(type)
    known.set(column, orders)
  }
  return orders
}
