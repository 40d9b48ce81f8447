import { randomBytes } from 'node:crypto'
import { Client } from 'cassandra-driver'
import {
  Column,
  DataSource,
  type DataSourceOptions,
  Entity,
  ExecutionError,
  type LogEntry,
  PartitionKey,
  SchemaError,
  StatementError,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

@Entity('products')
class Product {
  @PartitionKey('int') id!: number
  @Column('text') displayName?: string | null
}

@Entity('orders')
class Order {
  @PartitionKey('int') id!: number
}

const keyspace = useKeyspace()
const traffic = useTraffic()
const opened: DataSource[] = []

function dataSource(options: Partial<DataSourceOptions> = {}): DataSource {
  const db = new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Product],
    ...options,
  })
  opened.push(db)
  return db
}

beforeAll(async () => {
  await keyspace.client.execute(
    `CREATE TABLE ${keyspace.name}.products (id int PRIMARY KEY, display_name text)`,
  )
})
beforeEach(() => void traffic.take())
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()))
})

describe('initialize', () => {
  it('connects once, however many call it at the same time', async () => {
    const db = dataSource()
    expect(db.isInitialized).toBe(false)
    const [first, second] = await Promise.all([db.initialize(), db.initialize()])
    expect(first).toBe(db)
    expect(second).toBe(db)
    const { client } = db
    expect(await db.initialize()).toBe(db)
    expect(db.client).toBe(client)
    expect(db.isInitialized).toBe(true)
    await db.ping()
  })

  it('makes everybody wait until the tables are there', async () => {
    const db = dataSource({ entities: [Order], synchronize: true })
    const first = db.initialize()
    while (traffic.take().every((cql) => !cql.includes('system_schema'))) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(db.isInitialized).toBe(false)
    await db.initialize()
    expect(await db.getRepository(Order).find()).toEqual([])
    await first
  })

  it('may fail and be called again', async () => {
    const db = dataSource({ keyspace: `${keyspace.name}_late` })
    const error = await failure(() => db.initialize())
    expect(error).toMatchObject({ code: 'EXECUTION', kind: 'invalid' })
    expect(db.isInitialized).toBe(false)
    await keyspace.client.execute(
      `CREATE KEYSPACE ${keyspace.name}_late WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    )
    try {
      await db.initialize()
      await db.ping()
    } finally {
      await keyspace.client.execute(`DROP KEYSPACE ${keyspace.name}_late`)
    }
  })

  it('tells what is wrong with the classes before anything is sent', async () => {
    class Plain {
      id!: number
    }
    const db = dataSource({ entities: [Plain], contactPoints: ['127.0.0.1:1'] })
    const error = await failure(() => db.initialize())
    expect(error).toMatchObject({ code: 'DECLARATION' })
    expect(error.message).toContain('Plain: is not an entity; put @Entity() on the class')
  })

  it.each([
    [
      'no server',
      { contactPoints: ['127.0.0.1:1'] },
      /^no server could be reached at 127\.0\.0\.1:1/u,
    ],
    [
      'another data center',
      { localDataCenter: 'dc9' },
      /^localDataCenter was configured as 'dc9'/u,
    ],
    [
      'no keyspace',
      { keyspace: 'coodie_absent' },
      /^Keyspace 'coodie_absent' does not exist; create it, or give the DataSource createKeyspace$/u,
    ],
  ])('says in one error that there is %s', async (_, options, message) => {
    const error = await failure(() => dataSource(options).initialize())
    expect(error).toBeInstanceOf(ExecutionError)
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('\n')
  })
})

describe('destroy', () => {
  it('closes what initialize opened, and may be called at any time', async () => {
    const db = dataSource()
    await db.destroy()
    await db.initialize()
    const { client } = db
    await Promise.all([db.destroy(), db.destroy()])
    expect(db.isInitialized).toBe(false)
    await expect(client.execute('SELECT key FROM system.local')).rejects.toThrow('shutdown')
    await db.destroy()
    await db.initialize()
    await db.ping()
  })

  it('waits for an initialize that is under way', async () => {
    const db = dataSource()
    const starting = db.initialize()
    await db.destroy()
    await starting
    expect(db.isInitialized).toBe(false)
  })

  it('leaves a client of your own open', async () => {
    const client = new Client(connection())
    try {
      const db = new DataSource({ client, keyspace: keyspace.name, entities: [Product] })
      await db.initialize()
      expect(db.client).toBe(client)
      await db.getRepository(Product).save({ id: 1 })
      await db.destroy()
      await client.execute('SELECT key FROM system.local')
      await db.initialize()
      expect(await db.getRepository(Product).existsBy({ id: 1 })).toBe(true)
    } finally {
      await client.shutdown()
    }
  })

  it('is what await using does', async () => {
    let client: Client
    {
      await using db = await dataSource().initialize()
      client = db.client
      await db.ping()
    }
    await expect(client.execute('SELECT key FROM system.local')).rejects.toThrow('shutdown')
  })

  it.each([
    ['before initialize', 'the DataSource is not initialized; await db.initialize() first'],
    ['after destroy', 'the data source was destroyed; await db.initialize() to connect again'],
  ])('refuses every call %s', async (when, message) => {
    const db = dataSource()
    const products = db.getRepository(Product)
    if (when === 'after destroy') {
      await db.initialize()
      await db.destroy()
    }
    const calls: (() => unknown)[] = [
      () => products.find(),
      () => products.findOneBy({ id: 1 }),
      () => products.save({ id: 1 }),
      () => products.delete({ id: 1 }),
      () => products.stream()[Symbol.asyncIterator]().next(),
      () => db.ping(),
      () => db.client,
      () => db.schema.sync(),
    ]
    for (const call of calls) {
      expect(await failure(call)).toMatchObject({ code: 'EXECUTION', kind: 'connection', message })
    }
  })
})

describe('a client of your own', () => {
  it('brings its keyspace', async () => {
    const client = new Client({ ...connection(), keyspace: keyspace.name })
    try {
      const db = await new DataSource({ client, entities: [Product] }).initialize()
      await db.getRepository(Product).save({ id: 2, displayName: 'Anvil' })
      expect(await db.getRepository(Product).findOneBy({ id: 2 })).toEqual({
        id: 2,
        displayName: 'Anvil',
      })
    } finally {
      await client.shutdown()
    }
  })
})

describe('repositories', () => {
  it('are one for each class, and only of classes among the entities', async () => {
    const db = dataSource()
    expect(db.getRepository(Product)).toBe(db.getRepository(Product))
    const error = await failure(() => db.getRepository(Order))
    expect(error).toBeInstanceOf(StatementError)
    expect(error.message).toBe(
      'Order is not among the entities of this DataSource; add it to entities',
    )
    expect(await failure(() => db.getRepository('products' as never))).toMatchObject({
      code: 'DECLARATION',
    })
  })

  it('of one class on two data sources have nothing in common', async () => {
    const other = `${keyspace.name}_b`
    const [a, b] = [
      dataSource(),
      dataSource({
        keyspace: other,
        createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },
        synchronize: true,
      }),
    ]
    await Promise.all([a.initialize(), b.initialize()])
    try {
      await a.getRepository(Product).save({ id: 10, displayName: 'a' })
      await b.getRepository(Product).save({ id: 10, displayName: 'b' })
      const read = (db: DataSource) => db.getRepository(Product).findOneByOrFail({ id: 10 })
      expect([(await read(a)).displayName, (await read(b)).displayName]).toEqual(['a', 'b'])
    } finally {
      await keyspace.client.execute(`DROP KEYSPACE ${other}`)
    }
  })
})

describe('createKeyspace', () => {
  const replication = { class: 'NetworkTopologyStrategy', [connection().localDataCenter]: 1 }
  const stored = async (name: string) =>
    (
      await keyspace.client.execute(
        'SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?',
        [name],
        { prepare: true },
      )
    ).rows[0]?.['replication'] as Record<string, string> | undefined

  it('creates the keyspace only when it is not there', async () => {
    const name = `Shop_${randomBytes(4).toString('hex')}`
    const create = { keyspace: name, createKeyspace: { replication }, synchronize: true }
    try {
      await Promise.all([dataSource(create).initialize(), dataSource(create).initialize()])
      expect(await stored(name)).toEqual({
        class: 'org.apache.cassandra.locator.NetworkTopologyStrategy',
        [connection().localDataCenter]: '1',
      })
      traffic.take()
      await dataSource(create).initialize()
      expect(traffic.take().filter((cql) => !cql.startsWith('SELECT'))).toEqual([])
    } finally {
      await keyspace.client.execute(`DROP KEYSPACE IF EXISTS "${name}"`)
    }
  })

  it('never alters one that is there', async () => {
    const before = await stored(keyspace.name)
    await dataSource({
      createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 3 } },
    }).initialize()
    expect(await stored(keyspace.name)).toEqual(before)
    expect(traffic.take().every((cql) => cql.startsWith('SELECT'))).toBe(true)
  })
})

describe('names that no decorator gives', () => {
  it.each([
    ['snake_case', 'display_name'],
    ['exact', 'displayName'],
    [(name: string) => `x_${name}`, 'x_displayName'],
  ] as const)('follow the strategy %p', async (namingStrategy, column) => {
    const db = dataSource({ namingStrategy })
    expect(db.entityMetadatas[0]?.columns[1]?.name).toBe(column)
    expect(db.entityMetadatas[0]?.table).toBe('products')
  })
})

describe('validateSchema', () => {
  @Entity('products')
  class Wrong {
    @PartitionKey('int') id!: number
    @Column('int') displayName!: number
    @Column('text') added!: string
  }
  const differences =
    'the cluster differs from the classes:\n' +
    `  ${keyspace.name}.products\n` +
    '    - products.display_name is declared as int and is text in the cluster\n' +
    '    - column products.added does not exist in the cluster'

  it('is off unless it is asked for', async () => {
    await dataSource({ entities: [Wrong] }).initialize()
    expect(traffic.take()).toEqual([])
  })

  it('warns', async () => {
    const warnings: string[] = []
    const logger = { log() {}, warn: (message: string) => void warnings.push(message) }
    await dataSource({ entities: [Wrong], validateSchema: 'warn', logger }).initialize()
    expect(warnings).toEqual([differences])
    await dataSource({ validateSchema: 'warn', logger }).initialize()
    expect(warnings.length).toBe(1)
  })

  it('warns on the console', async () => {
    const spy = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
    try {
      await dataSource({ entities: [Wrong], validateSchema: 'warn' }).initialize()
      expect(spy.mock.calls).toEqual([[`coodie: ${differences}`]])
    } finally {
      spy.mockRestore()
    }
  })

  it('refuses to start', async () => {
    const db = dataSource({ entities: [Wrong], validateSchema: 'error' })
    const error = await failure(() => db.initialize())
    expect(error).toBeInstanceOf(SchemaError)
    expect(error.message).toBe(`${differences}\nRun schema.sync() or change the classes.`)
    expect(db.isInitialized).toBe(false)
    await dataSource({ validateSchema: 'error' }).initialize()
  })

  it('refuses what the classes need and warns of the rest, or refuses both', async () => {
    const warnings: string[] = []
    const logger = { log() {}, warn: (message: string) => void warnings.push(message) }
    const client = keyspace.client
    const table = `${keyspace.name}.products`
    await client.execute(`ALTER TABLE ${table} ADD of_the_next_release text`)
    await client.execute(`CREATE INDEX of_somebody ON ${table} (of_the_next_release)`)
    await client.execute(`ALTER TABLE ${table} WITH comment = 'of somebody'`)
    try {
      await dataSource({ validateSchema: 'error', logger }).initialize()
      expect(warnings).toEqual([expect.stringContaining('of_the_next_release')])
      expect(warnings[0]).toContain('of_somebody')

      const strict = await failure(() => dataSource({ validateSchema: 'strict' }).initialize())
      expect(strict).toBeInstanceOf(SchemaError)
      expect(strict.message).toBe(`${warnings[0]}\nRun schema.sync() or change the classes.`)

      const wrong = dataSource({ entities: [Wrong], validateSchema: 'error', logger })
      const error = await failure(() => wrong.initialize())
      expect(error.message).toBe(`${differences}\nRun schema.sync() or change the classes.`)
      expect(warnings[1]).toBe(warnings[0])
    } finally {
      await client.execute(`DROP INDEX ${keyspace.name}.of_somebody`)
      await client.execute(`ALTER TABLE ${table} DROP of_the_next_release`)
    }
  })
})

describe('logging', () => {
  it('has the statements of its kinds without their values', async () => {
    const entries: LogEntry[] = []
    const db = dataSource({
      logging: ['query', 'error'],
      logger: { log: (entry) => void entries.push(entry) },
    })
    await db.initialize()
    const products = db.getRepository(Product)
    await products.save({ id: 987_654_321, displayName: 'confidential' })
    await products.findBy({ id: 987_654_321 })
    expect(entries.map(({ kind, entity, rows }) => [kind, entity, rows])).toEqual([
      ['query', 'Product', 0],
      ['query', 'Product', 1],
    ])
    expect(JSON.stringify(entries)).not.toMatch(/confidential|987654321/u)
    expect(entries[0]?.cql).toContain('VALUES (?, ?)')
  })

  it('tells slow ones from the threshold on', async () => {
    const entries: LogEntry[] = []
    const logger = { log: (entry: LogEntry) => void entries.push(entry) }
    const db = dataSource({ logging: ['slow'], slowQueryThreshold: 0, logger })
    await (await db.initialize()).ping()
    expect(entries.map(({ kind }) => kind)).toEqual(['slow'])
    const patient = dataSource({ logging: ['slow'], slowQueryThreshold: 60_000, logger })
    await (await patient.initialize()).ping()
    expect(entries.length).toBe(1)
  })
})
