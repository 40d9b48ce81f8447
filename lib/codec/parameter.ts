import type { CqlType } from '../cql/cql-type'
import { type FieldOrders, UnorderedParameter } from '../driver/types/field-orders'

/** True when a value of the type has bytes only where the order of fields is known. */
export function holdsUserType(type: CqlType): boolean {
  switch (type.kind) {
    case 'native':
      return false
    case 'udt':
      return true
    case 'map':
      return holdsUserType(type.key) || holdsUserType(type.value)
    case 'tuple':
      return type.of.some(holdsUserType)
    default:
      return holdsUserType(type.of)
  }
}

/** The `toDriver` of a type that goes out as bytes. */
export function bytesParameter<V>(
  type: CqlType,
  encode: (value: V, orders?: FieldOrders) => Buffer,
): (value: V) => unknown {
  return holdsUserType(type)
    ? (value) => new UnorderedParameter((orders) => encode(value, orders))
    : (value) => encode(value)
}

/** Not the order of any keyspace: for bytes that are only compared with each other. */
export const anyOrder: FieldOrders = { of: () => undefined }
