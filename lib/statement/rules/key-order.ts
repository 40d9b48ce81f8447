import type { ColumnMetadata } from '../../metadata/entity-metadata'

/** A column out of the order of the key; `skipped` is the one before it that is missing, if that is why. */
export interface Disorder {
  readonly column: ColumnMetadata
  readonly skipped: ColumnMetadata | undefined
}

/** ORDER BY and GROUP BY name columns in the order of the key, and may skip those that = fixes. */
export function findDisorder(
  key: readonly ColumnMetadata[],
  named: readonly ColumnMetadata[],
  fixed: readonly ColumnMetadata[],
): Disorder | undefined {
  let next = 0
  for (const column of named) {
    const position = key.indexOf(column)
    if (position < next) return { column, skipped: undefined }
    const skipped = key.slice(next, position).find((each) => !fixed.includes(each))
    if (skipped !== undefined) return { column, skipped }
    next = position + 1
  }
  return undefined
}
