import { Client } from 'cassandra-driver'
import {
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  Field,
  PartitionKey,
  UserDefinedType,
} from '../../lib'
import { connection, useKeyspace } from '../server/keyspace'

// The schema is read by several queries. Another process that changes it between two of them tears the reading.
@UserDefinedType('torn_weight')
class Weight {
  @Field('int') grams!: number
}

@Entity('torn_parcels')
class Parcel {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') at!: number
  @Column(() => Weight) weight!: Weight | null
}

const { name: keyspace, client: other } = useKeyspace()
const type = `CREATE TYPE ${keyspace}.torn_weight (grams int)`
const table = `CREATE TABLE ${keyspace}.torn_parcels (id int, at int, weight torn_weight, PRIMARY KEY (id, at))`
const client = new Client(connection())
const db = new DataSource({ client, keyspace, entities: [Parcel] })

/** The tables of `system_schema` that were read, in order. */
const readings: string[] = []
/** The tables that are read before the change; the others are read after it. */
let early: readonly string[] = []
let change = async (): Promise<void> => undefined
let changed: PromiseWithResolver | undefined

interface PromiseWithResolver {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

function makePromise(): PromiseWithResolver {
  let resolve = () => undefined as void
  const promise = new Promise<void>((done) => void (resolve = done))
  return { promise, resolve }
}

beforeAll(async () => {
  await db.initialize()
  const execute = client.execute.bind(client) as (...all: unknown[]) => Promise<never>
  client.execute = (async (...all: [cql: string]) => {
    const name = /system_schema\.(\w+) WHERE keyspace_name = \?/u.exec(all[0])?.[1]
    if (name === undefined || name === 'keyspaces') return execute(...all)
    readings.push(name)
    if (!early.includes(name)) {
      await changed?.promise
      return execute(...all)
    }
    const answer = await execute(...all)
    const once = change
    change = async () => changed?.promise
    await once()
    changed?.resolve()
    return answer
  }) as never
})
afterEach(async () => {
  await other.execute(`DROP TABLE IF EXISTS ${keyspace}.torn_parcels`)
  await other.execute(`DROP TYPE IF EXISTS ${keyspace}.torn_weight`)
})
afterAll(async () => {
  await db.destroy()
  await client.shutdown()
})

/** Makes the next reading see these tables of `system_schema` as they were before the statements, and the rest after. */
function tear(tables: readonly string[], ...statements: readonly string[]): void {
  readings.length = 0
  early = tables
  changed = makePromise()
  change = async () => {
    for (const cql of statements) await other.execute(cql)
  }
}

/** Makes the next readings undisturbed. */
function leave(): void {
  readings.length = 0
  early = []
  changed = undefined
}

/** The number of readings since `tear` or `leave`. */
const count = () => readings.filter((name) => name === 'columns').length

it('reads a table again whose columns were read before it was created', async () => {
  tear(['columns'], type, table)
  await expect(db.schema.validate()).resolves.toEqual([])
  expect(count()).toBe(2)
  await other.execute(`DROP TABLE ${keyspace}.torn_parcels`)
  tear(['columns'], table)
  await expect(db.schema.sync()).resolves.toEqual([])
})

it('reads again what was read while it was dropped and created anew', async () => {
  await other.execute(type)
  await other.execute(`CREATE TABLE ${keyspace}.torn_parcels (other text PRIMARY KEY)`)
  tear(['columns'], `DROP TABLE ${keyspace}.torn_parcels`, table)
  await expect(db.schema.plan()).resolves.toEqual({ changes: [] })
})

it('generates no class of a table that was being created or dropped', async () => {
  tear(['columns', 'types'], type, table)
  const [file] = await db.schema.generateEntities()
  expect(file?.source).toMatch(/@PartitionKey\('int'\)[^]*weight/u)
  expect(count()).toBe(3)
  tear(['tables'], `DROP TABLE ${keyspace}.torn_parcels`)
  await expect(db.schema.diagram({ format: 'mermaid' })).resolves.not.toContain('torn_parcels')
})

it('reads a schema once that is as declared, and twice to report a difference', async () => {
  await other.execute(type)
  await other.execute(table)
  leave()
  await expect(db.schema.validate()).resolves.toEqual([])
  expect(count()).toBe(1)
  await other.execute(`ALTER TABLE ${keyspace}.torn_parcels ADD extra int`)
  leave()
  await expect(db.schema.validate()).resolves.toMatchObject([{ kind: 'dropColumn' }])
  expect(count()).toBe(2)
})

it('reads a schema once before sync creates what is missing, and once after', async () => {
  leave()
  await expect(db.schema.sync({ allowDestructive: true })).resolves.toHaveLength(2)
  expect(count()).toBe(2)
})
