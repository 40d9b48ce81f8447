import { types } from 'cassandra-driver'

/** Tells a `Long` or an `Integer` of the driver, also of another copy of it: both print their digits. */
export function isWholeNumber(value: unknown): value is types.Long | types.Integer {
  if (typeof value !== 'object' || value === null) return false
  return (
    value instanceof types.Integer ||
    types.Long.isLong(value) ||
    ('bits_' in value && Array.isArray(value.bits_) && 'sign_' in value)
  )
}
