import { Column, DataSource, Entity, PartitionKey } from '../../lib'
import type { DataSourceOptions } from '../../lib/data-source/data-source-options'
import { ExecutionError, LwtOutcomeUnknownError } from '../../lib/errors/errors'
import { useKeyspace } from '../server/keyspace'
import { Proxy } from '../server/proxy'

const keyspace = useKeyspace()
let proxy: Proxy
let db: DataSource | undefined

@Entity('outage_rows')
class Row {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

async function open(options: Partial<DataSourceOptions> = {}) {
  db = new DataSource({
    ...proxy.connection,
    keyspace: keyspace.name,
    entities: [Row],
    drainTimeout: 100,
    ...options,
  })
  await db.initialize()
  return { db, rows: db.getRepository(Row) }
}

/** Waits for something to become true; what never does fails by the timeout of the spec. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20))
}

const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: Error) => error,
  )

/** The sockets and timers of this process. */
const held = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => name === 'TCPSocketWrap' || name === 'TCPWRAP' || name === 'Timeout').length

interface Control {
  readonly connection: object | null
  _refresh(): Promise<void>
  _refreshHosts(...given: unknown[]): Promise<void>
}
const controlOf = ({ client }: DataSource) =>
  (client as unknown as { controlConnection: Control }).controlConnection

beforeAll(async () => {
  await keyspace.client.execute(
    `CREATE TABLE "${keyspace.name}"."outage_rows" ("id" int PRIMARY KEY, "name" text)`,
  )
})
beforeEach(async () => {
  proxy = await Proxy.open()
})
afterEach(async () => {
  await db?.destroy()
  db = undefined
  await proxy.stop()
})

describe('destroy', () => {
  it('waits for requests and further pages under way, and refuses new calls', async () => {
    const { db, rows } = await open({ drainTimeout: 60_000 })
    await rows.save([1, 2, 3].map((id) => rows.create({ id, name: 'x' })))
    proxy.silent()
    const found = rows.find({ fetchSize: 1 })
    const ended = db.destroy()
    expect(db.isInitialized).toBe(false)
    const refused = await failure(rows.find())
    expect(refused).toMatchObject({ kind: 'connection', message: 'the data source was destroyed' })
    expect((await failure(db.ping())).message).toBe('the data source was destroyed')
    proxy.silent(false)
    expect((await found).length).toBe(3)
    await ended
    expect((await failure(rows.find())).message).toBe(
      'the data source was destroyed; await db.initialize() to connect again',
    )
  })

  it('gives up what has no answer after drainTimeout', async () => {
    const { db, rows } = await open()
    const row = rows.create({ id: 1, name: 'x' })
    await rows.save(row)
    await rows.insert(row, { ifNotExists: true })
    proxy.silent()
    const save = failure(rows.save(row))
    const insert = failure(rows.insert(row, { ifNotExists: true }))
    await db.destroy()
    const reason = 'the data source was destroyed before the answer came'
    expect(await save).toBeInstanceOf(ExecutionError)
    expect(await save).toMatchObject({
      kind: 'timeout',
      message: `${reason}; the statement may have been executed`,
    })
    expect(await insert).toBeInstanceOf(LwtOutcomeUnknownError)
    expect(await insert).toMatchObject({ cause: { message: reason } })
  })

  it.each(['refuses connections', 'does not answer'])(
    'leaves no socket and no timer while a node %s',
    async (fault) => {
      const before = held()
      const { db, rows } = await open()
      await rows.find()
      if (fault === 'does not answer') {
        proxy.silent()
        proxy.cut()
        await until(async () => (await failure(rows.find())).message !== '')
      } else {
        await proxy.stop()
        await until(async () => (await failure(rows.find())).message.includes('could be reached'))
        await until(() => controlOf(db).connection === null)
      }
      await db.destroy()
      await until(() => held() <= before)
    },
  )

  it('can be called twice, and again after a new start', async () => {
    const { db, rows } = await open()
    await Promise.all([db.destroy(), db.destroy()])
    const again = db.initialize()
    await db.destroy()
    await again
    expect(db.isInitialized).toBe(false)
    await db.initialize()
    expect(await rows.find()).toBeInstanceOf(Array)
  })

  it('refuses a drainTimeout that is not a number of milliseconds', () => {
    expect(() => new DataSource({ entities: [], drainTimeout: -1 })).toThrow(
      'DataSource: drainTimeout must be a number of milliseconds from 0',
    )
  })
})

