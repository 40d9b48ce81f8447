import { tracingChannel, channel as channelOf } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { MaxLength } from 'class-validator'
import {
  BeforeInsert,
  Column,
  DataSource,
  type DataSourceOptions,
  Entity,
  In,
  PartitionKey,
  VersionColumn,
  cql,
  param,
} from '../../lib'
import { type LogEntry, printLogEntry } from '../../lib/driver/observe/statement-log'
import { MassWriteError, OptimisticLockError } from '../../lib/errors/errors'
import { useKeyspace } from '../server/keyspace'
import { Proxy } from '../server/proxy'

const keyspace = useKeyspace()
let proxy: Proxy

/** Stands in every value, so that one search finds each of them. */
const mark = 'seCRet'
let count = 0
const secret = () => `${mark}${count++}`

@Entity('secret_plain')
class Plain {
  @PartitionKey('text') id!: string
  @Column('text') @MaxLength(40) name?: string | null
  @Column('int') n?: number | null
  @Column('list<text>') tags: string[] = []
}

@Entity({ name: 'secret_tracked', trackChanges: true })
class Tracked {
  @PartitionKey('text') id!: string
  @Column('text') name?: string | null
  @VersionColumn() version?: number

  @BeforeInsert() before() {
    if (this.name?.endsWith('!') === true) throw new Error('the hook refuses it')
  }
}

/** Everything that was logged, traced or thrown, as text. */
class Recording {
  readonly texts: string[] = []
  readonly kinds = new Set<string>()

  /** Holds an object with everything in it, also what is not enumerable. */
  hold(value: unknown): void {
    this.texts.push(inspect(value, { showHidden: true, depth: 12, maxStringLength: null }))
  }

  /** Holds an error, as it prints and in all its parts. */
  thrown(error: unknown): void {
    if (!(error instanceof Error)) return
    this.kinds.add((error as { kind?: string }).kind ?? error.name)
    this.texts.push(inspect(error, { depth: 12 }), String(error.stack), JSON.stringify(error))
    const isHolder = error instanceof MassWriteError || error instanceof OptimisticLockError
    // Those two hold what was given and found, and do not print it.
    if (!isHolder) this.hold(error)
    else if (error instanceof MassWriteError) {
      for (const { cause } of error.failures) this.thrown(cause)
    }
    this.thrown(error.cause)
  }
}

let recording: Recording
const channel = tracingChannel('coodie:execute')
const warnings = channelOf('coodie:warning')
const onTrace = (message: unknown) => recording.hold(message)
const subscribers = {
  start: onTrace,
  end: onTrace,
  asyncStart: onTrace,
  asyncEnd: onTrace,
  error: onTrace,
}

const spans = {
  getTracer: () => ({
    startActiveSpan<T>(name: string, options: object, run: (span: object) => T): T {
      recording.hold([name, options])
      const note = (given: unknown) => recording.hold(given)
      return run({ setAttributes: note, setStatus: note, end: () => undefined })
    },
  }),
}

const logger = {
  log(entry: LogEntry) {
    recording.texts.push(printLogEntry(entry))
    recording.hold({ ...entry, error: undefined })
    recording.thrown(entry.error)
  },
  warn: (message: string) => void recording.texts.push(message),
}

async function open(options: Partial<DataSourceOptions> = {}) {
  const db = new DataSource({
    ...proxy.connection,
    keyspace: keyspace.name,
    entities: [Plain, Tracked],
    logging: true,
    logger,
    validate: true,
    telemetry: { tracerProvider: spans },
    drainTimeout: 100,
    ...options,
  })
  await db.initialize()
  db.client.on('log', (...message: unknown[]) => recording.hold(message))
  return { db, plain: db.getRepository(Plain), tracked: db.getRepository(Tracked) }
}

/** Runs a call, whether it succeeds or fails. */
async function run(call: () => unknown): Promise<void> {
  try {
    await call()
  } catch (error) {
    recording.thrown(error)
  }
}

beforeAll(async () => {
  proxy = await Proxy.open()
  recording = new Recording()
  const { db } = await open()
  await db.schema.sync()
  await db.destroy()
})
beforeEach(() => {
  recording = new Recording()
  channel.subscribe(subscribers)
  warnings.subscribe(onTrace)
})
afterEach(() => {
  channel.unsubscribe(subscribers)
  warnings.unsubscribe(onTrace)
})
afterAll(() => proxy.stop())

