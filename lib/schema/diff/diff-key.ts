import type { ColumnModel, TableModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'
import type { KeyPart } from './change-subjects'

type Keyed = Pick<TableModel, 'keyspace' | 'name' | 'columns'>

const keyChanges = {
  partitionKey: 'changePartitionKey',
  clustering: 'changeClusteringKey',
} as const satisfies Record<KeyPart, Change['kind']>

/** Returns how the keys differ: their columns, the places of these, and the order of rows. */
export function diffKey(wanted: Keyed, found: Keyed): readonly Change[] {
  const stored = new Map(found.columns.map((column) => [column.name, column]))
  const place = { keyspace: wanted.keyspace, table: wanted.name }
  return [
    ...diffPart('partitionKey', wanted, found),
    ...diffPart('clustering', wanted, found),
    ...wanted.columns.flatMap(({ name, kind, order }) => {
      const other = stored.get(name)
      if (kind !== 'clustering' || other?.kind !== 'clustering' || order === other.order) return []
      const orders = { declared: order, stored: other.order }
      return [makeChange('changeClusteringOrder', { ...place, name }, orders)]
    }),
  ]
}

function diffPart(part: KeyPart, wanted: Keyed, found: Keyed): readonly Change[] {
  const place = { keyspace: wanted.keyspace, table: wanted.name }
  const declared = keyPart(wanted, part)
  const stored = keyPart(found, part)
  const inBoth = new Set(declared.filter((name) => stored.includes(name)))
  const order = (names: readonly string[]) => names.filter((name) => inBoth.has(name)).join('\0')
  return [
    ...withoutColumnIn(found, declared).map((name) =>
      makeChange('addKeyColumn', { ...place, name }, { part }),
    ),
    ...withoutColumnIn(wanted, stored).map((name) =>
      makeChange('dropKeyColumn', { ...place, name }, { part }),
    ),
    ...(order(declared) === order(stored)
      ? []
      : [makeChange(keyChanges[part], place, { declared, stored })]),
  ]
}

function withoutColumnIn({ columns }: Keyed, names: readonly string[]): readonly string[] {
  const known = new Set(columns.map(({ name }) => name))
  return names.filter((name) => !known.has(name))
}

function keyPart({ columns }: Keyed, part: KeyPart): readonly string[] {
  return columns
    .filter(({ kind }: ColumnModel) => kind === part)
    .sort((a, b) => a.position - b.position)
    .map(({ name }) => name)
}
