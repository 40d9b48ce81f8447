import { tracingChannel } from 'node:diagnostics_channel'
import { Client, policies, types } from 'cassandra-driver'
import type { ExecuteTrace } from '../../lib/driver/observe/diagnostics'
import type { Execution } from '../../lib/driver/execution'
import { type ClientOptions, Session } from '../../lib/driver/session'
import { type LogEntry, StatementLog } from '../../lib/driver/observe/statement-log'
import { CoodieError, ExecutionError } from '../../lib/errors/errors'
import { connection, useKeyspace } from '../server/keyspace'
import { SeenRequests } from '../server/request-tracker'

const keyspace = useKeyspace()
const off = new StatementLog()
const opened: Session[] = []

async function open(options: Partial<ClientOptions> = {}, log = off): Promise<Session> {
  const session = await Session.open({ ...connection(), ...options }, log)
  opened.push(session)
  return session
}

async function failure(promise: Promise<unknown>): Promise<CoodieError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof CoodieError)) throw new Error(`not one of ours: ${String(error)}`)
  return error
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((session) => session.shutdown()))
})

const table = () => `"${keyspace.name}"."products"`
const insert = (): Execution => ({
  cql: `INSERT INTO ${table()} ("id", "name") VALUES (?, ?)`,
  params: [1, 'Anvil'],
  entity: 'Product',
  isIdempotent: true,
})

beforeAll(async () => {
  await keyspace.client.execute(
    `CREATE TABLE ${table()} ("id" int PRIMARY KEY, "name" text, "attrs" map<int, text>)`,
  )
})

describe('what stands between a client and its server', () => {
  it('names the data center that was given and those that exist', async () => {
    const error = await failure(open({ localDataCenter: 'dc9' }))
    expect(error).toBeInstanceOf(ExecutionError)
    expect(error).toMatchObject({ kind: 'connection' })
    expect(error.message).toBe(
      `localDataCenter was configured as 'dc9', but only found hosts in data centers: ` +
        `[${connection().localDataCenter}]; give the DataSource the localDataCenter of your contact points`,
    )
  })

  it('leaves no connection open behind, which would keep the process alive', async () => {
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
    const before = sockets()
    const { contactPoints } = connection()
    const again = contactPoints.map((point) => point.replace('127.0.0.1', 'localhost'))
    await failure(open({ contactPoints: [...contactPoints, ...again], localDataCenter: 'dc9' }))
    await failure(open({ keyspace: 'coodie_absent' }))
    expect(sockets()).toBe(before)
  })

  it('leaves no connection and no timer behind where the driver put new hosts in place of its own', async () => {
    const held = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return process
        .getActiveResourcesInfo()
        .filter((name) => name === 'TCPSocketWrap' || name === 'Timeout').length
    }
    const before = await held()
    const session = await open()
    await session.ping()
    // What it does when it has lost every connection and then reaches a node again.
    const { controlConnection } = session.client as unknown as {
      controlConnection: { _initializeConnection(): Promise<void> }
    }
    const old = session.client.hosts.values()
    await controlConnection._initializeConnection()
    expect(session.client.hosts.values()).not.toEqual(old)
    await session.ping()
    await session.shutdown()
    // What is ended may take a moment; what was left behind would stay for good.
    let left = await held()
    for (let i = 0; i < 20 && left > before; i++) left = await held()
    expect(left).toBeLessThanOrEqual(before)
  })

  it('asks for the data center when none was given', async () => {
    const { contactPoints } = connection()
    const error = await failure(Session.open({ contactPoints }, off))
    expect(error).toMatchObject({ kind: 'connection' })
    expect(error.message).toContain(`'localDataCenter' is not defined`)
    expect(error.message).toContain(connection().localDataCenter)
    expect(error.message).toMatch(
      /; give the DataSource the localDataCenter of your contact points$/u,
    )
  })

  it('says how to create the keyspace that is missing', async () => {
    const error = await failure(open({ keyspace: 'coodie_absent' }))
    expect(error).toMatchObject({ code: 'EXECUTION', kind: 'invalid' })
    expect(error.message).toBe(
      `Keyspace 'coodie_absent' does not exist; create it, or give the DataSource createKeyspace`,
    )
  })

  it('names the server that is not there', async () => {
    const error = await failure(open({ contactPoints: ['127.0.0.1:1'] }))
    expect(error).toMatchObject({ code: 'EXECUTION', kind: 'connection' })
    expect(error.message).toBe(
      'no server could be reached at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1; ' +
        'are contactPoints and port right, and is the server running?',
    )
  })

  it('connects when one of the contact points is there', async () => {
    const session = await open({ contactPoints: ['127.0.0.1:1', ...connection().contactPoints] })
    await session.ping()
  })
})

