import type { Change } from './change'
import { createView, drop } from '../ddl'
import { diffColumn } from './diff-column'
import { diffKey } from './diff-key'
import { diffOptions } from './diff-options'
import type { KeyspaceModel, ViewModel } from '../model/table-model'

/**
 * How a view differs from the one of that name in `found`. The key and the columns of one that is there cannot be
 * altered: every difference in them is told as impossible. `unlike` are the columns of its table that are not there
 * as declared.
 */
export function diffView(
  view: ViewModel,
  wanted: KeyspaceModel,
  found: KeyspaceModel,
  unlike: ReadonlySet<string>,
): readonly Change[] {
  const { keyspace, name, from } = view
  const other = found.views.find((each) => each.name === name)
  if (other !== undefined) return altered(view, other)
  const creation = (safety: Change['safety'], reason: string, cql = ''): readonly Change[] => [
    { kind: 'createView', keyspace, table: name, cql, safety, reason },
  ]
  if (found.tables.some((each) => each.name === name)) {
    return creation(
      'impossible',
      `${name} is declared as a view and is a table there; name the view otherwise`,
    )
  }
  const table = [...found.tables, ...wanted.tables].find((each) => each.name === from)
  if (table === undefined) {
    return creation(
      'impossible',
      `the view ${name} is one of the table ${from}, which is not there; add the class of that table to entities`,
    )
  }
  const column = view.columns.find((each) => unlike.has(each.name))
  return column === undefined
    ? creation('safe', `the view ${name} is not there`, createView(view, table))
    : creation(
        'impossible',
        `the view ${name} is not there, and ${from}.${column.name} is not as declared; mend that first`,
      )
}

function altered(view: ViewModel, found: ViewModel): readonly Change[] {
  const { keyspace, name, from } = view
  const stored = new Map(found.columns.map((column) => [column.name, column]))
  const { filter = '' } = found
  const reasons = [
    ...(found.from === from
      ? []
      : [`the view ${name} is one of ${found.from} there, not of ${from}`]),
    ...(filter === '' ? [] : [`the view ${name} has only the rows with ${filter} there`]),
    ...diffKey(view, found).map(({ reason }) => reason),
    ...view.columns.flatMap((column) => {
      const other = stored.get(column.name)
      if (other !== undefined) return diffColumn(view, column, other).map(({ reason }) => reason)
      return column.position >= 0 ? [] : [`${name}.${column.name} is not in the view there`]
    }),
  ]
  const remedy = `a view cannot be altered: ${drop('MATERIALIZED VIEW', keyspace, name)}, and sync() creates it anew`
  return [
    ...reasons.map((reason): Change => ({
      kind: 'changeView',
      keyspace,
      table: name,
      cql: '',
      safety: 'impossible',
      reason: `${reason}; ${remedy}`,
    })),
    ...diffOptions(view, found),
  ]
}

/** A view of a declared table that nothing declares. */
export function unmappedViews(wanted: KeyspaceModel, found: KeyspaceModel): readonly Change[] {
  return found.views
    .filter(
      (view) =>
        wanted.tables.some(({ name }) => name === view.from) &&
        ![...wanted.views, ...wanted.tables].some(({ name }) => name === view.name),
    )
    .map(({ keyspace, name, from }) => ({
      kind: 'dropView',
      keyspace,
      table: name,
      cql: drop('MATERIALIZED VIEW', keyspace, name),
      safety: 'destructive',
      reason: `the view ${name} of ${from} is not mapped`,
    }))
}
