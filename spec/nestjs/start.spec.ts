import { Injectable, type LoggerService, Module } from '@nestjs/common'
import { Test, type TestingModule } from '@nestjs/testing'
import { Column, DataSource, Entity, type ExecutionError, PartitionKey, Uuid } from '../../lib'
import {
  CoodieModule,
  type CoodieModuleAsyncOptions,
  type CoodieModuleOptions,
  type CoodieOptionsFactory,
  getDataSourceToken,
} from '../../lib/nestjs'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { useGate } from './gate'

@Entity('users')
class User {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
}

const keyspace = useKeyspace()
const gate = useGate()
const options = (): CoodieModuleOptions => ({
  ...connection(),
  keyspace: keyspace.name,
  entities: [User],
  retryDelay: 1,
})

const lines: string[] = []
const write = (kind: string) => (message: unknown) => void lines.push(`${kind} ${String(message)}`)
const logger: LoggerService = { log: write('log'), warn: write('warn'), error: write('error') }
const applications: TestingModule[] = []
beforeEach(() => void lines.splice(0))
afterAll(() => Promise.all(applications.map((app) => app.close())))

async function start(module: ReturnType<typeof CoodieModule.forRoot>): Promise<TestingModule> {
  const app = await Test.createTestingModule({ imports: [module] })
    .setLogger(logger)
    .compile()
  applications.push(app)
  return app.init()
}
const failures = () => lines.filter((line) => line.includes('could not connect'))
const tries = () => failures().length

describe('a server that cannot be used yet', () => {
  const behindGate = (more: Partial<CoodieModuleOptions> = {}) =>
    ({ ...options(), contactPoints: gate.contactPoints, ...more }) as CoodieModuleOptions

  it('fails the start after as many tries as are asked for', async () => {
    const error = await failure(() => start(CoodieModule.forRoot(behindGate({ retryAttempts: 3 }))))
    expect((error as ExecutionError).kind).toBe('connection')
    expect(tries()).toBe(2)
    expect(failures()[0]).toContain(
      `error The data source 'default' could not connect, try 1 of 3: no server`,
    )
  })

  it.each([0, 1])('is tried once with retryAttempts %p', async (retryAttempts) => {
    await failure(() => start(CoodieModule.forRoot(behindGate({ retryAttempts }))))
    expect(tries()).toBe(0)
  })

  it('is tried until it can be used', async () => {
    const toRetry = jest.fn(() => {
      if (toRetry.mock.calls.length === 2) void gate.open()
      return true
    })
    const app = await start(CoodieModule.forRoot(behindGate({ toRetry, name: 'late' })))
    expect(toRetry).toHaveBeenCalledTimes(2)
    expect(failures()[0]).toContain(`The data source 'late' could not connect, try 1 of 10`)
    await app.get<DataSource>(getDataSourceToken('late')).ping()
    await gate.shut()
  })

  it('is not tried again when toRetry says so', async () => {
    const toRetry = jest.fn(() => false)
    await failure(() => start(CoodieModule.forRoot(behindGate({ toRetry }))))
    expect(toRetry.mock.calls).toMatchObject([[{ kind: 'connection' }]])
    expect(tries()).toBe(0)
  })

  it('logs the stacks when asked to', async () => {
    const error = jest.fn()
    const module = CoodieModule.forRoot(behindGate({ retryAttempts: 2, verboseRetryLog: true }))
    const building = Test.createTestingModule({ imports: [module] }).setLogger({ ...logger, error })
    await expect(building.compile()).rejects.toThrow()
    expect(error.mock.calls[0]?.slice(1)).toEqual(
      expect.arrayContaining([expect.stringContaining('ExecutionError: no server')]),
    )
  })
})

describe('what no further try can mend fails the start at once:', () => {
  class Wrong {
    @PartitionKey('uuid') id!: Uuid
  }
  const toRetry = jest.fn(() => true)

  it.each([
    ['a class that is declared wrongly', { entities: [Wrong] }, 'Wrong'],
    ['an unknown option', { contactPoint: 'x' }, `DataSource has no option 'contactPoint'`],
    ['a class that is not there', { entities: [undefined] }, 'is its file imported in a circle?'],
    ['no name', { name: '' }, 'CoodieModule: name must be a text'],
    ['no boolean', { autoLoadEntities: 'yes' }, 'autoLoadEntities must be true or false'],
    ['tries that are none', { retryAttempts: -1 }, 'retryAttempts must be a whole number from 0'],
    [
      'a delay that is none',
      { retryDelay: '1s' },
      'retryDelay must be a number of milliseconds from 0',
    ],
    ['no function', { toRetry: true }, 'CoodieModule: toRetry must be a function of an error'],
    ['entities that are none', { entities: {} }, 'entities must be an array of classes'],
  ])('%s', async (_, wrong, message) => {
    const module = CoodieModule.forRoot({ ...options(), toRetry, ...wrong } as CoodieModuleOptions)
    expect((await failure(() => start(module))).message).toContain(message)
    expect(toRetry).not.toHaveBeenCalled()
    expect(tries()).toBe(0)
  })

  it('options that are not there', async () => {
    const none = undefined as unknown as CoodieModuleOptions
    expect((await failure(() => start(CoodieModule.forRoot(none)))).message).toBe(
      `CoodieModule: what should give the options of the data source 'default' gave undefined`,
    )
  })

  it('a keyspace that is not there, unless toRetry says otherwise', async () => {
    const missing = { ...options(), keyspace: `${keyspace.name}_no`, retryAttempts: 2 }
    expect(await failure(() => start(CoodieModule.forRoot(missing)))).toMatchObject({
      kind: 'invalid',
    })
    expect(tries()).toBe(0)
    await failure(() => start(CoodieModule.forRoot({ ...missing, toRetry: () => true })))
    expect(tries()).toBe(1)
  })
})

