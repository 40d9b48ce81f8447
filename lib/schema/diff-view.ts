import { qualified } from '../cql/identifier'
import { createView } from './ddl'
import { type Change, impossible, mismatches } from './diff'
import type { TableModel, ViewModel } from './table-model'

/** What is there: tables and views by name, and of which table each view is one. */
export interface Found {
  readonly tables: ReadonlyMap<string, TableModel>
  readonly views: ReadonlyMap<string, string>
}

/**
 * What has to happen so that a view is as declared. One that is there cannot be altered: every difference is told
 * as impossible. `willBe` names the tables that are created before.
 */
export function diffView(
  wanted: ViewModel,
  { tables, views }: Found,
  willBe: ReadonlySet<string>,
): readonly Change[] {
  const { keyspace, name, from, columns } = wanted
  const drop = `DROP MATERIALIZED VIEW ${qualified(keyspace, name)}`
  const mismatch = (reason: string): Change => ({
    kind: 'mismatch',
    cql: '',
    safety: 'impossible',
    reason,
  })
  const found = tables.get(name)
  if (found === undefined) {
    if (!willBe.has(from) && (!tables.has(from) || views.has(from))) {
      return [
        mismatch(
          `the view ${name} is one of the table ${from}, which is not there; add the class of that table to entities`,
        ),
      ]
    }
    return [
      {
        kind: 'createView',
        cql: createView(wanted),
        safety: 'safe',
        reason: `the view ${name} is not there`,
      },
    ]
  }
  const base = views.get(name)
  if (base === undefined) {
    return [mismatch(`${name} is declared as a view and is a table there; name the view otherwise`)]
  }
  const there = new Map(found.columns.map((column) => [column.name, column]))
  const declared = new Set(columns.map((column) => column.name))
  const changes = [
    ...(base === from
      ? []
      : [mismatch(`the view ${name} is one of ${base} there, not of ${from}`)]),
    ...columns.flatMap((column) => {
      const other = there.get(column.name)
      return other === undefined
        ? [impossible(wanted, column.name, 'is not in the view there')]
        : mismatches(wanted, column, other)
    }),
    ...found.columns
      .filter((column) => column.position >= 0 && !declared.has(column.name))
      .map((column) =>
        impossible(wanted, column.name, 'belongs to the key of the view there and is not declared'),
      ),
  ]
  return changes.map(({ reason }) =>
    mismatch(`${reason}; a view cannot be altered: ${drop}, and sync() creates it anew`),
  )
}

/** Of a table under whose name a view is. */
export function isView({ name }: TableModel): Change {
  return {
    kind: 'mismatch',
    cql: '',
    safety: 'impossible',
    reason: `${name} is declared as a table and is a materialized view there; name the table otherwise`,
  }
}
