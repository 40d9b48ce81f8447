import { Client } from 'cassandra-driver'
import { DataSource } from '../../lib'
import { connection, useKeyspace } from '../server/keyspace'
import { normalForm } from './oracle/normal-form'
import { randomStep } from './oracle/operations'
import { Random } from './oracle/random'
import { type RandomColumn, type RandomTable, randomTable } from './oracle/random-table'

const keyspace = useKeyspace()

/** More of both by hand: ORACLE_TABLES=500 ORACLE_SEED=7 npx jest oracle.spec --selectProjects server */
const tables = Number(process.env['ORACLE_TABLES'] ?? 12)
const stepsOfTable = 40
const firstSeed = Number(process.env['ORACLE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

type Row = Readonly<Record<string, unknown>>

let client: Client
beforeAll(async () => {
  client = new Client({
    ...connection(),
    keyspace: keyspace.name,
    encoding: { map: Map, set: Set },
    socketOptions: { readTimeout: 60_000 },
  })
  await client.connect()
})
afterAll(() => client.shutdown())

/** A row as text; a collection that is not frozen has no null. */
function rowForm(columns: readonly RandomColumn[], row: Row): string {
  return columns
    .map(({ name, type, kind }) => {
      const { kind: outer } = type
      const form = normalForm(row[name])
      const isEmpty = form === '[]' || form === '{}'
      const isNone =
        (isEmpty && (outer === 'list' || outer === 'set' || outer === 'map')) ||
        (outer === 'udt' && /^\((?:\w+: null(?:, )?)*\)$/u.test(form))
      return `${kind[0]}.${name}=${isNone ? 'null' : form}`
    })
    .join('  ')
}

async function rowsOf({ columns }: RandomTable, table: string): Promise<readonly string[]> {
  const { rows } = await client.execute(`SELECT * FROM ${table}`, [], { prepare: false })
  return rows.map((row) => rowForm(columns, row as unknown as Row)).sort()
}

async function runTable(seed: number): Promise<void> {
  const random = new Random(seed)
  const table = randomTable(random, keyspace.name, `t${seed}`)
  for (const cql of table.ddl) await client.execute(cql)
  const db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [table.target],
    directRows: random.chance(0.5),
    socketOptions: { readTimeout: 60_000 },
  }).initialize()
  const done: string[] = []
  try {
    const repository = db.getRepository<Record<string, unknown>>(table.target)
    for (let i = 0; i < stepsOfTable; i++) {
      const step = randomStep(table, random)
      done.push(step.told)
      await step.ours(db, repository)
      for (const { cql, params } of step.byHand()) {
        await client.execute(cql, params as unknown[], { prepare: true })
      }
      const [ours, byHand, read] = await Promise.all([
        rowsOf(table, table.ours),
        rowsOf(table, table.byHand),
        repository.find().then((all) => all.map((each) => rowForm(table.columns, each)).sort()),
      ])
      expect({ ours, read }).toEqual({ ours: byHand, read: byHand })
    }
  } catch (error) {
    const { message } = error as Error
    const told = [
      `seed ${seed}`,
      ...table.ddl,
      ...done.slice(-6).map((each) => `  ${each}`),
      message,
    ]
    throw new Error(told.join('\n'), { cause: error })
  } finally {
    await db.destroy()
  }
  for (const name of [table.ours, table.byHand]) await client.execute(`DROP TABLE ${name}`)
}

it(`does what CQL by hand does, whatever the table (ORACLE_SEED=${firstSeed})`, async () => {
  for (let i = 0; i < tables; i++) await runTable(firstSeed + i)
}, 3_600_000)
