import type { CqlType } from '../../cql/cql-type'
import { sameType } from '../../cql/print-type'
import type { ColumnModel, TableModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'

/** Returns how a stored column differs from the declared one, apart from its place in a key. */
export function diffColumn(
  { keyspace, name: table }: Pick<TableModel, 'keyspace' | 'name'>,
  wanted: ColumnModel,
  found: ColumnModel,
): readonly Change[] {
  const place = { keyspace, table, name: wanted.name }
  const types = { declared: wanted.type, stored: found.type }
  return [
    ...(sameType(wanted.type, found.type)
      ? []
      : [makeChange(differsInFrozen(types) ? 'changeFrozen' : 'changeColumnType', place, types)]),
    ...(wanted.kind === found.kind
      ? []
      : [makeChange('changeColumnKind', place, { declared: wanted.kind, stored: found.kind })]),
  ]
}

function differsInFrozen({ declared, stored }: { declared: CqlType; stored: CqlType }): boolean {
  return sameType({ kind: 'frozen', of: declared }, { kind: 'frozen', of: stored })
}
