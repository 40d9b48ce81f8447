import {
  Add,
  Append,
  Column,
  CounterColumn,
  DataSource,
  Decrement,
  Entity,
  type ExecuteOptions,
  Field,
  Fields,
  In,
  PartitionKey,
  Prepend,
  Put,
  Remove,
  type Repository,
  SetAt,
  UserDefinedType,
  cql,
} from '../../lib'
import { connection, useKeyspace } from '../server/keyspace'
import { SeenRequests } from '../server/request-tracker'

@UserDefinedType('place')
class Place {
  @Field('int') x?: number | null
}

@Entity('items')
class Item {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('list<int>') sizes?: number[] | null
  @Column('set<int>') marks?: Set<number> | null
  @Column('map<text, int>') stock?: Map<string, number> | null
  @Column(() => Place) place?: Place | null
  @Column('text', { ttl: 500 }) token?: string | null
}

@Entity('hits')
class Hits {
  @PartitionKey('int') id!: number
  @CounterColumn() views!: bigint
}

const keyspace = useKeyspace()
const requestTracker = new SeenRequests()
const opened: DataSource[] = []

async function open(defaults: ExecuteOptions = {}): Promise<DataSource> {
  const db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Item, Hits],
    synchronize: true,
    requestTracker,
    defaults,
    // What the profile says of the rest of the client's statements is not what ours are.
    queryOptions: { isIdempotent: true },
  }).initialize()
  opened.push(db)
  return db
}

let db: DataSource
let items: Repository<Item>
beforeAll(async () => {
  db = await open()
  items = db.getRepository(Item)
})
afterAll(async () => {
  await Promise.all(opened.map((each) => each.destroy()))
})

const row = { id: 1, name: 'x', sizes: [1, 2, 3], stock: new Map([['a', 1]]) }
const key = { id: 1 }
beforeEach(async () => {
  await items.save(row)
  requestTracker.options.length = 0
})

/** Whether each statement that reached the driver may be sent again. */
async function idempotence(run: () => Promise<unknown>): Promise<(boolean | undefined)[]> {
  requestTracker.options.length = 0
  await run()
  return requestTracker.options.map((options) => options.isIdempotent())
}

const hits = () => db.getCounterRepository(Hits)
const table = cql.table(Item)

type Case = readonly [name: string, run: () => Promise<unknown>]

describe('what may be sent again', () => {
  it.each<Case>([
    ['find', () => items.find({ where: { id: In([1, 2]) } })],
    ['findPage', () => items.findPage()],
    ['count', () => items.count()],
    ['sum', () => hits().sum('views')],
    ['save', () => items.save({ ...row, marks: new Set([1]) })],
    ['save with a ttl and a timestamp', () => items.save(row, { ttl: 5, timestamp: 1n })],
    ['save of a column with a ttl of its own', () => items.save({ ...row, token: 't' })],
    ['insert', () => items.insert(row)],
    ['insert, said to be unconditional', () => items.insert(row, { ifNotExists: false })],
    ['update', () => items.update(key, { name: null, sizes: [5] })],
    ['update with Add', () => items.update(key, { marks: Add([1]) })],
    ['update with Put', () => items.update(key, { stock: Put(new Map([['a', 1]])) })],
    [
      'update with Remove',
      () => items.update(key, { stock: Remove(['a']), marks: Remove([1]), sizes: Remove([9]) }),
    ],
    ['update with SetAt', () => items.update(key, { sizes: SetAt(0, 1) })],
    ['update with Fields', () => items.update(key, { place: Fields({ x: 1 }) })],
    ['delete', () => items.delete({ id: 9 })],
    ['delete of columns', () => items.delete({ id: 9 }, { columns: ['name'] })],
    ['delete of elements', () => items.delete(key, { elements: { stock: ['a'], marks: [1] } })],
    ['remove', () => items.remove({ id: 9 })],
    ['truncate', () => db.getRepository(Item).truncate()],
    ['a batch of such', () => db.batch().save(Item, row).delete(Item, { id: 9 }).execute()],
    ['a query written by hand that reads', () => db.query(cql`SELECT * FROM ${table}`)],
    ['ping', () => db.ping()],
  ])('%s', async (_, run) => {
    const seen = await idempotence(run)
    expect(seen.length).toBeGreaterThan(0)
    expect(new Set(seen)).toEqual(new Set([true]))
  })
})

