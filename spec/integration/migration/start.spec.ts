import { AsyncLocalStorage } from 'node:async_hooks'
import { Column, DataSource, Entity, MigrationError, PartitionKey, SchemaError } from '../../../lib'
import { connection } from '../../server/keyspace'
import { migration, states, useMigrations } from './source'

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

const use = useMigrations()
const first = migration('1', ['CREATE TABLE things (id int PRIMARY KEY)'])
const second = migration('2', ['ALTER TABLE things ADD name text'])
const replication = { class: 'SimpleStrategy', replication_factor: 1 }

afterEach(async () => {
  for (const name of ['things', use.log]) {
    await use.keyspace.client.execute(`DROP TABLE IF EXISTS ${use.keyspace.name}.${name}`)
  }
})

it('migrationsRun runs before the schema is compared', async () => {
  const options = { entities: [Thing], validateSchema: 'strict', migrationsRun: true } as const
  await expect(use.source([first], options)).rejects.toThrow(SchemaError)
  const db = await use.source([first, second], options)
  expect(await states(db)).toEqual(['1 applied', '2 applied'])
  expect(await db.schema.plan()).toEqual({ changes: [] })
})

it('initialize fails as the migrations do, and connects again later', async () => {
  const broken = new DataSource({
    ...connection(),
    keyspace: use.keyspace.name,
    entities: [],
    migrations: [migration('1', ['NONSENSE'])],
    migrationsTable: use.log,
    migrationsRun: true,
  })
  for (let i = 0; i < 2; i++) {
    await expect(broken.initialize()).rejects.toMatchObject({
      name: 'MigrationError',
      code: 'MIGRATION',
      version: '1',
    })
    expect(broken.isInitialized).toBe(false)
  }
})

it('every failure of migrationsRun is a MigrationError', async () => {
  const start = use.source([first], { migrationsRun: true, keyspace: () => undefined })
  await expect(start).rejects.toThrow(MigrationError)
  await expect(start).rejects.toThrow(
    'the migrations could not run: migrations: the keyspace function of the DataSource returned undefined',
  )
})

it('schema.drop and schema.plan know the log, and migrations run again after a drop', async () => {
  const db = await use.source([first, second], { entities: [Thing] })
  await db.migrations.run()
  expect(await db.schema.plan()).toEqual({ changes: [] })
  const [{ source = '' } = {}] = await db.schema.generateEntities()
  expect(source).toContain('class Thing')
  expect(source).not.toContain(use.log)
  expect(await db.schema.drop()).toEqual([
    expect.stringContaining(use.log),
    expect.stringContaining('things'),
  ])
  expect(await states(db)).toEqual(['1 pending', '2 pending'])
  expect(await db.migrations.run()).toHaveLength(2)
})

describe('a keyspace for each tenant', () => {
  const tenants = new AsyncLocalStorage<string>()
  const names = ['a', 'b'].map((tenant) => `${use.keyspace.name}_${tenant}`.slice(-48))

  afterAll(async () => {
    for (const name of names) {
      await use.keyspace.client.execute(`DROP KEYSPACE IF EXISTS ${name}`)
    }
  })

  it('has a log and a lock of its own, and statements concern it', async () => {
    const db = await use.source(
      [
        first,
        second,
        migration('3', [
          "INSERT INTO things (id, name) VALUES (1, 'text')",
          async ({ repository, execute, query, keyspace, scan }) => {
            await repository(Thing).insert({ id: 2, name: 'repository' })
            await execute("INSERT INTO things (id, name) VALUES (3, 'execute')")
            const found: number[] = []
            await scan(Thing, { select: ['id'] }, ({ id }) => void found.push(id))
            const [row] = await query('SELECT count(*) AS n FROM things')
            seen.push([keyspace, found.sort(), row])
          },
        ]),
      ],
      { keyspace: () => tenants.getStore(), createKeyspace: { replication } },
    )
    const seen: unknown[] = []
    const [a = '', b = ''] = names
    expect(await tenants.run(a, () => db.migrations.run())).toHaveLength(3)
    expect(await tenants.run(b, () => db.migrations.run({ to: '2' }))).toHaveLength(2)
    expect(seen).toEqual([[a, [1, 2, 3], { n: 3n }]])
    expect(await tenants.run(a, () => db.migrations.unlock())).toBeNull()
    expect(await tenants.run(a, () => states(db))).toEqual(['1 applied', '2 applied', '3 applied'])
    expect(await tenants.run(b, () => states(db))).toEqual(['1 applied', '2 applied', '3 pending'])
    await expect(db.migrations.run()).rejects.toThrow(
      'migrations: the keyspace function of the DataSource returned undefined',
    )
    // A lock of one tenant does not hinder the other.
    await use.keyspace.client.execute(
      `UPDATE ${a}.${use.log} USING TTL 60 SET lock_owner = 'x' WHERE log = 'migrations'`,
    )
    expect(await tenants.run(b, () => db.migrations.run({ lockTimeout: 0 }))).toHaveLength(1)
  })

  it('works with a client without a keyspace', async () => {
    const [name = ''] = names
    const db = await use.source([migration('7', ['INSERT INTO things (id) VALUES (7)'])], {
      contactPoints: undefined,
      localDataCenter: undefined,
      socketOptions: undefined,
      client: use.keyspace.client,
      keyspace: name,
      migrationsTable: `${use.log}_client`,
    } as object)
    expect(await db.migrations.run()).toHaveLength(1)
    const rows = await use.rows(`SELECT id FROM ${name}.things WHERE id = 7`)
    expect(rows).toEqual([{ id: 7 }])
    expect(use.keyspace.client.keyspace).toBeFalsy()
  })
})

it('the options are checked', () => {
  const source = (options: object) => () =>
    new DataSource({ ...connection(), keyspace: 'shop', entities: [], ...options })
  expect(source({ migrations: 'migrations/*' })).toThrow(
    'migrations must be an array of globs of files, or migrations with version, title and up',
  )
  expect(source({ migrations: [7] })).toThrow('got number at index 0')
  expect(source({ migrationsTable: 'a-b' })).toThrow(
    'migrationsTable must be the name of a table: letters, digits and _, 48 at most',
  )
  expect(source({ migrationsRun: 'yes' })).toThrow('migrationsRun must be true or false')
})
