import type { KeyspaceModel, ServerModel, ViewModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'
import { diffColumn } from './diff-column'
import { diffKey } from './diff-key'
import { diffOptions } from './diff-options'

/**
 * Returns how a declared view differs from the stored one. The key and the columns of a stored view cannot be altered:
 * every difference in them is impossible to change. `unlike` are the columns of its table that are stored otherwise
 * than they are declared.
 */
export function diffView(
  view: ViewModel,
  wanted: KeyspaceModel,
  found: KeyspaceModel,
  unlike: ReadonlySet<string>,
): readonly Change[] {
  const { keyspace, name, from } = view
  const other = found.views.find((each) => each.name === name)
  if (other !== undefined) return diffStored(view, other, found.server)
  const table = [...found.tables, ...wanted.tables].find((each) => each.name === from)
  const column = view.columns.find((each) => unlike.has(each.name))
  const obstacle = found.tables.some((each) => each.name === name)
    ? ', and a table in the cluster has that name; give the view another name'
    : table === undefined
      ? `, and neither does its table ${from}; add the class of that table to entities`
      : column === undefined
        ? undefined
        : `, and ${from}.${column.name} is stored otherwise than declared; correct that first`
  return [makeChange('createView', { keyspace, table: name }, { view, from: table }, obstacle)]
}

function diffStored(
  view: ViewModel,
  found: ViewModel,
  server: ServerModel | undefined,
): readonly Change[] {
  const { keyspace, name, from } = view
  const stored = new Map(found.columns.map((column) => [column.name, column]))
  const { filter = '' } = found
  const differences = [
    ...(found.from === from
      ? []
      : [
          `view ${name} is declared as a view of ${from} and is one of ${found.from} in the cluster`,
        ]),
    ...(filter === '' ? [] : [`view ${name} has only the rows with ${filter} in the cluster`]),
    ...diffKey(view, found).map(({ reason }) => reason),
    ...view.columns.flatMap((column) => {
      const other = stored.get(column.name)
      if (other !== undefined) return diffColumn(view, column, other).map(({ reason }) => reason)
      return column.position >= 0
        ? []
        : [`column ${name}.${column.name} does not exist in the cluster`]
    }),
  ]
  return [
    ...differences.map((difference) =>
      makeChange('changeView', { keyspace, table: name }, { difference }),
    ),
    ...unmappedColumns(view, found),
    ...diffOptions(view, found, server),
  ]
}

/** Returns the columns of a stored view that its class does not map; no statement removes them. */
function unmappedColumns(view: ViewModel, found: ViewModel): readonly Change[] {
  const { keyspace, name: table } = view
  const declared = new Set(view.columns.map(({ name }) => name))
  const obstacle =
    found.hasAllColumns === true
      ? '; it stays, because the view was created with SELECT *'
      : '; it stays, because a view cannot lose a column'
  return found.columns
    .filter(({ name, position }) => position < 0 && !declared.has(name))
    .map((column) =>
      makeChange('dropColumn', { keyspace, table, name: column.name }, { column }, obstacle),
    )
}

/** Returns the removal of each view of a declared table that no class declares. */
export function diffUnmappedViews(wanted: KeyspaceModel, found: KeyspaceModel): readonly Change[] {
  return found.views
    .filter(
      (view) =>
        wanted.tables.some(({ name }) => name === view.from) &&
        ![...wanted.views, ...wanted.tables].some(({ name }) => name === view.name),
    )
    .map((view) => {
      const from = found.tables.find(({ name }) => name === view.from)
      return makeChange('dropView', { keyspace: view.keyspace, table: view.name }, { view, from })
    })
}
