import type { CqlType } from '../cql/cql-type'
import { printType, sameType } from '../cql/print-type'
import type { ColumnModel, KeyspaceModel, TableModel, UserTypeModel } from './table-model'

/** Why a column cannot be added to a table; undefined: it can. */
export function canBeAdded(
  { name, type, kind }: ColumnModel,
  found: TableModel,
  { types }: KeyspaceModel,
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
  return canComeBack(asTuples(type, types), dropped.type)
    ? undefined
    : `what was dropped as ${printType(dropped.type)} cannot come back as ${printType(type)}`
}

/** Which native types can read the cells of which, as the server has it. */
const readers: Readonly<Record<string, readonly string[]>> = {
  ascii: ['text', 'blob'],
  text: ['blob'],
  timestamp: ['bigint'],
  timeuuid: ['uuid'],
}

function canComeBack(wanted: CqlType, dropped: CqlType): boolean {
  if (sameType(wanted, dropped)) return true
  return (
    wanted.kind === 'native' &&
    dropped.kind === 'native' &&
    (readers[dropped.name] ?? []).includes(wanted.name)
  )
}

/** The server remembers a dropped column's user-defined types as tuples of their fields. */
function asTuples(type: CqlType, types: readonly UserTypeModel[]): CqlType {
  const inner = (each: CqlType) => asTuples(each, types)
  switch (type.kind) {
    case 'native':
      return type
    case 'list':
    case 'set':
      return { kind: type.kind, of: inner(type.of) }
    case 'frozen':
      return { kind: 'frozen', of: inner(type.of) }
    case 'map':
      return { kind: 'map', key: inner(type.key), value: inner(type.value) }
    case 'tuple':
      return { kind: 'tuple', of: type.of.map(inner) }
    case 'vector':
      return { ...type, of: inner(type.of) }
    case 'udt': {
      const found = types.find(({ name }) => name === type.name)
      return found === undefined
        ? type
        : { kind: 'tuple', of: found.fields.map((field) => inner(field.type)) }
    }
  }
}