describe('an outage', () => {
  it('ends as soon as a node is there again', async () => {
    const { rows } = await open()
    await proxy.stop()
    await until(async () => (await failure(rows.find())).message.includes('could be reached'))
    await proxy.listen()
    await until(() =>
      rows.find().then(
        () => true,
        () => false,
      ),
    )
  })

  it('is asked about every two seconds, unless the options name another policy', async () => {
    const { db } = await open()
    const policyOf = ({ client }: DataSource) =>
      (client as unknown as { options: { policies: { reconnection: { getOptions(): unknown } } } })
        .options.policies.reconnection
    expect(policyOf(db).getOptions()).toEqual(
      new Map<string, unknown>([
        ['baseDelay', 500],
        ['maxDelay', 2000],
        ['startWithNoDelay', false],
      ]),
    )
    const reconnection = policyOf(db) as never
    await db.destroy()
    const other = await open({ policies: { reconnection } })
    expect(policyOf(other.db)).toBe(reconnection)
  })
})

describe('the control connection', () => {
  it('is refreshed once at a time, and no failure of it reaches the process', async () => {
    const { db, rows } = await open()
    const control = controlOf(db)
    const refresh = control._refresh()
    expect(control._refresh()).toBe(refresh)
    proxy.cut()
    await refresh
    await until(() => control.connection !== null)
    // What a connection that breaks in between makes of it.
    const refreshHosts = control._refreshHosts.bind(control)
    let calls = 0
    control._refreshHosts = async (...given) => {
      calls++
      await refreshHosts(...given)
      proxy.cut()
      throw Object.assign(new Error('Socket was closed'), { isSocketError: true })
    }
    await control._refresh()
    expect(calls).toBeGreaterThan(0)
    control._refreshHosts = refreshHosts
    await until(() => control.connection !== null)
    await until(() =>
      rows.find().then(
        () => true,
        () => false,
      ),
    )
  })
})

describe('a damaged answer', () => {
  /** Cuts off the last bytes and says so in the header, or not. */
  const cut = (bytes: Buffer, length: number, says: number): Buffer => {
    const frame = Buffer.from(bytes.subarray(0, bytes.length - length))
    frame.writeInt32BE(bytes.length - 9 - says, 5)
    return frame
  }

  describe.each([true, false])('with directRows: %p', (directRows) => {
    it.each([
      ['is shorter', (bytes: Buffer) => cut(bytes, 3, 3)],
      ['is said to be shorter', (bytes: Buffer) => cut(bytes, 0, 3)],
      [
        'has a number of columns that is none',
        (bytes: Buffer) => Buffer.from(bytes).fill(255, 17, 21),
      ],
    ])('%s: it is an error, and the connection is given up', async (_, damage) => {
      const { rows } = await open({ directRows })
      await rows.save(rows.create({ id: 1, name: 'Anvil' }))
      await rows.findOneBy({ id: 1 })
      proxy.damage(damage)
      expect(await failure(rows.findOneBy({ id: 1 }))).toMatchObject({
        kind: 'connection',
        message:
          'the answer is damaged and could not be read; the statement may have been executed',
      })
      await until(() =>
        rows.findOneBy({ id: 1 }).then(
          (found) => found?.name === 'Anvil',
          () => false,
        ),
      )
    })
  })

  it('of a conditional write leaves its outcome unknown', async () => {
    const { rows } = await open()
    const row = rows.create({ id: 1, name: 'x' })
    await rows.insert(row, { ifNotExists: true })
    proxy.damage((bytes) => cut(bytes, 3, 3))
    expect(await failure(rows.insert(row, { ifNotExists: true }))).toBeInstanceOf(
      LwtOutcomeUnknownError,
    )
  })

  it('outside of any call does not end the process', async () => {
    const { db, rows } = await open()
    const control = controlOf(db) as unknown as {
      connection: { parser: { write(item: object): void } } | null
    }
    const before = control.connection
    // An event that is no event: the driver throws out of its stream.
    const header = { version: 4, flags: 0, streamId: -1, opcode: 12, bodyLength: 2 }
    before?.parser.write({ header, chunk: Buffer.from([0, 9]), offset: 0, frameEnded: true })
    await until(() => control.connection !== null && control.connection !== before)
    await until(() =>
      rows.find().then(
        () => true,
        () => false,
      ),
    )
  })
})

