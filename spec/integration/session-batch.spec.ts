import { type ExecutionOptions, policies, tracker } from 'cassandra-driver'
import type { BatchExecution } from '../../lib/driver/execution'
import { Session } from '../../lib/driver/session'
import { type LogEntry, StatementLog } from '../../lib/driver/observe/statement-log'
import { connection, useKeyspace } from '../server/keyspace'

const keyspace = useKeyspace()
const entries: LogEntry[] = []
const seen: ExecutionOptions[] = []
let session: Session

/** The driver asks for an instance of its class, which its typings declare as an interface. */
const { RequestTracker: Tracker } = tracker as unknown as { RequestTracker: new () => object }

/** Sees what the driver was told. */
class Seen extends Tracker implements tracker.RequestTracker {
  onSuccess(
    _host: unknown,
    _query: unknown,
    _parameters: unknown,
    options: ExecutionOptions,
  ): void {
    seen.push(options)
  }
  onError(): void {}
  shutdown(): void {}
}

const table = (name: string) => `"${keyspace.name}"."${name}"`
const set = (id: number, name: string) => ({
  cql: `INSERT INTO ${table('products')} ("id", "name") VALUES (?, ?)`,
  params: [id, name],
})
const batch = (more: Partial<BatchExecution>): BatchExecution => ({
  kind: 'logged',
  statements: [set(1, 'a'), set(2, 'b')],
  entity: 'Product',
  isIdempotent: true,
  ...more,
})

beforeAll(async () => {
  await keyspace.client.execute(`CREATE TABLE ${table('products')} (id int PRIMARY KEY, name text)`)
  await keyspace.client.execute(`CREATE TABLE ${table('hits')} (id int PRIMARY KEY, n counter)`)
  const log = new StatementLog(['query', 'error'], 60_000, {
    log: (entry) => void entries.push(entry),
  })
  session = await Session.open({ ...connection(), requestTracker: new Seen() }, log)
})
beforeEach(() => {
  entries.length = 0
  seen.length = 0
})
afterAll(() => session.shutdown())

it('writes all statements with one timestamp, and logs them without values', async () => {
  const page = await session.executeBatch(batch({ timestamp: 1_234_567n }))
  expect(page).toEqual({ rows: [], columns: [], pageState: null })
  const { rows } = await keyspace.client.execute(
    `SELECT name, writetime(name) AS at FROM ${table('products')}`,
  )
  expect(rows.map((row) => [row['name'], String(row['at'])])).toEqual([
    ['a', '1234567'],
    ['b', '1234567'],
  ])
  const { cql } = set(1, '')
  expect(entries).toMatchObject([
    { kind: 'query', entity: 'Product', cql: `BEGIN BATCH ${cql}; ${cql}; APPLY BATCH` },
  ])
})

it('is of the kind that was asked for', async () => {
  const increment = {
    cql: `UPDATE ${table('hits')} SET n = n + ? WHERE id = ?`,
    params: [Buffer.from('0000000000000002', 'hex'), 1],
  }
  await session.executeBatch(
    batch({ kind: 'counter', statements: [increment], isIdempotent: false }),
  )
  await session.executeBatch(batch({ kind: 'unlogged' }))
  await session.executeBatch(batch({}))
  expect(seen.map((options) => [options.isBatchCounter(), options.isBatchLogged()])).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ])
  const { rows } = await keyspace.client.execute(`SELECT n FROM ${table('hits')}`)
  expect(String(rows[0]?.['n'])).toBe('2')
})

it('says whether it may be sent again', async () => {
  await session.executeBatch(batch({}))
  await session.executeBatch(batch({ options: { isIdempotent: false } }))
  const insert = { ...set(9, 'c'), cql: `${set(9, 'c').cql} IF NOT EXISTS` }
  const conditional = batch({ statements: [insert], isIdempotent: false, isConditional: true })
  expect(await session.executeBatch(conditional)).toMatchObject({ rows: [{ '[applied]': true }] })
  expect(await session.executeBatch(conditional)).toMatchObject({
    rows: [{ '[applied]': false, id: 9, name: 'c' }],
  })
  expect(seen.map((options) => options.isIdempotent())).toEqual([true, false, false, false])
  expect(
    seen.map((o) => o.getRetryPolicy() instanceof policies.retry.FallthroughRetryPolicy),
  ).toEqual([false, false, true, true])
})

it('translates what the server says', async () => {
  const failing = session.executeBatch(
    batch({ statements: [{ cql: `DELETE FROM ${table('nothing')} WHERE id = ?`, params: [1] }] }),
  )
  await expect(failing).rejects.toMatchObject({
    code: 'EXECUTION',
    kind: 'invalid',
    message: expect.stringContaining('nothing') as string,
    cql: `BEGIN BATCH DELETE FROM ${table('nothing')} WHERE id = ?; APPLY BATCH`,
  })
  expect(entries).toMatchObject([{ kind: 'error', entity: 'Product' }])
})
