import type { CqlType } from '../../cql/cql-type'
import { printType, sameType } from '../../cql/print-type'
import type { Change } from './change'
import type { ColumnModel, TableModel } from '../model/table-model'

const roles = {
  partitionKey: 'part of the partition key',
  clustering: 'a clustering column',
  static: 'static',
  regular: 'a regular column',
  counter: 'a counter',
} as const satisfies Record<ColumnModel['kind'], string>

/** How a column that is there differs from the declared one, its place in a key aside. */
export function diffColumn(
  { keyspace, name: table }: Pick<TableModel, 'keyspace' | 'name'>,
  wanted: ColumnModel,
  found: ColumnModel,
): readonly Change[] {
  const { name } = wanted
  const changes: Change[] = []
  const tell = (kind: Change['kind'], reason: string) => {
    changes.push({
      kind,
      keyspace,
      table,
      name,
      cql: '',
      safety: 'impossible',
      reason: `${table}.${name} is declared as ${reason}`,
    })
  }
  if (!sameType(wanted.type, found.type)) {
    const both = `${printType(wanted.type)} and is ${printType(found.type)} there`
    if (sameType(frozen(wanted.type), frozen(found.type))) {
      tell('changeFrozen', `${both}: only one of them is frozen`)
    } else tell('changeColumnType', both)
  }
  if (wanted.kind !== found.kind) {
    tell('changeColumnKind', `${roles[wanted.kind]} and is ${roles[found.kind]} there`)
  }
  return changes
}

function frozen(type: CqlType): CqlType {
  return { kind: 'frozen', of: type }
}
