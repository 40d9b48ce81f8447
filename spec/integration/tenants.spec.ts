import { AsyncLocalStorage } from 'node:async_hooks'
import {
  AfterLoad,
  ClusteringKey,
  Column,
  CounterColumn,
  DataSource,
  type DataSourceOptions,
  Entity,
  PartitionKey,
  StatementError,
  UserDefinedType,
  Field,
  cql,
  param,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

const keyspace = useKeyspace()
const traffic = useTraffic()
const tenants = new AsyncLocalStorage<string>()
const one = () => `${keyspace.name.slice(0, 40)}_one`
const two = () => `${keyspace.name.slice(0, 40)}_two`
let db: DataSource

@UserDefinedType('address')
class Address {
  @Field('text') street!: string
}
@Entity('notes')
class Note {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') n!: number
  @Column('text') text?: string | null
  @Column(() => Address) to?: Address | null
}
@Entity('hits')
class Hits {
  @PartitionKey('int') id!: number
  @CounterColumn() views!: bigint
}

/** It says where it was read. */
@Entity({ name: 'letters', trackChanges: true })
class Letter {
  @PartitionKey('int') id!: number
  @Column('text') text!: string
  seen: (string | undefined)[] = []

  @AfterLoad()
  see(): void {
    this.seen.push(tenants.getStore())
  }
}

const replication = { class: 'SimpleStrategy', replication_factor: 1 }
const options = (more: object) =>
  ({ ...connection(), createKeyspace: { replication }, ...more }) as unknown as DataSourceOptions

function shared(): new () => { id: number; name: string } {
  @Entity({ name: 'plans', keyspace: keyspace.name })
  class Tariff {
    @PartitionKey('int') id!: number
    @Column('text') name!: string
  }
  return Tariff
}
let Tariff: ReturnType<typeof shared>

beforeAll(async () => {
  Tariff = shared()
  db = await new DataSource(
    options({ keyspace: () => tenants.getStore(), entities: [Note, Hits, Letter, Tariff] }),
  ).initialize()
})

afterAll(async () => {
  for (const name of [one(), two()]) await db.client.execute(`DROP KEYSPACE IF EXISTS ${name}`)
  await db.destroy()
})

const inside = <T>(tenant: string, run: () => Promise<T>) => tenants.run(tenant, run)

it('makes keyspace and tables of the tenant whose call it is', async () => {
  for (const name of [one(), two()]) {
    const made = await inside(name, () => db.schema.sync())
    expect(made).toContain(
      `CREATE KEYSPACE IF NOT EXISTS "${name}" WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    )
    expect(made.filter((text) => text.startsWith('CREATE TABLE'))).toHaveLength(
      name === one() ? 4 : 3,
    )
    expect(await inside(name, () => db.schema.validate())).toEqual([])
  }
  traffic.take()
  expect(await inside(two(), () => db.schema.sync())).toEqual([])
  expect(traffic.take()).toEqual([])
  expect(await inside(one(), () => db.schema.diagram({ format: 'mermaid' }))).toContain('notes')
})

it('writes and reads in the keyspace of the call, also when many are under way', async () => {
  const notes = db.getRepository(Note)
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      inside(i % 2 === 0 ? one() : two(), async () => {
        await notes.save(notes.create({ id: i, n: 0, text: `of ${i % 2}`, to: { street: 's' } }))
        await notes.update({ id: i, n: 1 }, { text: 'more' })
        await notes.insert(notes.create({ id: i, n: 2 }), { ifNotExists: true })
        await notes.delete({ id: i, n: 2 })
      }),
    ),
  )
  const ids = (name: string) =>
    inside(name, async () => (await notes.find()).map(({ id, n, text }) => [id % 2, n, text]))
  const expected = (rest: number) =>
    Array.from({ length: 20 }, () => [
      [rest, 0, `of ${rest}`],
      [rest, 1, 'more'],
    ]).flat()
  expect(await ids(one())).toEqual(expected(0))
  expect(await ids(two())).toEqual(expected(1))
  await inside(one(), async () => {
    expect(await notes.count()).toBe(40)
    expect(await notes.existsBy({ id: 1 })).toBe(false)
    expect(await notes.findSingle({ where: { id: 0, n: 0 } })).toMatchObject({ text: 'of 0' })
    expect(await notes.sum('n')).toBe(20)
    await notes.save([notes.create({ id: 100, n: 0 }), notes.create({ id: 100, n: 1 })])
    expect(await notes.findBy({ id: 100 })).toHaveLength(2)
    await notes.remove(notes.create({ id: 100, n: 0 }))
    const rows = await db.query(cql`SELECT n FROM ${cql.table(Note)} WHERE id = ${100}`)
    expect(rows).toEqual([{ n: 1 }])
    expect(await notes.query(cql`SELECT * FROM ${cql.table(Note)} WHERE id = ${100}`)).toHaveLength(
      1,
    )
    const hits = db.getCounterRepository(Hits)
    await hits.increment({ id: 1 }, { views: 2n })
    expect(await hits.findOneBy({ id: 1 })).toEqual(Object.assign(new Hits(), { id: 1, views: 2n }))
    await notes.delete({ id: 100 })
  })
  await inside(two(), async () => {
    expect(await db.getCounterRepository(Hits).find()).toEqual([])
    await db.getCounterRepository(Hits).truncate()
  })
  await inside(one(), async () => expect(await db.getCounterRepository(Hits).count()).toBe(1))
})

it('keeps the keyspace of the call for pages, streams and scans that go on elsewhere', async () => {
  const notes = db.getRepository(Note)
  const streamed = inside(one(), async () => notes.stream({ fetchSize: 7 }))
  const scanned = inside(one(), async () => notes.scan({ fetchSize: 7 }))
  const sources = [await streamed, await scanned]
  await inside(two(), async () => {
    for (const source of sources) {
      const ids: number[] = []
      for await (const { id } of source) ids.push(id)
      expect(ids).toHaveLength(40)
      expect(ids.every((id) => id % 2 === 0)).toBe(true)
    }
  })
  const { pageState } = await inside(one(), () => notes.findPage({ fetchSize: 5 }))
  expect(pageState).not.toBeNull()
  const elsewhere = await failure(() =>
    inside(two(), () => notes.findPage({ fetchSize: 5, pageState })),
  )
  expect(elsewhere).toBeInstanceOf(StatementError)
  expect(elsewhere.message).toContain('the pageState belongs to another read')
  const next = await inside(one(), () => notes.findPage({ fetchSize: 5, pageState }))
  expect(next.items.map(({ id }) => id % 2)).toEqual([0, 0, 0, 0, 0])
})

it('prepares a query once for all keyspaces', async () => {
  const notes = db.getRepository(Note)
  const query = notes.prepare({ where: { id: param('id') } })
  await inside(one(), async () => {
    expect(query.cql).toContain(`FROM "${one()}"."notes"`)
    expect(await query.find({ id: 2 })).toHaveLength(2)
    expect(await query.findOne({ id: 3 })).toBeNull()
  })
  await inside(two(), async () => {
    expect(await query.find({ id: 2 })).toEqual([])
    expect((await query.findOne({ id: 3 }))?.text).toBe('of 1')
    expect((await query.findPage({ id: 3 })).items).toHaveLength(2)
  })
  expect(() => notes.prepare({ where: { text: param('text') } })).toThrow(StatementError)
})

it('puts each write of a batch where the call was that added it', async () => {
  const batch = db.batch()
  await inside(one(), async () => void batch.insert(Note, { id: 500, n: 0, text: 'a' }))
  await inside(two(), async () => void batch.insert(Note, { id: 500, n: 0, text: 'b' }))
  batch.insert(Tariff, { id: 1, name: 'free' })
  traffic.take()
  await batch.execute()
  const [sent] = traffic.take()
  expect(sent?.match(/INTO ("\w+"\."\w+")/gu)).toEqual([
    `INTO "${one()}"."notes"`,
    `INTO "${two()}"."notes"`,
    `INTO "${keyspace.name}"."plans"`,
  ])
  const notes = db.getRepository(Note)
  const text = async () => (await notes.findOneBy({ id: 500, n: 0 }))?.text
  expect(await inside(one(), text)).toBe('a')
  expect(await inside(two(), text)).toBe('b')
})

it('leaves entities where they say that they are, and with() where it says', async () => {
  traffic.take()
  expect(await db.getRepository(Tariff).count()).toBe(1)
  expect(await inside(two(), () => db.getRepository(Tariff).findBy({ id: 1 }))).toHaveLength(1)
  const fixed = db.getRepository(Note).with({ keyspace: one() })
  expect((await fixed.findOneBy({ id: 500, n: 0 }))?.text).toBe('a')
  expect((await inside(two(), () => fixed.findOneBy({ id: 500, n: 0 })))?.text).toBe('a')
  expect(traffic.take().map((text) => /FROM (\S+)/u.exec(text)?.[1])).toEqual([
    `"${keyspace.name}"."plans"`,
    `"${keyspace.name}"."plans"`,
    `"${one()}"."notes"`,
    `"${one()}"."notes"`,
  ])
  const quick = db.getRepository(Note).with({ consistency: 'one' })
  expect((await inside(two(), () => quick.findOneBy({ id: 500, n: 0 })))?.text).toBe('b')
})

it('knows an entity only in the keyspace where it was read', async () => {
  await inside(one(), async () => {
    const letters = db.getRepository(Letter)
    await letters.insert(letters.create({ id: 1, text: 'first' }))
  })
  const letter = await inside(one(), () => db.getRepository(Letter).findOneByOrFail({ id: 1 }))
  expect(letter.seen).toEqual([one()])
  letter.text = 'second'
  const changes = await inside(one(), async () => db.getRepository(Letter).changes(letter))
  expect(changes).toEqual({ text: { from: 'first', to: 'second' } })
  await expect(inside(two(), async () => db.getRepository(Letter).changes(letter))).rejects.toThrow(
    StatementError,
  )
})

describe('outside of all tenants', () => {
  it('refuses, and sends nothing', async () => {
    const notes = db.getRepository(Note)
    const remedy = 'make the call where it knows the keyspace, or name it: with({ keyspace })'
    const message = `Note: the keyspace function of the DataSource returned undefined; ${remedy}`
    traffic.take()
    const calls: (() => unknown)[] = [
      () => notes.find(),
      () => notes.findOneBy({ id: 1 }),
      () => notes.save(notes.create({ id: 1, n: 1 })),
      () => notes.save([notes.create({ id: 1, n: 1 })]),
      () => notes.stream(),
      () => notes.truncate(),
      () => db.batch().delete(Note, { id: 1 }),
      () => db.query(cql`SELECT n FROM ${cql.table(Note)}`),
      () => notes.prepare({ where: { id: param('id') } }).find({ id: 1 }),
    ]
    for (const call of calls) {
      const error = await failure(async () => call())
      expect(error).toBeInstanceOf(StatementError)
      expect(error.message).toBe(message)
    }
    expect((await failure(() => db.schema.sync())).message).toContain('returned undefined')
    expect(traffic.take()).toEqual([])
    const wrong = await failure(() => inside('no "name"', () => notes.find()))
    expect(wrong.message).toBe(
      `Note: the keyspace function of the DataSource returned something that is not a keyspace name; ${remedy}`,
    )
  })

  it('throws what the function throws', async () => {
    const reason = new RangeError('who are you?')
    const other = await new DataSource(
      options({
        keyspace: () => {
          throw reason
        },
        entities: [Note],
      }),
    ).initialize()
    await expect(other.getRepository(Note).find()).rejects.toBe(reason)
    await other.destroy()
  })
})
