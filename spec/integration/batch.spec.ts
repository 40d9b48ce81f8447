import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import {
  Add,
  And,
  Append,
  type Batch,
  Between,
  ClusteringKey,
  Column,
  CounterColumn,
  DataSource,
  Entity,
  ExecutionError,
  In,
  LessThan,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  Put,
  Remove,
  StatementError,
  StaticColumn,
  Uuid,
  ValueError,
  type Warning,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { sentBy } from '../server/sent-by'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name?: string | null
  @Column({ type: 'text', default: 'Unknown' }) brand?: string
  @Column('double') price?: number | null
  @Column('list<text>') tags?: string[]
}

@Entity('rooms')
class Room {
  @PartitionKey('text') house!: string
  @ClusteringKey('int') floor!: number
  @ClusteringKey('int') number!: number
  @StaticColumn('text') owner?: string | null
  @Column('text') guest?: string | null
  @Column('int') beds?: number | null
}

@Entity('codes')
class Code {
  @PartitionKey('text') kind!: string
  @ClusteringKey('text') code!: string
  @Column('text') meaning?: string | null
}

@Entity('hits')
class Hits {
  @PartitionKey('text') page!: string
  @CounterColumn() views?: bigint
  @CounterColumn() visitors?: bigint
}

@Entity('bags')
class Bag {
  @PartitionKey('int') id!: number
  @Column('list<int>') list: number[] = []
  @Column('set<int>') set = new Set<number>()
  @Column('map<text, int>') map = new Map<string, number>()
  @Column('text', { ttl: 1000 }) note?: string | null
}

@Entity('others')
class Other {
  @PartitionKey('int') id!: number
}

const { db, keyspace } = useDataSource([Product, Room, Code, Hits, Bag])
const products = db.getRepository(Product)
const rooms = db.getRepository(Room)

const room = (house: string, number: number, more: Partial<Room> = {}): Room =>
  rooms.create({ house, floor: 0, number, ...more })
const product = (more: Partial<Product> = {}): Product =>
  products.create({ id: Uuid.random(), ...more })

let houses = 0
/** A partition of its own for each spec. */
const newHouse = () => `house ${houses++}`

