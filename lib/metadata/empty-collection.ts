import { isCollection } from '../cql/type-tree'
import { Refusal } from '../codec/codec'
import type { ColumnMetadata } from './entity-metadata'

/**
 * Tests whether a value is an empty list, set or map of a column that is not frozen: Cassandra stores nothing of it.
 * Null and undefined are not values.
 */
export function isEmptyCollection(column: ColumnMetadata, value: unknown): boolean {
  const { codec, type } = column
  if (value === undefined || value === null || !isCollection(type)) return false
  // A transformer may make an empty collection of anything.
  return codec.isTransformed === true ? isTransformedEmpty(codec, value) : isEmpty(value)
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof Set || value instanceof Map) return value.size === 0
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && Object.keys(value).length === 0
}

function isTransformedEmpty(codec: ColumnMetadata['codec'], value: unknown): boolean {
  try {
    return isEmpty(codec.check(value))
  } catch (error) {
    // A value that does not fit its column is refused where it is bound.
    if (error instanceof Refusal) return false
    throw error
  }
}