describe('what may not', () => {
  it.each<Case>([
    ['insert with ifNotExists', () => items.insert(row, { ifNotExists: true })],
    ['update with if', () => items.update(key, { name: 'y' }, { if: { name: 'q' } })],
    ['update with ifExists', () => items.update(key, { name: 'x' }, { ifExists: true })],
    ['delete with if', () => items.delete(key, { if: { name: 'q' } })],
    ['remove with ifExists', () => items.remove({ id: 9 }, { ifExists: true })],
    ['update with Append', () => items.update(key, { sizes: Append([1]) })],
    [
      'update with Prepend, beside others',
      () => items.update(key, { sizes: Prepend([1]), name: 'z' }),
    ],
    ['delete of an element by its index', () => items.delete(key, { elements: { sizes: [0] } })],
    ['increment', () => hits().increment(key, { views: 1n })],
    ['decrement', () => hits().decrement(key, { views: 1n })],
    ['update with Decrement', () => db.getRepository(Hits).update(key, { views: Decrement(1) })],
    [
      'a batch with one of such',
      () =>
        db
          .batch()
          .save(Item, row)
          .update(Item, { id: 2 }, { sizes: Append([1]) })
          .execute(),
    ],
    [
      'a batch with a condition',
      () => db.batch().insert(Item, row, { ifNotExists: true }).execute(),
    ],
    ['a batch of counters', () => db.batch().increment(Hits, key, { views: 1n }).execute()],
    [
      'an update of a column with a ttl of its own, on a condition',
      () => items.update(key, { token: 't', name: 'x' }, { if: { name: 'q' } }),
    ],
    [
      'a query written by hand that writes',
      () => db.query(cql`UPDATE ${table} SET name = ${'x'} WHERE id = ${1}`),
    ],
  ])('%s', async (_, run) => {
    const seen = await idempotence(run)
    expect(seen.length).toBeGreaterThan(0)
    expect(new Set(seen)).toEqual(new Set([false]))
  })
})

describe('what is said of it comes before what is inferred', () => {
  const append = (repository: Repository<Item>, options?: ExecuteOptions) =>
    idempotence(() => repository.update(key, { sizes: Append([1]) }, options))
  const save = (repository: Repository<Item>, options?: ExecuteOptions) =>
    idempotence(() => repository.save(row, options))

  it('in a call', async () => {
    expect(await append(items, { isIdempotent: true })).toEqual([true])
    expect(await save(items, { isIdempotent: false })).toEqual([false])
    const batch = db.batch({ isIdempotent: false }).save(Item, row)
    expect(await idempotence(() => batch.execute())).toEqual([false])
    const text = cql`UPDATE ${table} SET name = ${'x'} WHERE id = ${1}`
    expect(await idempotence(() => db.query(text, { isIdempotent: true }))).toEqual([true])
  })

  it('first by the call, then by with(), then by the data source', async () => {
    const careful = (await open({ isIdempotent: false })).getRepository(Item)
    expect(await save(careful)).toEqual([false])
    const bold = careful.with({ isIdempotent: true })
    expect(await save(bold)).toEqual([true])
    expect(await append(bold)).toEqual([true])
    expect(await save(bold, { isIdempotent: false })).toEqual([false])
    // The last with() counts, and leaves what it does not name.
    expect(await save(bold.with({ consistency: 'one' }))).toEqual([true])
    expect(await save(bold.with({ isIdempotent: false }))).toEqual([false])
    expect(await save(careful)).toEqual([false])
  })
})

describe('the other options', () => {
  type Seen = (options: SeenRequests) => unknown
  it.each<[name: string, values: readonly [ExecuteOptions, ExecuteOptions, ExecuteOptions], Seen]>([
    [
      'consistency',
      [{ consistency: 'localOne' }, { consistency: 'one' }, { consistency: 'localQuorum' }],
      (seen) => seen.last().getConsistency(),
    ],
    [
      'serialConsistency',
      [
        { serialConsistency: 'serial' },
        { serialConsistency: 'localSerial' },
        { serialConsistency: 'serial' },
      ],
      (seen) => seen.last().getSerialConsistency(),
    ],
    [
      'timeout',
      [{ timeout: 30_001 }, { timeout: 30_002 }, { timeout: 30_003 }],
      (seen) => seen.last().getReadTimeout(),
    ],
    [
      'traceQuery',
      [{ traceQuery: true }, { traceQuery: false }, { traceQuery: true }],
      (seen) => seen.last().isQueryTracing(),
    ],
    [
      'fetchSize',
      [{ fetchSize: 11 }, { fetchSize: 12 }, { fetchSize: 13 }],
      (seen) => seen.last().getFetchSize(),
    ],
  ])('%s: the call, then with(), then the data source', async (_, [source, by, call], seen) => {
    const repository = (await open(source)).getRepository(Item)
    const run = async (of: Repository<Item>, options: ExecuteOptions = {}) => {
      await of.find({ where: key, ...options })
      return seen(requestTracker)
    }
    const ofSource = await run(repository)
    const ofWith = await run(repository.with(by))
    const ofCall = await run(repository.with(by), call)
    const directly = await run(items, call)
    expect(ofSource).toBe(await run(items, source))
    expect(ofWith).toBe(await run(items, by))
    expect(ofCall).toBe(directly)
    expect(ofWith).not.toBe(ofSource)
    expect(ofCall).not.toBe(ofWith)
  })
})
