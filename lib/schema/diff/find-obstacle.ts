import type { CqlType } from '../../cql/cql-type'
import { printType, sameType } from '../../cql/print-type'
import { userTypesIn } from '../../cql/type-tree'
import type { ColumnModel, TableModel } from '../model/table-model'

/** Returns why a column cannot be added to a table; undefined if it can. */
export function findObstacle(
  { name, type, kind }: ColumnModel,
  found: TableModel,
): string | undefined {
  const others = found.columns.filter(({ position }) => position < 0)
  const isCounter = isCounterType(type)
  const hasCounters = others.some((column) => isCounterType(column.type))
  if (isCounter && !hasCounters) return 'the table has no counters'
  if (!isCounter && hasCounters) return 'a table with counters can have no other columns'
  if (kind === 'static' && !found.columns.some((column) => column.kind === 'clustering')) {
    return 'static columns need a clustering key, which the table does not have'
  }
  const dropped = found.dropped?.find((column) => column.name === name)
  if (dropped === undefined) return undefined
  if (isCounter) return 'a dropped counter cannot be added again'
  const isStatic = kind === 'static'
  if (isStatic !== dropped.isStatic) {
    return isStatic
      ? 'a dropped regular column cannot be added again as a static one'
      : 'a dropped static column cannot be added again as a regular one'
  }
  return canRead(type, dropped.type)
    ? undefined
    : `a column that was dropped as ${printType(dropped.type)} cannot be added again as ${printType(type)}`
}

/** Tells whether a column can be added again with its type after it was dropped. */
export function canReturn(type: CqlType): boolean {
  return !isCounterType(type) && userTypesIn(type).length === 0
}

function isCounterType(type: CqlType): boolean {
  return type.kind === 'native' && type.name === 'counter'
}

/**
 * The native types that can read the cells of another one, as the server decides it. The server remembers a dropped
 * user-defined type as the tuple of its fields, so it can be added again only as that tuple.
 */
const readers: Readonly<Record<string, readonly string[]>> = {
  ascii: ['text', 'blob'],
  bigint: ['timestamp'],
  text: ['blob'],
  timestamp: ['bigint'],
  timeuuid: ['uuid'],
  varint: ['blob'],
}

function canRead(wanted: CqlType, dropped: CqlType): boolean {
  if (sameType(wanted, dropped)) return true
  return (
    wanted.kind === 'native' &&
    dropped.kind === 'native' &&
    (readers[dropped.name] ?? []).includes(wanted.name)
  )
}