describe('a call without an answer', () => {
  it('ends after its timeout, also while the statement is being prepared', async () => {
    const { rows } = await open()
    await rows.find()
    proxy.silent()
    const row = rows.create({ id: 1, name: 'x' })
    // Not prepared yet: the driver would wait for the timeout of the client, a minute here.
    expect(await failure(rows.save(row, { timeout: 200 }))).toMatchObject({
      kind: 'timeout',
      message: 'no answer came in time; the statement may have been executed',
    })
    expect(await failure(rows.insert(row, { ifNotExists: true, timeout: 200 }))).toBeInstanceOf(
      LwtOutcomeUnknownError,
    )
    expect(await failure(rows.find({ timeout: 200 }))).toMatchObject({ kind: 'timeout' })
  })
})

describe('an abort while the server is silent', () => {
  it('ends saveAll and scan', async () => {
    const { rows } = await open()
    await rows.save(rows.create({ id: 1, name: 'x' }))
    for await (const row of rows.scan()) expect(row.id).toBeDefined()
    proxy.silent()
    const controller = new AbortController()
    const { signal } = controller
    const saved = failure(rows.saveAll([rows.create({ id: 2, name: 'x' })], { signal }))
    const scanned = failure(rows.scan({ signal })[Symbol.asyncIterator]().next())
    // The scan has sent its first request by then.
    await new Promise(setImmediate)
    controller.abort(new Error('enough'))
    expect((await saved).message).toBe('enough')
    expect((await scanned).message).toBe('enough')
  })
})

describe('a server that forgets statements as soon as they are prepared', () => {
  it('is asked three times', async () => {
    const { rows } = await open()
    await rows.findOneBy({ id: 1 })
    let executed = 0
    proxy.onExecute((id) => {
      executed++
      return unprepared(id)
    })
    const error = await failure(rows.findOneBy({ id: 1 }))
    expect(error).toMatchObject({
      kind: 'server',
      message: 'the server forgets the statement as soon as it is prepared; nothing was executed',
    })
    expect(executed).toBe(3)
  })
})

/** The answer to EXECUTE of a server that does not know the statement. */
function unprepared(id: Buffer): Buffer {
  const text = Buffer.from('unknown')
  return Buffer.concat([
    Buffer.from([0, 0, 0x25, 0, 0, text.length]),
    text,
    Buffer.from([0, id.length]),
    id,
  ])
}

describe('more requests than the connections may have', () => {
  it('wait', async () => {
    const { rows } = await open({ pooling: { maxRequestsPerConnection: 4 } })
    const all = Array.from({ length: 200 }, (_, id) => rows.create({ id, name: 'x' }))
    expect(await rows.saveAll(all, { concurrency: 5_000_000 })).toBe(200)
    await Promise.all(all.map((row) => rows.save(row)))
    expect((await Promise.all(all.map(({ id }) => rows.findOneBy({ id })))).length).toBe(200)
  })
})