describe('execute', () => {
  it('writes what was added, of many entities, as the repositories do', async () => {
    const [a, b, c] = [product({ name: 'a' }), product({ name: 'b' }), product({ name: 'c' })]
    await products.save([b, c])
    const house = newHouse()
    const plain = { id: Uuid.random(), name: 'plain' } as Product
    const batch = db.batch()
    const chained = batch
      .insert(Product, plain)
      .save(Product, a)
      .update(Product, { id: b.id }, { price: 1, name: null }, { ttl: 1000 })
      .delete(Product, { id: In([c.id]) })
      .save(Room, room(house, 1, { guest: 'Ada' }))
      .remove(Room, room(house, 2))
    expect(chained).toBe(batch)
    const [cql, ...others] = await sentBy(async () =>
      expect(await batch.execute()).toEqual({ applied: true, existing: [] }),
    )
    expect(others).toEqual([])
    expect(cql).toContain('BEGIN BATCH INSERT INTO')
    expect(plain.brand).toBe('Unknown')
    expect(await products.findOneBy({ id: plain.id })).toMatchObject({
      name: 'plain',
      brand: 'Unknown',
    })
    expect(await products.findOneBy({ id: a.id })).toMatchObject({ name: 'a' })
    expect(await products.findOneBy({ id: b.id })).toMatchObject({ name: null, price: 1 })
    expect(await products.findOneBy({ id: c.id })).toBeNull()
    expect(await rooms.findBy({ house })).toMatchObject([{ guest: 'Ada' }])
  })

  it('is unlogged when that is asked for', async () => {
    const [cql] = await sentBy(() => db.batch({ logged: false }).save(Product, product()).execute())
    expect(cql).toContain('BEGIN UNLOGGED BATCH')
  })

  it('gives all writes the timestamp of the batch, or each its own', async () => {
    const [a, b] = [product({ price: 1 }), product({ price: 2 })]
    const writetime = async ({ id }: Product) => {
      const { rows } = await keyspace.client.execute(
        `SELECT writetime(price) AS at FROM ${keyspace.name}.products WHERE id = ?`,
        [id],
        { prepare: true },
      )
      return String(rows[0]?.['at'])
    }
    await db.batch({ timestamp: 1234n }).save(Product, a).save(Product, b).execute()
    expect([await writetime(a), await writetime(b)]).toEqual(['1234', '1234'])
    await db
      .batch({ timestamp: new Date(5) })
      .save(Product, a)
      .execute()
    expect(await writetime(a)).toBe('5000')
    await db.batch().save(Product, b, { timestamp: 9000n }).execute()
    expect(await writetime(b)).toBe('9000')
  })

  it('sends nothing for a batch of nothing', async () => {
    const none = db.batch().delete(Product, { id: In([]) })
    const sent = await sentBy(async () => {
      expect(await db.batch().execute()).toEqual({ applied: true, existing: [] })
      expect(await none.execute()).toEqual({ applied: true, existing: [] })
    })
    expect(sent).toEqual([])
  })

  it('is done once', async () => {
    const batch = db.batch().save(Product, product())
    const again = 'the batch was executed, which is done once; make another with db.batch()'
    const first = batch.execute()
    await expect(batch.execute()).rejects.toThrow(again)
    await first
    expect(() => batch.save(Product, product())).toThrow(again)
    const sent = await sentBy(() => expect(batch.execute()).rejects.toThrow(StatementError))
    expect(sent).toEqual([])
  })

  it('writes what was set when it was added', async () => {
    const one = product({ name: 'then' })
    const batch = db.batch().save(Product, one)
    one.name = 'later'
    await batch.execute()
    expect((await products.findOneBy({ id: one.id }))?.name).toBe('then')
    const where = { house: 'x', floor: 0, number: 1 }
    const again = db.batch().update(Room, where, { beds: 1 }, { ifExists: true })
    where.house = 'y'
    again.update(Room, where, { beds: 1 }, { ifExists: true })
    await expect(again.execute()).rejects.toThrow('a batch with conditions concerns one partition')
    const both = room(newHouse(), 1, { beds: 1 })
    const twice = db.batch().save(Room, both)
    both.beds = 2
    await expect(twice.save(Room, both).execute()).rejects.toThrow(
      'Room.beds of one row is written twice',
    )
  })

  it('can be executed after the data source is initialized only', async () => {
    const closed = new DataSource({ ...connection(), entities: [Product], keyspace: keyspace.name })
    await expect(closed.batch().save(Product, product()).execute()).rejects.toThrow(ExecutionError)
  })
})

describe('with conditions', () => {
  it('is applied as a whole, or tells what is stored and applies nothing', async () => {
    const house = newHouse()
    const first = db
      .batch()
      .insert(Room, room(house, 1, { guest: 'Ada' }), { ifNotExists: true })
      .insert(Room, room(house, 2, { guest: 'Bob' }), { ifNotExists: true })
    expect(await first.execute()).toEqual({ applied: true, existing: [] })
    const second = db
      .batch()
      .update(Room, { house, floor: 0, number: 1 }, { beds: 2 }, { if: { guest: 'Ada' } })
      .update(Room, { house, floor: 0, number: 2 }, { beds: 2 }, { if: { guest: 'Eve', beds: 9 } })
      .save(Room, room(house, 3))
    const { applied, existing } = await second.execute<Room>()
    expect(applied).toBe(false)
    expect(existing).toEqual([
      { house, floor: 0, number: 1, guest: 'Ada', beds: null },
      { house, floor: 0, number: 2, guest: 'Bob', beds: null },
    ])
    expect(existing[0]).toBeInstanceOf(Room)
    expect(await rooms.countBy({ house })).toBe(2)
    const third = db
      .batch()
      .update(Room, { house, floor: 0, number: 1 }, { beds: 2 }, { if: { guest: 'Ada' } })
      .remove(Room, room(house, 2), { ifExists: true })
      .update(Room, { house }, { owner: 'Zoe' })
    expect(await third.execute()).toEqual({ applied: true, existing: [] })
    expect(await rooms.findBy({ house })).toMatchObject([{ number: 1, beds: 2, owner: 'Zoe' }])
  })

  it('tells nothing of rows that do not exist', async () => {
    const house = newHouse()
    const batch = db
      .batch()
      .update(Room, { house, floor: 0, number: 1 }, { beds: 2 }, { ifExists: true })
    expect(await batch.execute()).toEqual({ applied: false, existing: [] })
  })
})

