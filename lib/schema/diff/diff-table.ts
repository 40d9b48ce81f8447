import { printType } from '../../cql/print-type'
import { obstacleTo } from './obstacle-to'
import type { Change } from './change'
import { addColumn, createTable, dropColumn } from '../ddl'
import { diffColumn } from './diff-column'
import { diffKey } from './diff-key'
import { diffOptions } from './diff-options'
import type { ColumnModel, KeyspaceModel, TableModel } from '../model/table-model'

/** How a table differs from the one of that name in `there`, its indexes aside. */
export function diffTable(wanted: TableModel, there: KeyspaceModel): readonly Change[] {
  const { keyspace, name: table } = wanted
  const found = there.tables.find(({ name }) => name === table)
  if (there.views.some(({ name }) => name === table)) {
    const reason = `${table} is declared as a table and is a materialized view there; name the table otherwise`
    return [{ kind: 'createTable', keyspace, table, cql: '', safety: 'impossible', reason }]
  }
  if (found === undefined) {
    const reason = `the table ${table} is not there`
    const cql = createTable(wanted)
    return [{ kind: 'createTable', keyspace, table, cql, safety: 'safe', reason }]
  }
  const stored = new Map(found.columns.map((column) => [column.name, column]))
  const declared = new Set(wanted.columns.map(({ name }) => name))
  return [
    ...diffKey(wanted, found),
    ...wanted.columns.flatMap((column): readonly Change[] => {
      const other = stored.get(column.name)
      if (other !== undefined) return diffColumn(wanted, column, other)
      return isKey(column) ? [] : [added(wanted, column, found)]
    }),
    ...found.columns
      .filter((column) => !declared.has(column.name) && !isKey(column))
      .map((column) => removed(wanted, column, there)),
    ...diffOptions(wanted, found),
  ]
}

function isKey({ kind }: ColumnModel): boolean {
  return kind === 'partitionKey' || kind === 'clustering'
}

function added(table: TableModel, column: ColumnModel, found: TableModel): Change {
  const { keyspace, name } = table
  const obstacle = obstacleTo(column, found)
  const reason = `the column ${name}.${column.name} is not there`
  return {
    kind: 'addColumn',
    keyspace,
    table: name,
    name: column.name,
    cql: obstacle === undefined ? addColumn(table, column) : '',
    safety: obstacle === undefined ? 'safe' : 'impossible',
    reason: obstacle === undefined ? reason : `${reason}, and ${obstacle}`,
  }
}

/** What no class maps. Some columns cannot go: they stay, and are told of. */
function removed(table: TableModel, column: ColumnModel, { views }: KeyspaceModel): Change {
  const { keyspace, name } = table
  const view = views.find(({ from }) => from === name)
  const obstacle =
    view !== undefined
      ? `the view ${view.name} is there`
      : column.type.kind === 'udt'
        ? `no column of the type ${printType(column.type)} can be removed unless it is frozen`
        : undefined
  const reason = `the column ${name}.${column.name} is not mapped`
  return {
    kind: 'dropColumn',
    keyspace,
    table: name,
    name: column.name,
    cql: obstacle === undefined ? dropColumn(table, column) : '',
    safety: 'destructive',
    reason: obstacle === undefined ? reason : `${reason}; it stays, since ${obstacle}`,
  }
}