describe('forRootAsync', () => {
  @Injectable()
  class Settings implements CoodieOptionsFactory {
    static made = 0
    readonly asked: (string | undefined)[] = []
    constructor() {
      Settings.made++
    }
    async createCoodieOptions(name?: string): Promise<CoodieModuleOptions> {
      this.asked.push(name)
      return options()
    }
  }
  @Module({ providers: [Settings], exports: [Settings] })
  class SettingsModule {}

  it('calls useFactory with what is injected', async () => {
    const module = CoodieModule.forRootAsync({
      imports: [SettingsModule],
      inject: [Settings],
      useFactory: (settings: Settings) => settings.createCoodieOptions(),
    })
    await (await start(module)).get(DataSource).ping()
  })

  it('makes a class, or takes one that is there', async () => {
    const before = Settings.made
    const app = await start(CoodieModule.forRootAsync({ useClass: Settings, name: 'a' }))
    await app.get<DataSource>(getDataSourceToken('a')).ping()
    expect(app.get(Settings, { strict: false }).asked).toEqual(['a'])
    const other = await start(
      CoodieModule.forRootAsync({ imports: [SettingsModule], useExisting: Settings }),
    )
    await other.get(DataSource).ping()
    expect(other.get(Settings, { strict: false }).asked).toEqual([undefined])
    expect(Settings.made).toBe(before + 2)
  })

  it.each<[string, CoodieModuleAsyncOptions, string]>([
    [
      'nothing that makes options',
      {},
      'CoodieModule.forRootAsync needs one of useFactory, useClass and useExisting',
    ],
    [
      'a factory that gives none',
      { useFactory: () => undefined as never },
      `CoodieModule: what should give the options of the data source 'default' gave undefined`,
    ],
    [
      'a name that comes too late',
      { useFactory: () => ({ ...options(), name: 'late' }) },
      `CoodieModule.forRootAsync: the options are of the data source 'late', which is known as 'default' by now; ` +
        `write forRootAsync({ name: 'late', … })`,
    ],
  ])('refuses %s', async (_, given, message) => {
    expect((await failure(() => start(CoodieModule.forRootAsync(given)))).message).toBe(message)
  })
})

describe('the log', () => {
  const logged = (more: Partial<CoodieModuleOptions>) =>
    start(CoodieModule.forRoot({ ...options(), logging: true, ...more }))

  it('is that of the application', async () => {
    const db = (await logged({ synchronize: true })).get(DataSource)
    expect(lines).toEqual(
      expect.arrayContaining([expect.stringMatching(/^log schema .* CREATE TABLE/u)]),
    )
    await db.ping()
    expect(lines.at(-1)).toMatch(/^log query [\d.]+ ms, 1 rows — SELECT key FROM system.local$/u)
    await expect(
      db.getRepository(User).with({ keyspace: 'nowhere' }).findBy({ id: Uuid.random() }),
    ).rejects.toThrow()
    expect(lines.at(-1)).toMatch(/^error error [\d.]+ ms: .*nowhere/u)
  })

  it('takes what is slow for a warning, and differences of the schema', async () => {
    const app = await logged({
      slowQueryThreshold: 0,
      keyspace: keyspace.name,
      validateSchema: 'warn',
    })
    await app.get(DataSource).ping()
    expect(lines.at(-1)).toMatch(/^warn slow /u)
    await keyspace.client.execute(`DROP TABLE ${keyspace.name}.users`)
    await logged({ logging: false, validateSchema: 'warn' })
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringContaining('warn the cluster differs from the classes'),
      ]),
    )
  })

  it('is another one when it is given', async () => {
    const log = jest.fn()
    await (await logged({ logger: { log } })).get(DataSource).ping()
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ kind: 'query' }))
  })
})

describe('migrationsRun', () => {
  const withMigrations = (up: string, migrationsTable: string) =>
    CoodieModule.forRoot({
      ...options(),
      name: migrationsTable,
      migrations: [{ version: '1', title: 'first', up: [({ log }) => log('runs'), up] }],
      migrationsTable,
      migrationsRun: true,
      toRetry: () => true,
    })

  it('runs the migrations at the start; the lines of steps go to the logger of Nest', async () => {
    const app = await start(withMigrations('CREATE TABLE migrated (id int PRIMARY KEY)', 'log_a'))
    const db = app.get<DataSource>(getDataSourceToken('log_a'))
    expect(await db.migrations.list()).toMatchObject([{ state: 'applied' }])
    expect(lines.filter((line) => line === 'log runs')).toHaveLength(1)
  })

  it('fails the start, and is not tried again', async () => {
    const error = await failure(() => start(withMigrations('NONSENSE', 'log_b')))
    expect(error).toMatchObject({ name: 'MigrationError', step: 2, statement: 'NONSENSE' })
    expect([tries(), lines.filter((line) => line === 'log runs').length]).toEqual([0, 1])
  })
})
