import { types } from 'cassandra-driver'
import type { CqlType } from '../../cql/cql-type'
import { type NativeName, nativeNames, nativeType } from '../../cql/native-types'
import type { FieldOrders } from '../types/field-orders'
import { parseMarshalType } from './marshal-type'

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

const { dataTypes } = types

const natives: ReadonlyMap<number, NativeName> = new Map(
  nativeNames.flatMap((name) => nativeType(name).codes.map((code) => [code, name] as const)),
)

/** Returns the tree of a type, or undefined if it is unknown. A result does not tell which types are frozen. */
export function cqlTypeOf({ code, info }: DataType): CqlType | undefined {
  const native = natives.get(code)
  if (native !== undefined) return { kind: 'native', name: native }
  switch (code) {
    case dataTypes.list:
    case dataTypes.set: {
      const of = cqlTypeOf(info as DataType)
      return of && { kind: code === dataTypes.list ? 'list' : 'set', of }
    }
    case dataTypes.map: {
      const [key, value] = (info as readonly DataType[]).map(cqlTypeOf)
      return key && value && { kind: 'map', key, value }
    }
    case dataTypes.tuple: {
      const of = (info as readonly DataType[]).map(cqlTypeOf)
      return of.every((each) => each !== undefined) ? { kind: 'tuple', of } : undefined
    }
    case dataTypes.udt:
      return { kind: 'udt', name: (info as { readonly name: string }).name }
    default:
      return typeof info === 'string' ? parseMarshalType(info) : undefined
  }
}

/** The types inside a list, set, map or tuple. */
export function partsOf({ info }: DataType): readonly DataType[] {
  return Array.isArray(info) ? (info as readonly DataType[]) : [info as DataType]
}

/** The fields of a user-defined type, in the order of the server. */
export function fieldsOf({ info }: DataType): readonly TypedName[] {
  return (info as { readonly fields: readonly TypedName[] }).fields
}

/** The order of the fields of all user-defined types among and inside these types. */
export function fieldOrdersOf(dataTypes: readonly DataType[]): FieldOrders {
  const orders = new Map<string, readonly string[]>()
  const visit = (type: DataType): void => {
    if (type.code === types.dataTypes.udt) {
      const fields = fieldsOf(type)
      orders.set(
        (type.info as { readonly name: string }).name,
        fields.map(({ name }) => name),
      )
      for (const field of fields) visit(field.type)
    } else if (typeof type.info === 'object' && type.info !== null) {
      for (const part of partsOf(type)) visit(part)
    }
  }
  for (const each of dataTypes) visit(each)
  return { of: (name) => orders.get(name) }
}
