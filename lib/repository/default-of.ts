import type { ColumnMetadata } from '../metadata/entity-metadata'

/** The default of a column, made anew for every entity; undefined when it has none. */
export function defaultOf({ default: value }: ColumnMetadata): unknown {
  if (typeof value === 'function') return (value as () => unknown)()
  return Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Set ||
    value instanceof Date
    ? structuredClone(value)
    : value
}
