import type { Change } from './change'
import { inOrder, subjectOf } from './change-facts'
import { IndexNames, diffIndexes } from './diff-indexes'
import { diffTable } from './diff-table'
import { diffType } from './diff-type'
import { diffView, diffUnmappedViews } from './diff-view'
import type { KeyspaceModel, TableModel } from '../model/table-model'

/**
 * Returns every difference between what classes declare in a keyspace and what the cluster stores, in the order in
 * which the changes can be executed. Tables and types that no class declares are not differences.
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
    ...diffUnmappedViews(wanted, found),
  ])
}

/** The columns that are stored otherwise than declared and cannot be changed: no index and no view can be made on them. */
function unlikeColumns({ columns }: TableModel, changes: readonly Change[]): ReadonlySet<string> {
  const isKeyUnlike = changes.some((change) => subjectOf(change) === 'key')
  return new Set([
    ...changes.flatMap(({ safety, name }) => (safety === 'impossible' ? (name ?? []) : [])),
    ...columns.flatMap(({ name, position }) => (isKeyUnlike && position >= 0 ? name : [])),
  ])
}
