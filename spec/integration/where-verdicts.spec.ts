import { classOf } from '../../lib/metadata/index-class'
import type { EntityMetadata } from '../../lib/metadata/entity-metadata'
import { type Verdict, analyzeWhere } from '../../lib/statement/rules/analyze-where'
import type { ReadRequest } from '../../lib/statement/rules/read-request'
import { useKeyspace } from '../server/keyspace'
import { createTable } from '../statement/rules/table'
import { anyRead, dice, everyOperator } from './where-verdicts/generate-reads'
import { cqlOf } from './where-verdicts/read-cql'
import { tables } from './where-verdicts/tables'

/** COODIE_SPEC_SEED makes other reads than the usual ones, COODIE_SPEC_READS more or fewer of them. */
const seed = Number(process.env['COODIE_SPEC_SEED'] ?? 1)
const readsPerTable = Number(process.env['COODIE_SPEC_READS'] ?? 150)

const { name: keyspace, client } = useKeyspace()

beforeAll(async () => {
  await client.execute(`CREATE TYPE ${keyspace}.addresses (street text, number int)`)
  for (const table of tables) {
    for (const cql of createTable(table, keyspace)) await client.execute(cql)
  }
}, 120_000)

/** What the server says of it: nothing, or why not. */
async function ask(cql: string, fetchSize: number): Promise<string> {
  try {
    await client.execute(cql, [], { fetchSize })
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A line or two for a read that the server judges in another way than the rules. */
async function difference(
  metadata: EntityMetadata,
  request: ReadRequest,
): Promise<string | undefined> {
  const cql = cqlOf(metadata, keyspace, request)
  const ours = analyzeWhere(metadata, request)
  const fetchSize = ours.inOnePage ? 0 : 100
  const without = await ask(cql, fetchSize)
  const allowed = await ask(`${cql} ALLOW FILTERING`, fetchSize)
  const theirs: Verdict['verdict'] =
    without === '' ? 'served' : allowed === '' ? 'filtering' : 'impossible'
  // A token range without the listed partitions answers nothing, and of that pages may be asked.
  const hasToken = request.relations.some(({ kind }) => kind === 'token')
  // The server takes pages of a read by a built-in index on a static column, and loses rows: rules/wrong-answers.ts.
  const losesRows = request.relations.some(
    (each) =>
      each.kind === 'column' &&
      each.column.kind === 'static' &&
      metadata.indexes.some(
        (index) => index.column === each.column && classOf(index) === 'secondary',
      ),
  )
  const paged =
    ours.inOnePage && ours.verdict === 'served' && !hasToken && !losesRows
      ? await ask(cql, 100)
      : 'refused'
  if (ours.verdict === theirs && (theirs !== 'served' || allowed === '') && paged !== '') {
    return undefined
  }
  return [
    cql,
    `  ours:   ${ours.verdict} ${ours.reason}`,
    `  theirs: ${theirs} ${without}`,
    ...(paged === '' ? ['  and it can be paged'] : []),
    ...(allowed === without ? [] : [`  with ALLOW FILTERING: ${allowed}`]),
  ].join('\n')
}

it.each(tables.map((table) => [table.name, table] as const))(
  'judges reads of %s as the server does',
  async (_, table) => {
    const roll = dice(seed)
    const reads = new Map(
      [
        ...everyOperator(table),
        ...Array.from({ length: readsPerTable }, () => anyRead(table, roll)),
      ].map((request) => [cqlOf(table, keyspace, request), request] as const),
    )
    const waiting = [...reads.values()]
    const differences: string[] = []
    const work = async () => {
      for (let read = waiting.pop(); read !== undefined; read = waiting.pop()) {
        const found = await difference(table, read)
        if (found !== undefined) differences.push(found)
      }
    }
    await Promise.all(Array.from({ length: 8 }, work))
    expect(differences.join('\n')).toBe('')
    expect(reads.size).toBeGreaterThan(100)
  },
  120_000,
)