it.each<[name: string, fill: (batch: Batch) => unknown, message: string]>([
  [
    'conditions over two partitions',
    (batch) => batch.insert(Room, room('x', 1), { ifNotExists: true }).insert(Room, room('y', 1)),
    `Room: a batch with conditions concerns one partition; all its statements must have the same 'house'`,
  ],
  [
    'conditions beside several partitions in one statement',
    (batch) =>
      batch
        .insert(Room, room('x', 1), { ifNotExists: true })
        .delete(Room, { house: In(['x', 'y']), floor: 9 }),
    'Room: a batch with conditions concerns one partition',
  ],
  [
    'conditions over two tables',
    (batch) => batch.insert(Room, room('x', 1), { ifNotExists: true }).save(Product, product()),
    'a batch with conditions concerns one table, and this one Room and Product; make a batch of each',
  ],
  [
    'two kinds of condition on a row',
    (batch) =>
      batch
        .update(Room, { house: 'x', floor: 0, number: 1 }, { beds: 1 }, { if: { guest: 'Ada' } })
        .update(Room, { house: 'x', floor: 0, number: 1 }, { guest: 'Eve' }, { ifExists: true }),
    'Room: a row has if and ifExists in this batch; keep one kind of condition',
  ],
  [
    'an insert and an update with conditions on a row',
    (batch) =>
      batch
        .insert(Room, room('x', 1), { ifNotExists: true })
        .update(Room, { house: 'x', floor: 0, number: 1 }, { beds: 1 }, { if: { guest: 'Ada' } }),
    'Room: a row has ifNotExists and if in this batch; keep one kind of condition',
  ],
  [
    'a timestamp beside a condition',
    (batch) =>
      batch
        .insert(Room, room('x', 1), { ifNotExists: true })
        .save(Room, room('x', 2), { timestamp: 1n }),
    'Room: a statement of a conditional batch takes no timestamp, which Cassandra would ignore',
  ],
  [
    'more statements than the protocol counts',
    (batch) => {
      for (let number = 0; number < 65_536; number++) batch.save(Room, room('x', number))
    },
    'a batch takes 65535 statements at most, and this one has 65536; use save() of many entities',
  ],
])('refuses %s and sends nothing', async (_name, fill, message) => {
  const batch = db.batch()
  fill(batch)
  const sent = await sentBy(async () => {
    await expect(batch.execute()).rejects.toThrow(StatementError)
    await expect(batch.execute()).rejects.toThrow(message)
  })
  expect(sent).toEqual([])
})

it('refuses a timestamp of the batch beside conditions and beside timestamps of statements', async () => {
  const conditional = db.batch({ timestamp: 1n }).insert(Room, room('x', 1), { ifNotExists: true })
  const both = db.batch({ timestamp: 1n }).save(Room, room('x', 1), { timestamp: 2n })
  const sent = await sentBy(async () => {
    await expect(conditional.execute()).rejects.toThrow(
      'a batch with conditions takes no timestamp, since Cassandra gives it its own; leave timestamp out',
    )
    await expect(both.execute()).rejects.toThrow(
      'Room: the batch and a statement of it both have a timestamp; give it to one of them',
    )
  })
  expect(sent).toEqual([])
})

