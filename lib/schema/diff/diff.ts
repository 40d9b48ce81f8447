import { type Change, inOrder } from './change'
import { IndexNames, diffIndexes } from './diff-indexes'
import { diffTable } from './diff-table'
import { diffType } from './diff-type'
import { diffView, unmappedViews } from './diff-view'
import type { KeyspaceModel, TableModel } from '../model/table-model'

/**
 * Every difference between what classes declare in a keyspace and what is there, in the order in which they can be
 * made. Tables and types that nothing declares are none.
 */
export function diff(wanted: KeyspaceModel, found: KeyspaceModel): readonly Change[] {
  const names = new IndexNames(wanted, found)
  const unlike = new Map<string, ReadonlySet<string>>()
  return inOrder([
    ...wanted.types.flatMap((type) => diffType(type, found)),
    ...wanted.tables.flatMap((table) => {
      const changes = diffTable(table, found)
      const columns = unlikeColumns(table, changes)
      unlike.set(table.name, columns)
      return [...changes, ...diffIndexes(table, found, names, columns)]
    }),
    ...wanted.views.flatMap((view) =>
      diffView(view, wanted, found, unlike.get(view.from) ?? new Set()),
    ),
    ...unmappedViews(wanted, found),
  ])
}

/** The columns that are not there as declared, and cannot be: no index and no view can be made of them. */
function unlikeColumns({ columns }: TableModel, changes: readonly Change[]): ReadonlySet<string> {
  const isKeyUnlike = changes.some(({ kind }) => /Key/u.test(kind))
  return new Set([
    ...changes.flatMap(({ safety, name }) => (safety === 'impossible' ? (name ?? []) : [])),
    ...columns.flatMap(({ name, position }) => (isKeyUnlike && position >= 0 ? name : [])),
  ])
}