it.each([true, false])(
  'no value leaves by logs, traces or errors, directRows: %p',
  async (directRows) => {
    const { db, plain, tracked } = await open({ directRows })
    const row = () => plain.create({ id: secret(), name: secret(), tags: [secret()] })
    const any = (value: unknown) => value as never
    const long = () => mark.repeat(20_000)

    // What succeeds.
    const one = row()
    await plain.save(one)
    await plain.save([row(), row()])
    await plain.insert(row(), { ifNotExists: true })
    await plain.insert(one, { ifNotExists: true })
    await plain.update({ id: one.id }, { name: secret() }, { if: { name: secret() } })
    await plain.findOneBy({ id: one.id })
    await plain.findBy({ id: In([one.id, secret()]) })
    await plain.prepare({ where: { id: param('id') } }).find({ id: secret() })
    for await (const found of plain.scan()) void found
    await db.query(cql`SELECT * FROM ${cql.table(Plain)} WHERE id = ${secret()}`)
    const batch = db.batch()
    for (let i = 0; i < 60; i++) batch.insert(Plain, row())
    await batch.execute()
    const kept = tracked.create({ id: secret(), name: secret() })
    await tracked.save(kept)
    kept.name = secret()
    await tracked.save(kept)

    // What is refused here.
    for (const wrong of [{ n: mark }, { tags: mark }, { name: [mark] }, { [mark]: 1 }]) {
      await run(() => plain.save(any({ ...row(), ...(mark in wrong ? {} : wrong) })))
      await run(() => plain.findBy(any({ id: secret(), ...(mark in wrong ? {} : wrong) })))
      await run(() => plain.fromPlain({ id: secret(), ...(mark in wrong ? {} : wrong) }))
    }
    await run(() => plain.save(any({ ...row(), name: long() })))
    await run(() => tracked.save(tracked.create({ id: secret(), name: `${secret()}!` })))
    await run(() => db.query(cql`SELECT * FROM ${cql.table(Plain)} WHERE id = ${{ [mark]: 1 }}`))
    await run(() => db.query(any(`SELECT * FROM t WHERE id = '${mark}'`)))
    await run(() => plain.findPage({ where: { id: secret() }, pageState: secret() }))
    await run(() => plain.scan({ resume: any({ of: secret() }) }))

    // What the server refuses.
    await run(() => plain.findBy({ id: long() }))
    await run(() => plain.save([row(), plain.create({ id: long() })]))
    await run(() => plain.save(row(), { consistency: 'three' }))
    await run(() => db.query(cql`SELECT nothing FROM ${cql.table(Plain)} WHERE id = ${secret()}`))
    const stale = tracked.create({ ...(await tracked.findOneByOrFail({ id: kept.id })) })
    await run(() => tracked.save(stale))
    await run(() => tracked.insert(kept, { ifNotExists: true }))

    // What the network does.
    proxy.silent()
    await Promise.all([
      run(() => plain.save(row(), { timeout: 50 })),
      run(() => plain.save([row(), row()], { timeout: 50 })),
      run(() => plain.insert(row(), { ifNotExists: true, timeout: 50 })),
      run(() => plain.count({ where: { id: secret() }, timeout: 50 })),
      run(() => plain.find({ where: { id: secret() }, timeout: 50 })),
    ])
    const lost = [
      run(() => plain.update({ id: secret() }, { name: secret() })),
      run(() => plain.save(row())),
    ]
    await new Promise(setImmediate)
    proxy.cut()
    proxy.silent(false)
    await Promise.all(lost)
    const destroyed = run(() => plain.save(row()))
    await db.destroy()
    await destroyed
    await run(() => plain.save(row()))

    const leaks = recording.texts.filter((text) => text.includes(mark))
    expect(leaks).toEqual([])
    expect(recording.texts.length).toBeGreaterThan(300)
    for (const kind of [
      'ValueError',
      'ValidationError',
      'StatementError',
      'MassWriteError',
      'LwtOutcomeUnknownError',
      'invalid',
      'unavailable',
      'timeout',
      'connection',
    ]) {
      expect(recording.kinds).toContain(kind)
    }
  },
)

describe('observers that throw', () => {
  const fail = () => {
    throw new Error('the observer is broken')
  }

  it('do not fail a write', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue()
    const broken = { getTracer: () => ({ startActiveSpan: fail }) }
    const { db, plain } = await open({
      logger: { log: fail, warn: fail },
      telemetry: { tracerProvider: broken },
    })
    const row = plain.create({ id: 'a', name: 'b' })
    expect(await plain.save(row)).toBe(row)
    expect(await plain.insert(row, { ifNotExists: true })).toMatchObject({ applied: false })
    await db.destroy()
    const rejects = { log: () => Promise.reject(new Error('later')) }
    const other = await open({ logger: rejects, telemetry: false })
    await other.plain.save(row)
    await other.db.destroy()
    await new Promise(setImmediate)
    const seen = warn.mock.calls.map(([message]) => message)
    warn.mockRestore()
    expect(seen.sort()).toEqual([
      'the logger of a coodie DataSource threw an error, which was ignored',
      'the telemetry of a coodie DataSource threw an error, which was ignored',
    ])
  })
})