describe('what one batch cannot order', () => {
  const row = (house: string, number = 1) => ({ house, floor: 0, number })
  const twice = (property: string) =>
    `Room.${property} of one row is written twice in this batch, and Cassandra would keep the greater value; ` +
    'give both a timestamp, or move one of them to another batch'
  const deleted =
    'Room: a row is deleted and written in this batch, and the deletion would win in either order; ' +
    'give both a timestamp, or move one of them to another batch'

  it.each<[name: string, fill: (batch: Batch) => unknown, message: string]>([
    [
      'two values of a column',
      (batch) =>
        batch
          .save(Room, room('x', 1, { beds: 9 }))
          .update(Room, row('x'), { beds: 1, guest: 'Ada' }),
      twice('beds'),
    ],
    [
      'a value and null',
      (batch) => batch.update(Room, row('x'), { beds: 9 }).update(Room, row('x'), { beds: null }),
      twice('beds'),
    ],
    [
      'a value and the deletion of its column',
      (batch) =>
        batch.update(Room, row('x'), { beds: 9 }).delete(Room, row('x'), { columns: ['beds'] }),
      twice('beds'),
    ],
    [
      'two values in one of the rows of an In',
      (batch) =>
        batch
          .update(Room, { house: In(['w', 'x']), floor: 0, number: In([1, 2]) }, { beds: 9 })
          .update(Room, row('x', 2), { beds: 1 }),
      twice('beds'),
    ],
    [
      'two values of a static column',
      (batch) =>
        batch
          .save(Room, room('x', 1, { owner: 'Ada' }))
          .update(Room, { house: 'x' }, { owner: 'Eve' }),
      twice('owner'),
    ],
    [
      'the deletion of a row and an insert',
      (batch) => batch.remove(Room, room('x', 1)).insert(Room, room('x', 1)),
      deleted,
    ],
    [
      'the deletion of a partition and an insert',
      (batch) => batch.delete(Room, { house: 'x' }).insert(Room, room('x', 1)),
      deleted,
    ],
    [
      'the deletion of a partition and of its statics',
      (batch) => batch.update(Room, { house: 'x' }, { owner: 'Ada' }).delete(Room, { house: 'x' }),
      deleted,
    ],
    [
      'the deletion of a range and an insert into it',
      (batch) =>
        batch
          .delete(Room, { house: 'x', floor: 0, number: Between(1, 3) })
          .insert(Room, room('x', 3)),
      deleted,
    ],
    [
      'the deletion of a prefix and an update in it',
      (batch) =>
        batch.delete(Room, { house: 'x', floor: In([0, 1]) }).update(Room, row('x'), { beds: 1 }),
      deleted,
    ],
  ])('refuses %s', async (_name, fill, message) => {
    const batch = db.batch()
    fill(batch)
    const sent = await sentBy(() => expect(batch.execute()).rejects.toThrow(message))
    expect(sent).toEqual([])
    const timed = db.batch({ timestamp: 5n })
    fill(timed)
    await expect(timed.execute()).rejects.toThrow(message)
  })

  it('compares a range of texts as the server does', async () => {
    const batch = (code: string) =>
      db
        .batch()
        .delete(Code, { kind: 'x', code: LessThan('b') })
        .save(Code, { kind: 'x', code })
    await expect(batch('a').execute()).rejects.toThrow(
      'Code: a row is deleted and written in this batch',
    )
    await batch('c').execute()
    expect(await db.getRepository(Code).findBy({ kind: 'x' })).toMatchObject([{ code: 'c' }])
  })

  it.each<[name: string, fill: (batch: Batch, house: string) => unknown, left: Partial<Room>[]]>([
    [
      'different columns of a row',
      (batch, house) =>
        batch.save(Room, room(house, 1, { beds: 1 })).update(Room, row(house), { guest: 'Ada' }),
      [{ number: 1, beds: 1, guest: 'Ada' }],
    ],
    [
      'the same value twice',
      (batch, house) =>
        batch
          .save(Room, room(house, 1, { owner: 'Ada' }))
          .save(Room, room(house, 2, { owner: 'Ada' })),
      [
        { number: 1, owner: 'Ada' },
        { number: 2, owner: 'Ada' },
      ],
    ],
    [
      'two deletions of a row',
      (batch, house) => batch.remove(Room, room(house, 1)).delete(Room, { house, floor: 0 }),
      [],
    ],
    [
      'a deletion and a write with timestamps of their own',
      (batch, house) =>
        batch
          .delete(Room, { house }, { timestamp: 1n })
          .save(Room, room(house, 1, { beds: 1 }), { timestamp: 2n })
          .update(Room, row(house), { beds: 0 }, { timestamp: 3n }),
      [{ number: 1, beds: 0 }],
    ],
    [
      'the deletion of a range and writes outside of it',
      (batch, house) =>
        batch
          .delete(Room, { house, floor: 0, number: And(MoreThan(1), LessThan(4)) })
          .delete(Room, { house, floor: 0, number: MoreThanOrEqual(9) })
          .delete(Room, { house, floor: 7 })
          .update(Room, { house, floor: 0, number: In([1, 4]) }, { beds: 1 })
          .update(Room, { house }, { owner: 'Ada' }),
      [
        { number: 1, owner: 'Ada', beds: 1 },
        { number: 4, owner: 'Ada', beds: 1 },
      ],
    ],
  ])('takes %s', async (_name, fill, left) => {
    const house = newHouse()
    const batch = db.batch()
    fill(batch, house)
    await batch.execute()
    expect(await rooms.find({ where: { house } })).toMatchObject(left)
    expect(await rooms.countBy({ house })).toBe(left.length)
  })
})

