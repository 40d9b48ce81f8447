import { identifier } from '../../lib/cql/identifier'
import { StatementError } from '../../lib/errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../lib/metadata/entity-metadata'
import {
  requireConditionalKey,
  requireDeleteKey,
  requireUpdateKey,
} from '../../lib/statement/rules/analyze-key'
import type { RelationOperator } from '../../lib/statement/operators'
import type { ColumnRelation } from '../../lib/statement/rules/relation'
import { useKeyspace } from '../server/keyspace'
import { createTable, tableOf } from '../statement/rules/table'
import { dice } from './where-verdicts/generate-reads'
import { relationOf, sampleOf } from './where-verdicts/read-cql'

/** COODIE_SPEC_SEED makes other writes than the usual ones, COODIE_SPEC_WRITES more or fewer of them. */
const seed = Number(process.env['COODIE_SPEC_SEED'] ?? 1)
const writesPerTable = Number(process.env['COODIE_SPEC_WRITES'] ?? 250)

const tables: readonly EntityMetadata[] = [
  tableOf('single', { partition: { p: 'int' }, regular: { v: 'int', w: 'text' } }),
  tableOf('clustered', {
    partition: { p: 'int' },
    clustering: { c: 'int desc' },
    statics: { st: 'int', su: 'text' },
    regular: { v: 'int', w: 'text' },
    indexes: [['v'], ['c', 'sai']],
  }),
  tableOf('composite', {
    partition: { a: 'int', b: 'text' },
    clustering: { c: 'int', d: 'int desc', e: 'text' },
    statics: { st: 'int' },
    regular: { v: 'int' },
  }),
]

const { name: keyspace, client } = useKeyspace()

beforeAll(async () => {
  for (const table of tables) {
    for (const cql of createTable(table, keyspace)) await client.execute(cql)
  }
})

interface Write {
  readonly verb: 'update' | 'delete'
  readonly relations: readonly ColumnRelation[]
  readonly columns: readonly ColumnMetadata[]
  /** Undefined: no IF; empty: IF EXISTS. */
  readonly conditions: readonly ColumnMetadata[] | undefined
}

function anyWrite(metadata: EntityMetadata, roll: (n: number) => number): Write {
  const chance = (percent: number) => roll(100) < percent
  const pick = <T>(of: readonly T[]): T => of[roll(of.length)] as T
  const cells = metadata.columns.filter(({ kind }) => kind === 'regular' || kind === 'static')
  const some = (): readonly ColumnMetadata[] => {
    const statics = cells.filter(({ kind }) => kind === 'static')
    return chance(40) && statics.length > 0 ? [pick(statics)] : cells.filter(() => chance(50))
  }
  const verb = pick(['update', 'delete'] as const)
  const columns = verb === 'delete' && chance(50) ? [] : some()
  const on = (column: ColumnMetadata, operator: RelationOperator): ColumnRelation => ({
    kind: 'column',
    column,
    operator,
  })
  const end = chance(50) ? metadata.clusteringKey.length : roll(metadata.clusteringKey.length + 1)
  const key = [...metadata.partitionKey, ...metadata.clusteringKey.slice(0, end)]
  const relations = key
    .filter(() => chance(92))
    .map((column) =>
      on(column, chance(75) ? 'equal' : pick(['in', 'moreThan', 'lessThanOrEqual', 'contains'])),
    )
  if (chance(10) && key.length > 0) relations.push(on(pick(key), pick(['lessThan', 'equal'])))
  if (chance(4)) relations.push(on(pick(cells), 'equal'))
  return {
    verb,
    relations,
    columns: columns.length === 0 && verb === 'update' ? [pick(cells)] : columns,
    conditions: chance(60) ? undefined : chance(40) ? [] : some(),
  }
}

function cqlOf(metadata: EntityMetadata, write: Write): string {
  const table = `${identifier(keyspace)}.${identifier(metadata.table)}`
  const name = (column: ColumnMetadata) => identifier(column.name)
  const assigned = write.columns.map((column) => `${name(column)} = ${sampleOf(column.type)}`)
  const where = write.relations.map((relation) => relationOf(metadata, relation)).join(' AND ')
  const conditions = write.conditions?.map((column) => `${name(column)} = ${sampleOf(column.type)}`)
  return (
    (write.verb === 'update'
      ? `UPDATE ${table} SET ${assigned.join(', ')}`
      : `DELETE ${write.columns.map(name).join(', ')} FROM ${table}`) +
    ` WHERE ${where}` +
    (conditions === undefined
      ? ''
      : ` IF ${conditions.length === 0 ? 'EXISTS' : conditions.join(' AND ')}`)
  )
}

/** What the rules say of it: nothing, or why not. */
function judge(metadata: EntityMetadata, write: Write): string {
  const { verb, relations, columns, conditions } = write
  try {
    if (conditions !== undefined) {
      requireConditionalKey(metadata, relations, { verb, columns, conditions })
    } else if (verb === 'update') {
      requireUpdateKey(metadata, relations, {
        staticOnly: columns.every(({ kind }) => kind === 'static'),
      })
    } else {
      requireDeleteKey(metadata, relations, { columns })
    }
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(StatementError)
    return error instanceof Error ? error.message : String(error)
  }
}

it.each(tables.map((table) => [table.name, table] as const))(
  'accepts and refuses writes of %s as the server does',
  async (_, table) => {
    const roll = dice(seed)
    const writes = new Map(
      Array.from({ length: writesPerTable }, () => anyWrite(table, roll))
        .filter(({ relations }) => relations.length > 0)
        .map((write) => [cqlOf(table, write), write] as const),
    )
    const differences: string[] = []
    let accepted = 0
    for (const [cql, write] of writes) {
      const ours = judge(table, write)
      const theirs = await client.execute(cql).then(
        () => '',
        (error: unknown) => String(error),
      )
      if ((ours === '') !== (theirs === '')) {
        differences.push(`${cql}\n  ours:   ${ours}\n  theirs: ${theirs}`)
      }
      if (theirs === '') accepted++
    }
    expect(differences.join('\n')).toBe('')
    expect(accepted).toBeGreaterThan(20)
    expect(writes.size - accepted).toBeGreaterThan(20)
  },
)