describe('a session', () => {
  it('asks the server, until it is shut down', async () => {
    const session = await open()
    await session.ping()
    await session.shutdown()
    expect(await failure(session.ping())).toMatchObject({
      code: 'EXECUTION',
      kind: 'connection',
      message: 'the data source was destroyed',
    })
  })

  it('leaves a given client open', async () => {
    const client = new Client(connection())
    const session = await Session.open(client, off)
    expect(session.client).toBe(client)
    await session.shutdown()
    await client.execute('SELECT key FROM system.local')
    await client.shutdown()
  })

  it('reads one page at a time', async () => {
    const session = await open()
    for (const id of [1, 2, 3]) await session.execute({ ...insert(), params: [id, 'x'] })
    const select = { cql: `SELECT "id" FROM ${table()}`, params: [], isIdempotent: true }
    const first = await session.execute({ ...select, options: { fetchSize: 2 } })
    expect(first.rows.length).toBe(2)
    const pageState = String(first.pageState)
    const second = await session.execute({ ...select, pageState, options: { fetchSize: 2 } })
    expect([...first.rows, ...second.rows].map((row) => row['id'] as number).sort()).toEqual([
      1, 2, 3,
    ])
    expect(second.pageState).toBeNull()
    const all = await session.execute({ ...select, isPageable: false, options: { fetchSize: 2 } })
    expect(all.rows.length).toBe(3)
    expect((await session.query(select.cql, [])).length).toBe(3)
  })

  it('reads maps as maps', async () => {
    const session = await open()
    await session.execute({
      cql: `INSERT INTO ${table()} ("id", "attrs") VALUES (?, ?)`,
      params: [9, new Map([[1, 'a']])],
      isIdempotent: true,
    })
    const [row] = await session.query(`SELECT "attrs" FROM ${table()} WHERE "id" = ?`, [9])
    expect(row?.['attrs']).toEqual(new Map([[1, 'a']]))
  })

  it('changes the schema and says what is there already', async () => {
    const session = await open()
    const cql = `CREATE TABLE "${keyspace.name}"."made" ("id" int PRIMARY KEY)`
    await session.executeSchema(cql)
    const error = await failure(session.executeSchema(cql))
    expect(error).toMatchObject({ code: 'EXECUTION', kind: 'alreadyExists', cql })
    expect(error.message).toContain('made')
    await session.executeSchema(`DROP TABLE "${keyspace.name}"."made"`)
  })

  it('says so when the nodes do not agree on the schema in time', async () => {
    const session = await open()
    const execute = session.client.execute.bind(session.client)
    // What the driver says then; one node alone always agrees.
    session.client.execute = (async (query: string) => {
      const result = await execute(query)
      return Object.assign(result, { info: { ...result.info, isSchemaInAgreement: false } })
    }) as typeof session.client.execute
    const cql = `ALTER TABLE ${table()} WITH comment = 'x'`
    const error = await failure(session.executeSchema(cql))
    expect(error.code).toBe('SCHEMA')
    expect(error.message).toBe(`the nodes did not agree on the schema in time after: ${cql}`)
  })
})

