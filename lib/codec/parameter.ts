import type { CqlType } from '../cql/cql-type'
import { holdsUserType } from '../cql/type-tree'
import { type FieldOrders, UnorderedParameter } from '../driver/types/field-orders'

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
