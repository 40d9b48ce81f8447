import { createRequire } from 'node:module'
import { Client } from 'cassandra-driver'
import { Column, Entity, PartitionKey, cql } from '../../lib'
import { FrameReader } from '../../lib/driver/internals/direct-rows'
import { Session } from '../../lib/driver/session'
import { type LogEntry, StatementLog } from '../../lib/driver/observe/statement-log'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'

@Entity('numbers')
class Numbers {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

const { db, keyspace } = useDataSource([Numbers])
const numbers = db.getRepository(Numbers)
const off = new StatementLog()

beforeAll(async () => {
  await numbers.save(
    Array.from({ length: 1000 }, (_, id) => numbers.create({ id, name: `n${id}` })),
  )
})

const select = () => `SELECT "id" FROM "${keyspace.name}"."numbers"`

/** A reader that counts what it decodes. */
function counting() {
  const counts = { compiled: 0, frames: 0, rows: 0 }
  const reader = new FrameReader(() => {
    counts.compiled++
    return (bytes, start, count, rows) => {
      counts.frames++
      counts.rows += count
      let at = start
      for (let i = 0; i < count; i++) {
        rows[i] = bytes.readInt32BE(at + 4)
        at += 8
      }
      return at
    }
  })
  return { counts, reader }
}

it('is on with this driver', async () => {
  const session = await Session.open(connection(), off)
  expect(session.hasDirectRows).toBe(true)
  await session.shutdown()
})

it('decodes every page, and reads the metadata once', async () => {
  const session = await Session.open(connection(), off)
  const { counts, reader } = counting()
  const ids: unknown[] = []
  let pageState: string | null | undefined
  do {
    const page = await session.execute({
      cql: select(),
      params: [],
      isIdempotent: true,
      frames: reader,
      options: { fetchSize: 90 },
      ...(typeof pageState === 'string' ? { pageState } : {}),
    })
    expect(page.isDecoded).toBe(true)
    ids.push(...page.rows)
    pageState = page.pageState
  } while (pageState !== null)
  expect(ids.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
  expect(counts).toMatchObject({ compiled: 1, rows: 1000 })
  await session.shutdown()
})

it('decodes one large frame, and many at once beside others that are not decoded', async () => {
  const session = await Session.open(connection(), off)
  const { counts, reader } = counting()
  const all = { cql: select(), params: [], isIdempotent: true, options: { fetchSize: 5000 } }
  const pages = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      session.execute(i % 2 === 0 ? { ...all, frames: reader } : all),
    ),
  )
  pages.forEach(({ rows, isDecoded }, i) => {
    expect(isDecoded).toBe(i % 2 === 0)
    expect(rows.length).toBe(1000)
    expect(typeof rows[0]).toBe(i % 2 === 0 ? 'number' : 'object')
  })
  expect(counts.frames).toBe(30)
  await session.shutdown()
})

it('stands aside for a decoder that throws or ends elsewhere', async () => {
  const session = await Session.open(connection(), off)
  const all = { cql: select(), params: [], isIdempotent: true, options: { fetchSize: 5000 } }
  for (const decode of [
    () => {
      throw new Error('broken')
    },
    (_bytes: Buffer, at: number) => at,
  ]) {
    const page = await session.execute({ ...all, frames: new FrameReader(() => decode) })
    expect(page.isDecoded).toBe(false)
    expect(page.rows.length).toBe(1000)
    expect(page.rows[0]).toHaveProperty('id')
  }
  await session.shutdown()
})

it('leaves a client alone that never asks for it, and a connection that is older', async () => {
  const client = new Client(connection())
  await client.connect()
  type Opened = { controlConnection: { connection: { parser: object } } }
  const { parser } = (client as unknown as Opened).controlConnection.connection
  await client.execute(select(), [], { prepare: true })
  expect(Object.hasOwn(parser, 'parseResult')).toBe(false)
  const given = await Session.open(client, off)
  const { reader } = counting()
  const page = await given.execute({
    cql: select(),
    params: [],
    isIdempotent: true,
    frames: reader,
  })
  expect(page.isDecoded).toBe(true)
  await client.shutdown()
})

it('is switched off by the option and by the environment', async () => {
  const execution = () => ({
    cql: select(),
    params: [],
    isIdempotent: true,
    frames: counting().reader,
  })
  const byOption = await Session.open(connection(), off, false)
  expect((await byOption.execute(execution())).isDecoded).toBe(false)
  await byOption.shutdown()
  process.env['COODIE_DIRECT_ROWS'] = '0'
  try {
    const byEnvironment = await Session.open(connection(), off)
    expect((await byEnvironment.execute(execution())).isDecoded).toBe(false)
    await byEnvironment.shutdown()
  } finally {
    delete process.env['COODIE_DIRECT_ROWS']
  }
})

it('goes on when the table gains a column, and tells what no longer fits', async () => {
  const { client, name } = keyspace
  expect(await numbers.findOneBy({ id: 5 })).toEqual(numbers.create({ id: 5, name: 'n5' }))
  await client.execute(`ALTER TABLE ${name}.numbers ADD extra text`)
  expect(await numbers.findOneBy({ id: 6 })).toEqual(numbers.create({ id: 6, name: 'n6' }))
  await client.execute(`DROP TABLE ${name}.numbers`)
  await client.execute(`CREATE TABLE ${name}.numbers (id int PRIMARY KEY, name text, extra int)`)
  await client.execute(`INSERT INTO ${name}.numbers (id, name) VALUES (6, 'again')`)
  expect(await numbers.findOneBy({ id: 6 })).toEqual(numbers.create({ id: 6, name: 'again' }))
})

it('keeps a statement’s log and traces as they are', async () => {
  const entries: LogEntry[] = []
  const log = new StatementLog(true, 60_000, { log: (entry) => void entries.push(entry) })
  const session = await Session.open(connection(), log)
  await session.execute({
    cql: select(),
    params: [],
    isIdempotent: true,
    frames: counting().reader,
  })
  expect(entries).toMatchObject([{ kind: 'query', rows: 1 }])
  await session.shutdown()
})

it('writes requests in one piece with this driver', async () => {
  await numbers.save(numbers.create({ id: -1, name: 'written' }))
  const { ExecuteRequest } = createRequire(__filename)('cassandra-driver/lib/requests') as {
    ExecuteRequest: { prototype: Record<symbol, unknown> }
  }
  expect(ExecuteRequest.prototype[Symbol.for('coodie.directRequests')]).toBe(true)
  expect((await numbers.findOneBy({ id: -1 }))?.name).toBe('written')
})

it('reads entities of a query written by hand out of frames', async () => {
  const { Parser } = createRequire(__filename)('cassandra-driver/lib/streams') as {
    Parser: { prototype: { parseRows(): void } }
  }
  await numbers.save(numbers.create({ id: 5, name: 'n5' }))
  const parseRows = jest.spyOn(Parser.prototype, 'parseRows')
  try {
    const found = await numbers.query(
      cql`SELECT id, name FROM ${cql.table(Numbers)} WHERE ${cql.column(Numbers, 'id')} = ${5}`,
    )
    expect(found).toEqual([Object.assign(new Numbers(), { id: 5, name: 'n5' })])
    expect(parseRows).not.toHaveBeenCalled()
    await db.query(cql`SELECT * FROM ${cql.table(Numbers)} LIMIT 1`)
    expect(parseRows).toHaveBeenCalled()
  } finally {
    parseRows.mockRestore()
  }
})
