import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'

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

/** Gives undefined properties their column's default. */
export function applyDefaults({ columns }: EntityMetadata, target: object): void {
  const properties = target as Record<string, unknown>
  for (const column of columns) {
    if (column.default === undefined || properties[column.property] !== undefined) continue
    properties[column.property] = defaultOf(column)
  }
}
