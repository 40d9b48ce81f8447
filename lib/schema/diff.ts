import { type Change, inOrder } from './change'
import { IndexNames, diffIndexes } from './diff-indexes'
import { diffTable } from './diff-table'
import { diffType } from './diff-type'
import type { KeyspaceModel, TableModel } from './table-model'

/**
 * Every difference between what classes declare in a keyspace and what is there, in the order in which they can be
 * made. Tables and types that nothing declares are none.
 */
export function diff(wanted: KeyspaceModel, found: KeyspaceModel): readonly Change[] {
  const names = new IndexNames(wanted, found)
  return inOrder([
    ...wanted.types.flatMap((type) => diffType(type, found)),
    ...wanted.tables.flatMap((table) => {
      const changes = diffTable(table, found)
      return [...changes, ...diffIndexes(table, found, names, unlike(table, changes))]
    }),
  ])
}

/** The columns that are not there as declared, and cannot be: no index can be made on them. */
function unlike({ columns }: TableModel, changes: readonly Change[]): ReadonlySet<string> {
  const names = new Set(
    changes.flatMap(({ safety, name }) => (safety === 'impossible' ? (name ?? []) : [])),
  )
  const isKeyUnlike = changes.some(({ kind }) => /Key/u.test(kind))
  for (const { name, position } of columns) if (isKeyUnlike && position >= 0) names.add(name)
  return names
}