describe('what a server refuses', () => {
  const run = async (cql: string, params: unknown[] = []): Promise<CoodieError> =>
    failure((await open()).execute({ cql, params, isIdempotent: true }))

  it('is told by kind, with the statement', async () => {
    expect(await run('SELEC 1')).toMatchObject({ kind: 'syntax', cql: 'SELEC 1' })
    expect(await run(`SELECT "nope" FROM ${table()}`)).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('nope'),
    })
    expect(await run('SELECT * FROM coodie_absent.t')).toMatchObject({
      kind: 'invalid',
      message:
        'keyspace coodie_absent does not exist; create it, or give the DataSource createKeyspace',
    })
  })

  it('does not repeat a value that the driver cannot encode', async () => {
    const error = await run(`SELECT * FROM ${table()} WHERE "id" = ?`, ['secret'])
    expect(error).toMatchObject({
      kind: 'invalid',
      message: 'a bound value does not fit the CQL type of its marker',
    })
  })

  it('names the execution profile that does not exist', async () => {
    const session = await open()
    const execute = async () =>
      session.execute({ ...insert(), options: { executionProfile: 'olap' } })
    expect(await failure(execute())).toMatchObject({
      code: 'STATEMENT',
      message: `'olap' is not an execution profile; the client has 'default'`,
    })
  })

  it('says that the table of a prepared statement was dropped', async () => {
    const session = await open()
    const dropped = `"${keyspace.name}"."dropped"`
    await keyspace.client.execute(`CREATE TABLE ${dropped} ("id" int PRIMARY KEY)`)
    const select = { cql: `SELECT "id" FROM ${dropped}`, params: [], isIdempotent: true }
    await session.execute(select)
    await keyspace.client.execute(`DROP TABLE ${dropped}`)
    expect(await failure(session.execute(select))).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/table dropped does not exist/u) as string,
    })
  })
})

