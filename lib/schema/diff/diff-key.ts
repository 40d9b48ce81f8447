import type { Change } from './change'
import type { ColumnModel, TableModel } from '../model/table-model'

type Keyed = Pick<TableModel, 'keyspace' | 'name' | 'columns'>

const parts = {
  partitionKey: ['the partition key', 'changePartitionKey'],
  clustering: ['the clustering key', 'changeClusteringKey'],
} as const

/** How the keys differ: which columns, in which place, in which order of rows. */
export function diffKey(wanted: Keyed, found: Keyed): readonly Change[] {
  const { keyspace, name: table } = wanted
  const changes: Change[] = []
  const tell = (kind: Change['kind'], name: string | undefined, reason: string) => {
    changes.push({
      kind,
      keyspace,
      table,
      ...(name === undefined ? {} : { name }),
      cql: '',
      safety: 'impossible',
      reason,
    })
  }
  const names = (columns: readonly ColumnModel[]) => columns.map(({ name }) => name)
  const declared = new Map(wanted.columns.map((column) => [column.name, column]))
  const stored = new Map(found.columns.map((column) => [column.name, column]))
  for (const kind of ['partitionKey', 'clustering'] as const) {
    const [part, change] = parts[kind]
    const ours = keyPart(wanted, kind)
    const theirs = keyPart(found, kind)
    for (const { name } of ours) {
      if (!stored.has(name)) {
        tell('addKeyColumn', name, `${table}.${name} is declared in ${part} and is not there`)
      }
    }
    for (const { name } of theirs) {
      if (!declared.has(name)) {
        tell('dropKeyColumn', name, `${table}.${name} is in ${part} there and is not mapped`)
      }
    }
    const inBoth = new Set(names(ours).filter((name) => names(theirs).includes(name)))
    const places = (columns: readonly ColumnModel[]) =>
      names(columns).filter((name) => inBoth.has(name))
    if (places(ours).join('\0') !== places(theirs).join('\0')) {
      tell(
        change,
        undefined,
        `${part} of ${table} is declared as (${names(ours).join(', ')}) ` +
          `and is (${names(theirs).join(', ')}) there`,
      )
    }
  }
  for (const { name, kind, order } of wanted.columns) {
    const other = stored.get(name)
    if (kind === 'clustering' && other?.kind === 'clustering' && order !== other.order) {
      tell(
        'changeClusteringOrder',
        name,
        `${table}.${name} is declared with order '${order}' and has '${other.order}' there`,
      )
    }
  }
  return changes
}

function keyPart({ columns }: Keyed, kind: 'partitionKey' | 'clustering'): readonly ColumnModel[] {
  return columns.filter((column) => column.kind === kind).sort((a, b) => a.position - b.position)
}
