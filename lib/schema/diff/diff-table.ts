import { printType } from '../../cql/print-type'
import type { ColumnModel, KeyspaceModel, ServerModel, TableModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'
import { diffColumn } from './diff-column'
import { diffKey } from './diff-key'
import { diffMask } from './diff-mask'
import { diffOptions } from './diff-options'
import { findObstacle } from './find-obstacle'

/** Returns how a declared table differs from the stored one, apart from its indexes. */
export function diffTable(wanted: TableModel, stored: KeyspaceModel): readonly Change[] {
  const { keyspace, name: table } = wanted
  if (stored.views.some(({ name }) => name === table)) {
    const obstacle =
      ', and a materialized view in the cluster has that name; give the table another name'
    return [makeChange('createTable', { keyspace, table }, { wanted }, obstacle)]
  }
  const found = stored.tables.find(({ name }) => name === table)
  if (found === undefined) {
    const obstacle = wanted.columns.some(({ mask }) => mask !== undefined)
      ? stored.server?.maskObstacle
      : undefined
    return [
      makeChange(
        'createTable',
        { keyspace, table },
        { wanted },
        obstacle === undefined ? undefined : `, and its columns cannot be masked: ${obstacle}`,
      ),
    ]
  }
  const storedColumns = new Map(found.columns.map((column) => [column.name, column]))
  const declared = new Set(wanted.columns.map(({ name }) => name))
  return [
    ...diffKey(wanted, found),
    ...wanted.columns.flatMap((column): readonly Change[] => {
      const other = storedColumns.get(column.name)
      if (other !== undefined) {
        return [
          ...diffColumn(wanted, column, other),
          ...diffMask(wanted, column, other, stored.server),
        ]
      }
      return isKey(column) ? [] : [addition(wanted, column, found, stored.server)]
    }),
    ...found.columns
      .filter((column) => !declared.has(column.name) && !isKey(column))
      .map((column) => removal(wanted, column, stored)),
    ...diffOptions(wanted, found, stored.server),
  ]
}

function isKey({ position }: ColumnModel): boolean {
  return position >= 0
}

function addition(
  wanted: TableModel,
  column: ColumnModel,
  found: TableModel,
  server: ServerModel | undefined,
): Change {
  const { keyspace, name: table } = wanted
  const obstacle =
    findObstacle(column, found) ?? (column.mask === undefined ? undefined : server?.maskObstacle)
  return makeChange(
    'addColumn',
    { keyspace, table, name: column.name },
    { wanted, column },
    obstacle === undefined ? undefined : `, and ${obstacle}`,
  )
}

/** Removes a column that no class maps. The server does not remove some columns: they stay, and the reason says so. */
function removal(
  { keyspace, name: table }: TableModel,
  column: ColumnModel,
  { views, types }: KeyspaceModel,
): Change {
  const { name, type } = column
  const view = views.find(({ from }) => from === table)
  const isUserType = type.kind === 'udt' && types.some((each) => each.name === type.name)
  const obstacle =
    view !== undefined
      ? `the table has the view ${view.name}`
      : isUserType
        ? `the server does not drop a column of the type ${printType(type)} unless it is frozen`
        : undefined
  return makeChange(
    'dropColumn',
    { keyspace, table, name },
    { column },
    obstacle === undefined ? undefined : `; it stays, because ${obstacle}`,
  )
}
