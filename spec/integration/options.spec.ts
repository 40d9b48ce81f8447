import { Client, ExecutionProfile, types } from 'cassandra-driver'
import {
  Column,
  type Consistency,
  DataSource,
  type DataSourceOptions,
  Entity,
  PartitionKey,
  type Repository,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { SeenRequests } from '../server/request-tracker'

@Entity('items')
class Item {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

/** The same entity of two tenants and one in a keyspace of its own. */
const keyspace = useKeyspace()
const other = `${keyspace.name}_b`
const seen = new SeenRequests()
const { consistencies } = types
const opened: DataSource[] = []

async function open(options: Partial<DataSourceOptions> = {}): Promise<Repository<Item>> {
  const db = new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Item],
    requestTracker: seen,
    profiles: [
      new ExecutionProfile('default', { consistency: consistencies.localOne }),
      new ExecutionProfile('olap', {
        consistency: consistencies.localQuorum,
        serialConsistency: consistencies.localSerial,
        readTimeout: 4321,
      }),
    ],
    ...options,
  })
  opened.push(db)
  return (await db.initialize()).getRepository(Item)
}

const consistency = () => seen.last().getConsistency()

beforeAll(async () => {
  for (const name of [keyspace.name, other]) {
    await keyspace.client.execute(
      `CREATE KEYSPACE IF NOT EXISTS ${name} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    )
    await keyspace.client.execute(`CREATE TABLE ${name}.items (id int PRIMARY KEY, name text)`)
  }
})
afterAll(async () => {
  const client = new Client(connection())
  await client.execute(`DROP KEYSPACE ${other}`)
  await client.shutdown()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()))
})

describe('consistency', () => {
  it('is the driver’s own when nobody names one', async () => {
    const items = await open()
    await items.find()
    expect(consistency()).toBe(consistencies.localOne)
  })

  it('is the data source’s, then that of with, then that of the call', async () => {
    const items = await open({ defaults: { consistency: 'all' } })
    await items.find()
    expect(consistency()).toBe(consistencies.all)
    const quorum = items.with({ consistency: 'quorum' })
    await quorum.find()
    expect(consistency()).toBe(consistencies.quorum)
    await quorum.find({ consistency: 'one' })
    expect(consistency()).toBe(consistencies.one)
    await quorum.with({ consistency: 'localQuorum' }).find()
    expect(consistency()).toBe(consistencies.localQuorum)
    await quorum.with({ fetchSize: 10 }).find()
    expect(consistency()).toBe(consistencies.quorum)
    await items.find()
    expect(consistency()).toBe(consistencies.all)
  })

  it('reaches the driver from every method', async () => {
    const items = await open()
    const options = { consistency: 'quorum' } as const
    const where = { id: 1 }
    const one = { id: 1, name: 'x' }
    const calls: readonly (() => unknown)[] = [
      () => items.find(options),
      () => items.findOne({ where, ...options }),
      () => items.findOneOrFail({ where, ...options }),
      () => items.findSingle({ where, ...options }),
      () => items.findPage(options),
      () => items.stream(options)[Symbol.asyncIterator]().next(),
      () => items.exists(options),
      () => items.count(options),
      () => items.save(one, options),
      () => items.save([one], options),
      () => items.insert(one, options),
      () => items.update(where, { name: 'y' }, options),
      () => items.delete({ id: 2 }, options),
      () => items.remove({ id: 2 }, options),
    ]
    await items.save(one)
    for (const call of calls) {
      seen.options.length = 0
      await call()
      expect(seen.options.map((each) => each.getConsistency())).toEqual([consistencies.quorum])
    }
  })

  it.each(Object.keys(consistencies).filter((name) => !/serial/iu.test(name)) as Consistency[])(
    'has the name %s',
    async (name) => {
      const items = await open()
      // A single node refuses what needs more; what was asked of the driver counts.
      const asked: unknown[] = []
      const db = opened[0] as DataSource
      const execute = db.client.execute.bind(db.client)
      db.client.execute = ((cql: string, params: unknown[], options: { consistency: unknown }) => {
        asked.push(Number(options.consistency))
        return execute(cql, params, options as never)
      }) as typeof execute
      await items.save({ id: 1 }, { consistency: name }).catch(() => undefined)
      expect(asked).toEqual([consistencies[name]])
    },
  )
})

describe('an execution profile', () => {
  it('is not overridden by defaults, only by the call that names it', async () => {
    const items = await open({
      defaults: { consistency: 'all', timeout: 9999, serialConsistency: 'serial', fetchSize: 7 },
    })
    await items.find({ executionProfile: 'olap' })
    expect(consistency()).toBe(consistencies.localQuorum)
    expect(seen.last().getReadTimeout()).toBe(4321)
    expect(seen.last().getSerialConsistency()).toBe(consistencies.localSerial)
    expect(seen.last().getFetchSize()).toBe(7)
    await items.find({ executionProfile: 'olap', consistency: 'one' })
    expect(consistency()).toBe(consistencies.one)
    await items.with({ executionProfile: 'olap' }).find()
    expect(consistency()).toBe(consistencies.localQuorum)
    await items.with({ executionProfile: 'olap' }).find({ consistency: 'one' })
    expect(consistency()).toBe(consistencies.one)
    await items.with({ consistency: 'quorum' }).find({ executionProfile: 'olap' })
    expect(consistency()).toBe(consistencies.localQuorum)
  })
})

describe('the other options', () => {
  it('reach the driver', async () => {
    const items = await open()
    await items.find({ timeout: 1234, fetchSize: 55, isIdempotent: false })
    expect(seen.last().getReadTimeout()).toBe(1234)
    expect(seen.last().getFetchSize()).toBe(55)
    expect(seen.last().isIdempotent()).toBe(false)
    await items.save({ id: 1 })
    expect(seen.last().isIdempotent()).toBe(true)
    await items.find({ traceQuery: true })
    expect(seen.last().isQueryTracing()).toBe(true)
  })
})

describe('with({ keyspace })', () => {
  it('reads and writes there, and shares no plan', async () => {
    const items = await open()
    const tenant = items.with({ keyspace: other })
    await items.save({ id: 1, name: 'a' })
    await tenant.save({ id: 1, name: 'b' })
    seen.queries.length = 0
    const [here, there] = [await items.findOneBy({ id: 1 }), await tenant.findOneBy({ id: 1 })]
    expect([here?.name, there?.name]).toEqual(['a', 'b'])
    expect(seen.queries).toEqual(
      [keyspace.name, other].map(
        (name) => `SELECT "id", "name" FROM "${name}"."items" WHERE "id" = ? LIMIT ?`,
      ),
    )
    await tenant.truncate()
    expect(await items.count()).toBe(1)
    expect(await tenant.count()).toBe(0)
  })

  it('keeps its keyspace through another with, and gives a repository of the same class', async () => {
    const items = await open()
    const tenant = items.with({ keyspace: other }).with({ consistency: 'all' })
    expect(tenant).toBeInstanceOf(items.constructor)
    await tenant.save({ id: 9, name: 'there' })
    expect(await items.existsBy({ id: 9 })).toBe(false)
    expect(await tenant.with({ keyspace: keyspace.name }).existsBy({ id: 9 })).toBe(false)
    expect(await tenant.existsBy({ id: 9 })).toBe(true)
  })

  it('comes before the keyspace of the entity, which comes before the data source’s', async () => {
    @Entity({ name: 'items', keyspace: other })
    class Placed {
      @PartitionKey('int') id!: number
      @Column('text') name?: string | null
    }
    const db = await new DataSource({
      ...connection(),
      keyspace: keyspace.name,
      entities: [Placed],
    }).initialize()
    opened.push(db)
    const placed = db.getRepository(Placed)
    await placed.save({ id: 5, name: 'placed' })
    const items = await open()
    expect(await items.existsBy({ id: 5 })).toBe(false)
    expect(await items.with({ keyspace: other }).existsBy({ id: 5 })).toBe(true)
    expect(await placed.with({ keyspace: keyspace.name }).existsBy({ id: 5 })).toBe(false)
  })

  it('asks for a keyspace where there is none', async () => {
    const items = await open({ keyspace: undefined })
    const error = await failure(() => items.find())
    expect(error).toMatchObject({ code: 'STATEMENT' })
    expect(error.message).toBe(
      'Item has no keyspace; give the DataSource one, or @Entity({ keyspace })',
    )
    expect(await items.with({ keyspace: other }).count()).toBeGreaterThanOrEqual(0)
  })
})
