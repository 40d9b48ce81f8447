import {
  Append,
  ClusteringKey,
  Column,
  CounterColumn,
  CounterRepository,
  Decrement,
  Entity,
  In,
  Increment,
  MoreThan,
  PartitionKey,
  ReadRepository,
  StatementError,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { sentBy } from '../server/sent-by'

@Entity('hits')
class Hits {
  @PartitionKey('text') page!: string
  @ClusteringKey('int') day!: number
  @CounterColumn() views!: bigint
  @CounterColumn({ as: 'number', name: 'n' }) visitors!: number
}

@Entity('clicks')
class Clicks {
  @PartitionKey('text') page!: string
  @CounterColumn({ as: 'string' }) clicks!: string
}

@Entity('pages')
class Page {
  @PartitionKey('text') page!: string
  @Column('int') size?: number | null
}

const { db, keyspace } = useDataSource([Hits, Clicks, Page])
const hits = db.getCounterRepository(Hits)
const plain = db.getRepository(Hits)

it('is made with the table, and is in sync with it', async () => {
  const { rows } = await keyspace.client.execute(
    `SELECT column_name, type FROM system_schema.columns WHERE keyspace_name = ? AND table_name = 'hits'`,
    [keyspace.name],
  )
  expect(rows.map((row) => [row['column_name'], row['type']])).toEqual([
    ['day', 'int'],
    ['n', 'counter'],
    ['page', 'text'],
    ['views', 'counter'],
  ])
  expect(await db.schema.plan()).toEqual({ changes: [] })
})

it('adds and subtracts, and reads what it has become', async () => {
  const key = { page: '/', day: 1 }
  await hits.increment(key, { views: 1n })
  expect(await hits.findOneByOrFail(key)).toEqual({ ...key, views: 1n, visitors: null })
  await hits.increment(key, { views: 2, visitors: '5' })
  await hits.decrement(key, { views: 10n, visitors: undefined })
  await hits.increment(key, { views: -1n })
  expect(await hits.findOneByOrFail(key)).toEqual({ ...key, views: -8n, visitors: 5 })
  expect(await hits.findOneByOrFail(key)).toBeInstanceOf(Hits)
  await hits.increment(key, { views: 2n ** 60n })
  expect((await hits.findOneByOrFail(key)).views).toBe(2n ** 60n - 8n)
})

it('concerns several rows by In, and none by an empty one', async () => {
  await hits.increment({ page: In(['a', 'b']), day: In([1, 2]) }, { views: 1n })
  expect(await hits.count({ where: { page: In(['a', 'b']) } })).toBe(4)
  expect(await sentBy(() => hits.increment({ page: In([]), day: 1 }, { views: 1n }))).toEqual([])
})

it('may be kept as text', async () => {
  const clicks = db.getCounterRepository(Clicks)
  await clicks.increment({ page: '/' }, { clicks: '9007199254740993' })
  expect((await clicks.findOneByOrFail({ page: '/' })).clicks).toBe('9007199254740993')
})

it('is one statement for any number', async () => {
  const sent = await sentBy(async () => {
    await hits.increment({ page: 'one', day: 1 }, { views: 1n })
    await hits.increment({ page: 'two', day: 2 }, { views: -5 })
  })
  expect(new Set(sent)).toEqual(
    new Set([
      `UPDATE "${keyspace.name}"."hits" SET "views" = "views" + ? WHERE "page" = ? AND "day" = ?`,
    ]),
  )
})

it('is changed by update with Increment and Decrement too', async () => {
  const key = { page: 'update', day: 1 }
  await plain.update(key, { views: Increment(3n), visitors: Increment(2) as never })
  await plain.update(key, { views: Decrement(1n), visitors: undefined })
  expect(await plain.findOneByOrFail(key)).toMatchObject({ views: 2n, visitors: 2 })
})

it('deletes rows, ranges, counters and tables of them', async () => {
  for (const day of [1, 2, 3, 4]) {
    await hits.increment({ page: 'gone', day }, { views: 1n, visitors: 1 })
  }
  await hits.delete({ page: 'gone', day: 1 })
  await hits.delete({ page: 'gone', day: 2 }, { columns: ['views'] })
  expect(await hits.findOneByOrFail({ page: 'gone', day: 2 })).toMatchObject({
    views: null,
    visitors: 1,
  })
  await hits.remove(Object.assign(new Hits(), { page: 'gone', day: 2 }))
  expect((await hits.findBy({ page: 'gone' })).map(({ day }) => day)).toEqual([3, 4])
  await hits.delete({ page: 'gone', day: MoreThan(2) })
  expect(await hits.findBy({ page: 'gone' })).toEqual([])
  await hits.truncate()
  expect(await hits.count()).toBe(0)
})

it('is counted in a batch', async () => {
  await db
    .batch()
    .increment(Hits, { page: 'batch', day: 1 }, { views: 5n })
    .decrement(Hits, { page: 'batch', day: 2 }, { views: 1n })
    .increment(Hits, { page: 'batch', day: 1 }, { views: 1n })
    .update(Hits, { page: 'batch', day: 3 }, { visitors: Increment(1) as never })
    .increment(Clicks, { page: 'batch' }, { clicks: '1' })
    .execute()
  expect((await hits.findBy({ page: 'batch' })).map(({ views }) => views)).toEqual([6n, -1n, null])
})

it('has one repository, that reads but does not save', () => {
  expect(db.getCounterRepository(Hits)).toBe(hits)
  expect(hits).toBeInstanceOf(CounterRepository)
  expect(hits).toBeInstanceOf(ReadRepository)
  expect('save' in hits || 'insert' in hits || 'update' in hits).toBe(false)
  expect(hits.with({ consistency: 'one' })).toBeInstanceOf(CounterRepository)
  expect(() => db.getCounterRepository(Page)).toThrow(
    new StatementError('Page has no counters; use getRepository(Page)'),
  )
})

describe('is refused before anything is sent', () => {
  const key = { page: '/', day: 1 }
  const noInsert =
    'Hits has counters, which cannot be saved or inserted, only changed; use increment() and decrement() of ' +
    'getCounterRepository(Hits), or update() with Increment()'

  it.each<[string, () => Promise<unknown>, string]>([
    ['save', () => plain.save({ ...key, views: 1n, visitors: 1 }), noInsert],
    ['insert', () => plain.insert({ ...key, views: 1n, visitors: 1 }), noInsert],
    [
      'a value in update',
      () => plain.update(key, { views: 5n }),
      'Hits.views is a counter and cannot be set; write Increment() or Decrement()',
    ],
    [
      'a ttl',
      () => plain.update(key, { views: Increment(1n) }, { ttl: 5 }),
      'Hits: a write of counters takes no ttl, which Cassandra does not have for counters; leave it out',
    ],
    [
      'a timestamp',
      () => plain.update(key, { views: Increment(1n) }, { timestamp: 5n }),
      'Hits: a write of counters takes no timestamp, which Cassandra does not have for counters; leave it out',
    ],
    [
      'a condition',
      () => plain.update(key, { views: Increment(1n) }, { if: { visitors: 1 } }),
      'Hits: a write of counters takes no if, which Cassandra does not have for counters; leave it out',
    ],
    [
      'an option it lacks',
      () => hits.increment(key, { views: 1n }, { ttl: 5 } as object),
      `Hits: increment has no option 'ttl'`,
    ],
    [
      'an option that its delete lacks',
      () => hits.delete(key, { timestamp: 5n } as object),
      `Hits: delete of counters has no option 'timestamp'`,
    ],
    [
      'nothing',
      () => hits.increment(key, {}),
      'Hits: increment names no counter; give at least one a value',
    ],
    [
      'undefined alone',
      () => hits.increment(key, { views: undefined }),
      'Hits: increment names no counter; give at least one a value',
    ],
    [
      'null',
      () => hits.increment(key, { views: null as never }),
      'Hits.views: Increment() is given null; a counter changes by a whole number',
    ],
    [
      'a column of the key',
      () => hits.decrement(key, { day: 1 }),
      'Hits.day is not a counter, and decrement() changes counters only',
    ],
    [
      'a property that is none',
      () => hits.increment(key, { view: 1n } as object),
      `Hits.view, named in increment, is not a column; did you mean 'views'?`,
    ],
    [
      'no bag of counters',
      () => hits.increment(key, 1n as never),
      'Hits: increment must be an object, got bigint; write { views: 1n }',
    ],
    [
      'a part of the key',
      () => hits.increment({ page: '/' }, { views: 1n }),
      `Hits: the where of an update needs the whole primary key, and 'day' is missing; name it in where by = or In()`,
    ],
    [
      'a save in a batch',
      async () => db.batch().save(Hits, { ...key, views: 1n, visitors: 1 }),
      noInsert,
    ],
    [
      'a batch with others',
      () => db.batch().increment(Hits, key, { views: 1n }).insert(Page, { page: '/' }).execute(),
      'Hits has counters and Page has not, and Cassandra does not write both in one batch; make two batches',
    ],
  ])('%s', async (_, run, message) => {
    let error: unknown
    const sent = await sentBy(() =>
      run().catch((thrown: unknown) => {
        error = thrown
      }),
    )
    expect(error).toMatchObject({ message })
    expect(sent).toEqual([])
  })
})

it('is typed: counters only, and no other writes', () => {
  const never = async () => {
    // @ts-expect-error the page is not a counter
    await hits.increment({ page: '/' }, { page: 1n })
    // @ts-expect-error it has no save
    await hits.save({ page: '/', day: 1, views: 1n, visitors: 1 })
    // @ts-expect-error a name that does not exist
    await hits.increment({ page: '/' }, { vews: 1n })
    // @ts-expect-error no ttl for counters
    await hits.increment({ page: '/' }, { views: 1n }, { ttl: 5 })
    // @ts-expect-error a counter is not appended to
    await plain.update({ page: '/' }, { views: Append([1n]) })
  }
  expect(never).toBeInstanceOf(Function)
})