describe('counters', () => {
  it('are changed together, in a batch of their own kind', async () => {
    const batch = db
      .batch()
      .increment(Hits, { page: 'a' }, { views: 2n, visitors: 1n })
      .increment(Hits, { page: 'a' }, { views: 3n })
      .decrement(Hits, { page: In(['b', 'c']) }, { views: 1n })
    const [cql] = await sentBy(() => batch.execute())
    expect(cql).toContain('BEGIN COUNTER BATCH UPDATE')
    const hits = await db.getCounterRepository(Hits).find()
    expect(hits.map(({ page, views }) => [page, views]).sort()).toEqual([
      ['a', 5n],
      ['b', -1n],
      ['c', -1n],
    ])
    await db
      .batch({ logged: false })
      .remove(Hits, hits[0] as Hits)
      .execute()
    expect(await db.getCounterRepository(Hits).count()).toBe(2)
  })

  it.each<[name: string, make: () => Batch, message: string]>([
    [
      'beside other columns',
      () => db.batch().save(Product, product()).increment(Hits, { page: 'a' }, { views: 1n }),
      'Hits has counters and Product has not, and Cassandra does not write both in one batch; make two batches',
    ],
    [
      'in a logged batch',
      () => db.batch({ logged: true }).increment(Hits, { page: 'a' }, { views: 1n }),
      'Hits has counters, whose batches cannot be logged; leave logged out',
    ],
    [
      'with a timestamp',
      () => db.batch({ timestamp: 1n }).increment(Hits, { page: 'a' }, { views: 1n }),
      'Hits has counters, which take no timestamp; leave timestamp out',
    ],
    [
      'that are deleted',
      () => db.batch().delete(Hits, { page: 'a' }).increment(Hits, { page: 'a' }, { views: 1n }),
      'Hits: a row is deleted and written in this batch',
    ],
  ])('are refused %s', async (_name, make, message) => {
    const batch = make()
    const sent = await sentBy(() => expect(batch.execute()).rejects.toThrow(message))
    expect(sent).toEqual([])
  })

  it('are refused in what sets whole values', () => {
    expect(() => db.batch().insert(Hits, { page: 'a' })).toThrow(
      'Hits has counters, which cannot be saved or inserted',
    )
    expect(() => db.batch().increment(Product, { id: Uuid.random() }, { price: 1 })).toThrow(
      'Product.price is not a counter',
    )
  })
})

describe('change operators', () => {
  it('join what other statements write', async () => {
    const bags = db.getRepository(Bag)
    await bags.save(bags.create({ id: 1, set: new Set([9]), map: new Map([['x', 9]]) }))
    await db
      .batch()
      .update(Bag, { id: 1 }, { list: Append([1]), set: Add([1]), map: Put({ a: 1 }) })
      .update(Bag, { id: 1 }, { list: Append([2]), set: Add([2]) })
      .execute()
    expect(await bags.findOneBy({ id: 1 })).toMatchObject({
      list: [1, 2],
      set: new Set([1, 2, 9]),
      map: new Map([
        ['a', 1],
        ['x', 9],
      ]),
    })
    await db
      .batch()
      .delete(Bag, { id: 1 }, { elements: { map: ['x'] } })
      .execute()
    expect((await bags.findOneBy({ id: 1 }))?.map).toEqual(new Map([['a', 1]]))
  })

  it.each<[name: string, fill: (batch: Batch) => unknown, property: string]>([
    [
      'an addition and a whole value',
      (batch) =>
        batch.update(Bag, { id: 1 }, { list: Append([1]) }).update(Bag, { id: 1 }, { list: [] }),
      'list',
    ],
    [
      'an addition and a removal',
      (batch) =>
        batch
          .update(Bag, { id: 1 }, { set: Add([1]) })
          .update(Bag, { id: 1 }, { set: Remove([1]) }),
      'set',
    ],
    [
      'entries and their deletion',
      (batch) =>
        batch
          .update(Bag, { id: 1 }, { map: Put({ a: 1 }) })
          .delete(Bag, { id: 1 }, { elements: { map: ['a'] } }),
      'map',
    ],
  ])('are refused where their order would count: %s', async (_name, fill, property) => {
    const batch = db.batch()
    fill(batch)
    await expect(batch.execute()).rejects.toThrow(
      `Bag.${property} of one row is written twice in this batch`,
    )
  })
})

