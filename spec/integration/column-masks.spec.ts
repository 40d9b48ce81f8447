import { Client } from 'cassandra-driver'
import fc from 'fast-check'
import {
  Column,
  CounterColumn,
  DataSource,
  Entity,
  MaterializedView,
  PartitionKey,
} from '../../lib'
import type { Class } from '../../lib'
import { CassandraServer } from '../../lib/testing'
import { createTable, createType } from '../../lib/schema/ddl'
import { arbitraryKeyspaces } from '../schema/arbitrary-keyspace'
import { connection } from '../server/keyspace'
import { loadGenerated } from '../server/load-generated'

const keyspace = 'coodie_masks'
let own: CassandraServer | undefined
let client: Client

/** The server of the run if it masks columns, else a server of this file. */
beforeAll(async () => {
  client = new Client(connection())
  const { rows } = await client.execute(
    "SELECT value FROM system_views.settings WHERE name = 'dynamic_data_masking_enabled'",
  )
  if (rows[0]?.['value'] !== 'true') {
    await client.shutdown()
    const given = process.env['CASSANDRA_CONTACT_POINTS']
    delete process.env['CASSANDRA_CONTACT_POINTS']
    try {
      own = await CassandraServer.start()
    } finally {
      if (given !== undefined) process.env['CASSANDRA_CONTACT_POINTS'] = given
    }
    client = new Client({
      contactPoints: [...own.contactPoints],
      localDataCenter: own.localDataCenter,
    })
  }
  await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`)
  await client.execute(
    `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  )
}, 180_000)

afterAll(async () => {
  await client?.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`)
  await client?.shutdown()
  await own?.stop()
}, 60_000)

async function open(...entities: readonly Class[]): Promise<DataSource> {
  return await new DataSource({ client, keyspace, entities }).initialize()
}

async function masks(): Promise<readonly string[]> {
  const { rows } = await client.execute(
    'SELECT table_name, column_name, function_name FROM system_schema.column_masks WHERE keyspace_name = ?',
    [keyspace],
    { prepare: true },
  )
  return rows.map((row) => `${row['table_name']}.${row['column_name']} ${row['function_name']}`)
}

@Entity('people')
class Person {
  @PartitionKey('int', { masked: 'default' }) id!: number
  @Column('text', { masked: `mask_outer(1, NULL, '#')` }) name?: string | null
  @Column('text', { masked: 'mask_inner(1, 1)' }) email?: string | null
  @Column('double', { masked: 'mask_replace(1.5e3)' }) income?: number | null
  @Column('timestamp', { masked: `mask_replace('2020-01-01')` }) born?: Date | null
  @Column('vector<float, 2>', { masked: 'mask_replace([1.0, 2.0])' }) place?: number[] | null
  @Column('text') note?: string | null
}

@MaterializedView({ name: 'people_by_email', from: () => Person })
class PersonByEmail {
  @PartitionKey('text') email!: string
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

it('creates masks, and finds no difference afterwards, in views neither', async () => {
  const db = await open(Person, PersonByEmail)
  const statements = await db.schema.sync()
  expect(statements[0]).toContain(`"name" text MASKED WITH mask_outer(1, null, '#')`)
  expect((await db.schema.plan()).changes).toEqual([])
  expect(await db.schema.validate()).toEqual([])
  expect(await masks()).toHaveLength(9)
})

it('adds, changes and removes masks', async () => {
  @Entity('people')
  class Other {
    @PartitionKey('int') id!: number
    @Column('text', { masked: 'mask_null()' }) name?: string | null
    @Column('text', { masked: 'mask_inner(1, 1)' }) email?: string | null
    @Column('double', { masked: 'mask_replace(1500)' }) income?: number | null
    @Column('timestamp', { masked: `mask_replace('2020-01-01')` }) born?: Date | null
    @Column('vector<float, 2>', { masked: 'mask_replace([1.0, 2.0])' }) place?: number[] | null
    @Column('text', { masked: 'default' }) note?: string | null
    @Column('int', { masked: 'default' }) added?: number | null
  }
  const db = await open(Other, PersonByEmail)
  expect(
    (await db.schema.plan()).changes.map(({ kind, name, safety }) => [kind, name, safety]),
  ).toEqual([
    ['dropMask', 'id', 'destructive'],
    ['changeMask', 'name', 'safe'],
    ['changeMask', 'note', 'safe'],
    ['addColumn', 'added', 'safe'],
  ])
  await db.schema.sync()
  expect((await db.schema.plan()).changes.map(({ kind }) => kind)).toEqual(['dropMask'])
  expect(await db.schema.sync({ allowDestructive: true })).toEqual([
    `ALTER TABLE "${keyspace}"."people" ALTER "id" DROP MASKED`,
  ])
  expect((await db.schema.plan()).changes).toEqual([])
  expect((await masks()).filter((mask) => mask.startsWith('people.'))).toEqual([
    'people.added mask_default',
    'people.born mask_replace',
    'people.email mask_inner',
    'people.income mask_replace',
    'people.name mask_null',
    'people.note mask_default',
    'people.place mask_replace',
  ])
})

it('masks counters', async () => {
  @Entity('hits')
  class Hits {
    @PartitionKey('int') id!: number
    @CounterColumn({ masked: 'default' }) views?: bigint | null
  }
  const db = await open(Hits)
  await db.schema.sync()
  expect((await db.schema.plan()).changes).toEqual([])
})

it('is generated as it is stored, what cannot be declared as a comment', async () => {
  const db = await open()
  const [file] = await db.schema.generateEntities({ tables: ['people_by_email'] })
  expect(file?.source).toContain(`@Column('text', { masked: 'mask_inner(1, 1)' }) email?`)
  expect(file?.source).toContain(
    `@Column('timestamp', { masked: "mask_replace('2020-01-01T00:00:00.000Z')" }) born?`,
  )
  expect(file?.source).toContain('  // The mask mask_replace of place cannot be declared.\n')
  expect(file?.source.slice(file.source.indexOf('@MaterializedView'))).not.toContain('masked')
})

it('survives generation, whatever the tables', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  console.log(`seed ${seed}`)
  for (const [i, model] of fc.sample(arbitraryKeyspaces(true), { numRuns: 4, seed }).entries()) {
    const name = `${keyspace}_${i}`
    await client.execute(`DROP KEYSPACE IF EXISTS ${name}`)
    await client.execute(
      `CREATE KEYSPACE ${name} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    )
    for (const type of model.types) await client.execute(createType({ ...type, keyspace: name }))
    for (const each of model.tables) await client.execute(createTable({ ...each, keyspace: name }))
    const source = await new DataSource({ client, keyspace: name, entities: [] }).initialize()
    const files = await source.schema.generateEntities()
    const entities = loadGenerated(files)
    const db = await new DataSource({ client, keyspace: name, entities }).initialize()
    expect((await db.schema.plan()).changes).toEqual([])
    await client.execute(`DROP KEYSPACE ${name}`)
  }
}, 240_000)
