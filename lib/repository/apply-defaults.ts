import { defaultOf } from '../metadata/default-of'
import type { EntityMetadata } from '../metadata/entity-metadata'

/** Gives undefined properties their column's default. */
export function applyDefaults({ columns }: EntityMetadata, target: object): void {
  const properties = target as Record<string, unknown>
  for (const column of columns) {
    if (column.default === undefined || properties[column.property] !== undefined) continue
    properties[column.property] = defaultOf(column)
  }
}