it('writes a column with a TTL of its own beside the others', async () => {
  const bags = db.getRepository(Bag)
  await db
    .batch()
    .insert(Bag, bags.create({ id: 5, list: [1], note: 'for a while' }))
    .execute()
  const { rows } = await keyspace.client.execute(
    `SELECT ttl(note) AS left FROM ${keyspace.name}.bags WHERE id = 5`,
  )
  expect(Number(rows[0]?.['left'])).toBeGreaterThan(900)
  expect(await bags.findOneBy({ id: 5 })).toMatchObject({ list: [1], note: 'for a while' })
})

describe('each statement is checked when it is added', () => {
  it.each<
    [name: string, add: () => unknown, error: new (...args: never[]) => Error, message: string]
  >([
    [
      'a value',
      () => db.batch().save(Product, product({ price: Number.NaN, name: 1 as never })),
      ValueError,
      'Product.name: ',
    ],
    [
      'a property',
      () => db.batch().update(Product, { id: Uuid.random() }, { prce: 1 } as never),
      StatementError,
      `Product.prce, named in changes, is not a column; did you mean 'price'?`,
    ],
    [
      'a key',
      () => db.batch().delete(Room, { floor: 1 }),
      StatementError,
      `Room: the where of a delete needs the whole partition key, and 'house' is missing`,
    ],
    [
      'the key of an entity',
      () => db.batch().remove(Room, { house: 'x' } as Room),
      StatementError,
      'Room.floor belongs to the primary key and needs a value',
    ],
    [
      'an option of the statement',
      () => db.batch().insert(Product, product(), { ifNotExist: true } as never),
      StatementError,
      `Product: batch.insert has no option 'ifNotExist'; did you mean 'ifNotExists'?`,
    ],
    [
      'an option of execution',
      () => db.batch().insert(Product, product(), { consistency: 'one' } as never),
      StatementError,
      `Product: batch.insert has no 'consistency', since a batch is executed as a whole; pass it to db.batch()`,
    ],
    [
      'a condition of a save',
      () => db.batch().save(Product, product(), { ifNotExists: true } as never),
      StatementError,
      `Product: save has no 'ifNotExists', since it writes whether the row exists or not; use insert()`,
    ],
    [
      'the class',
      () => db.batch().save(Other, { id: 1 }),
      StatementError,
      'Other is not among the entities of this DataSource; add it to entities',
    ],
    [
      'an option of the batch',
      () => db.batch({ loged: true } as never),
      StatementError,
      `DataSource: batch has no option 'loged'; did you mean 'logged'?`,
    ],
    [
      'the kind of the batch',
      () => db.batch({ logged: 'no' as never }),
      StatementError,
      'DataSource: logged must be true or false',
    ],
    [
      'the timestamp of the batch',
      () => db.batch({ timestamp: 5 as never }),
      StatementError,
      'timestamp must be a bigint of microseconds or a valid Date',
    ],
  ])('%s', (_name, add, error, message) => {
    expect(add).toThrow(error)
    expect(add).toThrow(message)
  })
})

describe('coodie:warning', () => {
  const seen: Warning[] = []
  const listener = (warning: unknown) => void seen.push(warning as Warning)
  beforeEach(() => {
    seen.length = 0
    subscribe('coodie:warning', listener)
  })
  afterEach(() => void unsubscribe('coodie:warning', listener))

  it('tells of many statements and of many partitions', async () => {
    const house = newHouse()
    const fill = (batch: Batch, statements: number, partitions: number) => {
      for (let i = 0; i < statements; i++) batch.save(Room, room(`${house} ${i % partitions}`, i))
      return batch
    }
    await fill(db.batch(), 100, 10).execute()
    expect(seen).toEqual([])
    await fill(db.batch(), 101, 1).execute()
    expect(seen).toMatchObject([
      { kind: 'largeBatch', entities: ['Room'], statements: 101, partitions: 1 },
    ])
    await fill(db.batch(), 11, 11).save(Product, product()).execute()
    expect(seen[1]).toEqual({
      kind: 'largeBatch',
      message:
        'a batch of Room, Product has 12 statements for 12 partitions; ' +
        'save() of an array writes many rows with less load on the cluster',
      entities: ['Room', 'Product'],
      statements: 12,
      partitions: 12,
    })
  })
})
