import { Refusal } from '../codec/codec'
import type { ColumnMetadata } from './entity-metadata'

/** Returns true for a list, set or map that is not frozen: Cassandra stores nothing of an empty one. */
export function isOpenCollection({ type: { kind } }: ColumnMetadata): boolean {
  return kind === 'list' || kind === 'set' || kind === 'map'
}

/** Returns true if Cassandra stores nothing of the value of such a column; null and undefined are not values. */
export function isEmptyCollection({ codec }: ColumnMetadata, value: unknown): boolean {
  if (value === undefined || value === null) return false
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
    // What does not fit its column is refused where it is bound.
    if (error instanceof Refusal) return false
    throw error
  }
}