describe('the way a statement is executed', () => {
  it('retries a plain write by the client’s policy, and a conditional one never', async () => {
    const requestTracker = new SeenRequests()
    const session = await open({ requestTracker })
    await session.execute(insert())
    expect(requestTracker.last().isIdempotent()).toBe(true)
    expect(requestTracker.last().getRetryPolicy()).not.toBeInstanceOf(
      policies.retry.FallthroughRetryPolicy,
    )
    await session.execute({
      ...insert(),
      cql: `${insert().cql} IF NOT EXISTS`,
      isIdempotent: false,
      isConditional: true,
    })
    expect(requestTracker.last().isIdempotent()).toBe(false)
    expect(requestTracker.last().getRetryPolicy()).toBeInstanceOf(
      policies.retry.FallthroughRetryPolicy,
    )
  })

  it('lets the call say that a statement is idempotent, or not', async () => {
    const requestTracker = new SeenRequests()
    const session = await open({ requestTracker, queryOptions: { isIdempotent: true } })
    await session.execute({ ...insert(), isIdempotent: false })
    expect(requestTracker.last().isIdempotent()).toBe(false)
    await session.execute({ ...insert(), isIdempotent: false, options: { isIdempotent: true } })
    expect(requestTracker.last().isIdempotent()).toBe(true)
  })

  it.each([
    ['any', 'ANY'],
    ['one', 'ONE'],
    ['localQuorum', 'LOCAL_QUORUM'],
  ] as const)('sends the consistency %p', async (consistency, name) => {
    const session = await open()
    const client = keyspace.client
    const seen: string[] = []
    const write = await session.client.execute(insert().cql, insert().params, { prepare: true })
    expect(write.info.achievedConsistency).toBe(types.consistencies.localOne)
    const spy = new SeenRequests()
    const traced = await open({ requestTracker: spy })
    await traced.execute({ ...insert(), options: { consistency, traceQuery: true } })
    // The server writes its traces after it answered.
    const deadline = Date.now() + 20_000
    while (!seen.includes(name) && Date.now() < deadline) {
      const { rows } = await client.execute('SELECT parameters FROM system_traces.sessions')
      for (const row of rows) {
        const parameters = row['parameters'] as Record<string, string>
        if (parameters['query']?.includes(keyspace.name) === true) {
          seen.push(String(parameters['consistency_level']))
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(seen).toContain(name)
  })

  it('leaves it to the server to refuse ANY for reads', async () => {
    const session = await open()
    const select = { cql: `SELECT "id" FROM ${table()}`, params: [], isIdempotent: true }
    const error = await failure(session.execute({ ...select, options: { consistency: 'any' } }))
    expect(error).toMatchObject({ kind: 'invalid' })
    expect(error.message).toContain('ANY')
  })
})

describe('what can be seen of a statement', () => {
  it('is logged without its values', async () => {
    const entries: LogEntry[] = []
    const log = new StatementLog(true, 60_000, { log: (entry) => void entries.push(entry) })
    const session = await open({}, log)
    await session.execute({ ...insert(), params: [5, 'secret'] })
    await session.query(`SELECT "name" FROM ${table()} WHERE "id" = ?`, [5])
    await session.executeSchema(`ALTER TABLE ${table()} WITH comment = 'c'`)
    await failure(session.execute({ ...insert(), cql: 'nonsense', params: [] }))
    expect(entries.map(({ kind, entity, rows }) => [kind, entity, rows])).toEqual([
      ['query', 'Product', 0],
      ['query', undefined, 1],
      ['schema', undefined, 0],
      ['error', 'Product', undefined],
    ])
    expect(entries[0]?.cql).toBe(insert().cql)
    expect(entries[3]?.error).toMatchObject({ kind: 'syntax' })
    expect(entries.every(({ duration }) => duration > 0)).toBe(true)
    expect(JSON.stringify(entries)).not.toContain('secret')
  })

  it('is published on the tracing channel without its values', async () => {
    const session = await open()
    const channel = tracingChannel<'coodie:execute', ExecuteTrace>('coodie:execute')
    const ended: ExecuteTrace[] = []
    const asyncEnd = (message: unknown) => void ended.push(message as ExecuteTrace)
    channel.asyncEnd.subscribe(asyncEnd)
    try {
      await session.execute({ ...insert(), params: [5, 'secret'] })
      await session.query(`SELECT "name" FROM ${table()} WHERE "id" = ?`, [5])
      await failure(session.execute({ ...insert(), cql: 'nonsense', params: [] }))
    } finally {
      channel.asyncEnd.unsubscribe(asyncEnd)
    }
    expect(ended).toMatchObject([
      { cql: insert().cql, entity: 'Product', rows: 0 },
      { entity: undefined, rows: 1 },
      { cql: 'nonsense', error: { kind: 'syntax' } },
    ])
    expect(ended.every(({ duration }) => Number(duration) > 0)).toBe(true)
    expect(JSON.stringify(ended)).not.toContain('secret')
  })
})

describe('too few replicas', () => {
  it('are unavailable, for a conditional write too', async () => {
    const name = `${keyspace.name}_3`
    await keyspace.client.execute(
      `CREATE KEYSPACE ${name} WITH replication = {'class': 'NetworkTopologyStrategy', '${connection().localDataCenter}': 30}`,
    )
    try {
      await keyspace.client.execute(`CREATE TABLE ${name}.t (id int PRIMARY KEY)`)
      const session = await open()
      const write = { cql: `INSERT INTO ${name}.t (id) VALUES (?)`, params: [1] }
      const options = { consistency: 'all' } as const
      const plain = await failure(session.execute({ ...write, isIdempotent: true, options }))
      expect(plain).toMatchObject({ code: 'EXECUTION', kind: 'unavailable' })
      expect(plain.message).toMatch(
        /^not enough replicas are alive for the requested consistency: .*ALL/u,
      )
      const conditional = await failure(
        session.execute({
          ...write,
          cql: `${write.cql} IF NOT EXISTS`,
          isIdempotent: false,
          isConditional: true,
        }),
      )
      expect(conditional).toMatchObject({ code: 'EXECUTION', kind: 'unavailable' })
    } finally {
      await keyspace.client.execute(`DROP KEYSPACE ${name}`)
    }
  })
})
