import type { CqlType } from '../../cql/cql-type'
import { printType, sameType } from '../../cql/print-type'
import type { ColumnModel, TableModel } from '../model/table-model'

/** Why a column cannot be added to a table; undefined: it can. */
export function obstacleTo(
  { name, type, kind }: ColumnModel,
  found: TableModel,
): string | undefined {
  const others = found.columns.filter(({ position }) => position < 0)
  const hasCounters = others.some((column) => column.kind === 'counter')
  if (kind === 'counter' && !hasCounters) return 'the table has no counters'
  if (kind !== 'counter' && hasCounters) return 'the table has counters, and nothing beside them'
  if (kind === 'static' && !found.columns.some((column) => column.kind === 'clustering')) {
    return 'static columns need a clustering key, which the table has not'
  }
  const dropped = found.dropped?.find((column) => column.name === name)
  if (dropped === undefined) return undefined
  if (kind === 'counter') return 'a counter that was dropped cannot come back'
  const isStatic = kind === 'static'
  if (isStatic !== dropped.isStatic) {
    return `what was dropped ${isStatic ? 'as a regular column' : 'as a static one'} cannot come back otherwise`
  }
  return canComeBack(type, dropped.type)
    ? undefined
    : `what was dropped as ${printType(dropped.type)} cannot come back as ${printType(type)}`
}

/**
 * Which native types can read the cells of which, as the server has it. A user-defined type is remembered as the
 * tuple of its fields, and so comes back as that tuple only.
 */
const readers: Readonly<Record<string, readonly string[]>> = {
  ascii: ['text', 'blob'],
  bigint: ['timestamp'],
  text: ['blob'],
  timestamp: ['bigint'],
  timeuuid: ['uuid'],
  varint: ['blob'],
}

function canComeBack(wanted: CqlType, dropped: CqlType): boolean {
  if (sameType(wanted, dropped)) return true
  return (
    wanted.kind === 'native' &&
    dropped.kind === 'native' &&
    (readers[dropped.name] ?? []).includes(wanted.name)
  )
}
