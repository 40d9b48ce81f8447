import { Client, types } from 'cassandra-driver'
import {
  Add,
  Append,
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  Field,
  Fields,
  In,
  PartitionKey,
  Prepend,
  Put,
  Remove,
  SetAt,
  StaticColumn,
  UserDefinedType,
  Uuid,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { sentBy } from '../server/sent-by'

@UserDefinedType('address')
class Address {
  @Field('text') street?: string | null
  @Field({ type: 'text', name: 'Zip' }) zip?: string | null
  @Field('frozen<list<int>>') floors?: number[] | null
}

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('list<text>') tags: string[] = []
  @Column('list<frozen<map<text, int>>>') parts: Map<string, number>[] = []
  @Column('set<text>') colors = new Set<string>()
  @Column('set<bigint>', { as: 'array' }) numbers: bigint[] = []
  @Column('map<text, int>') stock = new Map<string, number>()
  @Column('map<text, text>', { as: 'object' }) attrs: Record<string, string> = {}
  @Column('map<uuid, double>') weights = new Map<Uuid, number>()
  @Column('map<bigint, text>') names = new Map<bigint, string>()
  @Column(() => Address) address?: Address | null
  @Column('list<text>', {
    transformer: {
      to: (words: string[]) => words.map((word) => word.toLowerCase()),
      from: (words: readonly string[]) => words.map((word) => word.toUpperCase()),
    },
  })
  words: string[] = []
}

@Entity('rooms')
class Room {
  @PartitionKey('int') house!: number
  @ClusteringKey('int') id!: number
  @StaticColumn('list<text>') owners: string[] = []
  @StaticColumn('text') street?: string | null
  @Column('text') name?: string | null
}

const { db, keyspace } = useDataSource([Thing, Room])
const things = db.getRepository(Thing)
const rooms = db.getRepository(Room)
let next = 0

/** A row with these values, and what it is after the changes. */
async function changed(
  before: Partial<Thing>,
  changes: Parameters<typeof things.update>[1],
): Promise<Thing> {
  const id = ++next
  await things.save(things.create({ id, ...before }))
  await things.update({ id }, changes)
  return things.findOneByOrFail({ id })
}

const one = Uuid.fromString('00000000-0000-4000-8000-000000000001')
const two = Uuid.fromString('00000000-0000-4000-8000-000000000002')

describe('a list', () => {
  const tags = ['a', 'b', 'a']

  it.each([
    ['Append', Append(['c', 'd']), ['a', 'b', 'a', 'c', 'd']],
    ['Prepend, in the order given', Prepend(['c', 'd']), ['c', 'd', 'a', 'b', 'a']],
    ['Remove, of all that are equal', Remove(['a']), ['b']],
    ['SetAt', SetAt(1, 'c'), ['a', 'c', 'a']],
    ['Append of nothing', Append([]), tags],
    ['Prepend of nothing', Prepend([]), tags],
    ['Remove of nothing', Remove([]), tags],
  ])('%s', async (_, change, after) => {
    expect((await changed({ tags }, { tags: change })).tags).toEqual(after)
  })

  it('holds frozen maps', async () => {
    const { parts } = await changed(
      { parts: [new Map([['a', 1]])] },
      { parts: Append([new Map([['b', 2]])]) },
    )
    expect(parts).toEqual([new Map([['a', 1]]), new Map([['b', 2]])])
  })

  it('goes through its transformer as a whole', async () => {
    const words = ['A', 'B']
    const after = await changed({ words }, { words: Append(['C', 'D']) })
    expect(after.words).toEqual(['A', 'B', 'C', 'D'])
    const { rows } = await keyspace.client.execute(
      `SELECT words FROM "${keyspace.name}".things WHERE id = ${after.id}`,
    )
    expect(rows[0]?.['words']).toEqual(['a', 'b', 'c', 'd'])
    expect((await changed({ words }, { words: Remove(['A']) })).words).toEqual(['B'])
    expect((await changed({ words }, { words: SetAt(1, 'C') })).words).toEqual(['A', 'C'])
  })

  it('has no element beyond its end', async () => {
    await expect(changed({ tags }, { tags: SetAt(3, 'c') })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('List index 3 out of bound, list has size 3') as string,
    })
  })
})

describe('a set', () => {
  it.each([
    ['Add', Add(['b', 'c']), ['a', 'b', 'c']],
    ['Add of a Set', Add(new Set(['c'])), ['a', 'b', 'c']],
    ['Add of nothing', Add([]), ['a', 'b']],
    ['Remove', Remove(['b', 'x']), ['a']],
    ['Remove of nothing', Remove([]), ['a', 'b']],
  ])('%s', async (_, change, after) => {
    const { colors } = await changed({ colors: new Set(['a', 'b']) }, { colors: change })
    expect(colors).toEqual(new Set(after))
  })

  it('may be kept as an array, and take numbers for its bigints', async () => {
    const after = await changed({ numbers: [1n, 2n] }, { numbers: Add([3, 2n ** 60n]) })
    expect(after.numbers).toEqual([1n, 2n, 3n, 2n ** 60n])
    expect((await changed({ numbers: [1n, 2n] }, { numbers: Remove([1n]) })).numbers).toEqual([2n])
  })
})

describe('a map', () => {
  it('Put and Remove leave the other entries alone', async () => {
    const stock = new Map([
      ['a', 1],
      ['b', 2],
    ])
    expect(
      (
        await changed(
          { stock },
          {
            stock: Put(
              new Map([
                ['b', 3],
                ['c', 4],
              ]),
            ),
          },
        )
      ).stock,
    ).toEqual(
      new Map([
        ['a', 1],
        ['b', 3],
        ['c', 4],
      ]),
    )
    expect((await changed({ stock }, { stock: Put({ c: 4 }) })).stock.size).toBe(3)
    expect((await changed({ stock }, { stock: Put({}) })).stock).toEqual(stock)
    expect((await changed({ stock }, { stock: Remove(['a', 'x']) })).stock).toEqual(
      new Map([['b', 2]]),
    )
    expect((await changed({ stock }, { stock: Remove([]) })).stock).toEqual(stock)
  })

  it('may be kept as an object', async () => {
    const attrs = { a: '1', b: '2' }
    expect((await changed({ attrs }, { attrs: Put({ b: '3' }) })).attrs).toEqual({ a: '1', b: '3' })
    expect((await changed({ attrs }, { attrs: Remove(['a']) })).attrs).toEqual({ b: '2' })
  })

  it('may have uuids and bigints for keys', async () => {
    const weights = new Map([[one, 1.5]])
    const put = await changed({ weights }, { weights: Put(new Map([[two, 2]])) })
    expect(new Map([...put.weights].map(([key, value]) => [key.toString(), value]))).toEqual(
      new Map([
        [one.toString(), 1.5],
        [two.toString(), 2],
      ]),
    )
    const removed = await changed({ weights }, { weights: Remove([one.toString()]) })
    expect(removed.weights.size).toBe(0)
    const names = new Map([[2n ** 60n, 'big']])
    expect((await changed({ names }, { names: Put(new Map([[1n, 'one']])) })).names).toEqual(
      new Map([...names, [1n, 'one']]),
    )
    expect((await changed({ names }, { names: Remove([2n ** 60n]) })).names).toEqual(new Map())
  })
})

describe('a user-defined type', () => {
  const address = { street: 'Long Lane', zip: '1', floors: [1] } as Address

  it('changes the fields that are named, and deletes those given null', async () => {
    const { address: after } = await changed(
      { address },
      { address: Fields({ zip: '2', street: undefined, floors: null }) },
    )
    expect(after).toEqual({ street: 'Long Lane', zip: '2', floors: null })
  })

  it('is made by its first field', async () => {
    const { address: after } = await changed({}, { address: Fields({ floors: [1, 2] }) })
    expect(after).toEqual({ street: null, zip: null, floors: [1, 2] })
  })
})

it('changes several columns at once, and creates the row that is not there', async () => {
  const id = ++next
  await things.update(
    { id },
    { name: 'x', tags: Append(['a']), colors: Add(['b']), stock: Put({ c: 1 }) },
  )
  expect(await things.findOneByOrFail({ id })).toMatchObject({
    name: 'x',
    tags: ['a'],
    colors: new Set(['b']),
    stock: new Map([['c', 1]]),
  })
})

it('leaves what is undefined alone, deletes what is null, and writes no tombstone over a collection', async () => {
  const id = ++next
  await things.save(things.create({ id, name: 'x', tags: ['a'] }), { timestamp: 1000n })
  await things.update({ id }, { tags: Append(['b']), name: undefined }, { timestamp: 1500n })
  const columns = 'name, writetime(name) AS at, tags, writetime(tags) AS tagged'
  const read = async () => {
    const { rows } = await keyspace.client.execute(
      `SELECT ${columns} FROM "${keyspace.name}".things WHERE id = ${id}`,
    )
    const row = rows[0] as types.Row
    return { name: row['name'], at: row['at'], tags: row['tags'], tagged: row['tagged'] }
  }
  const times = (row: Awaited<ReturnType<typeof read>>) =>
    [...(row.tagged as unknown[])].map(String).sort()
  const kept = await read()
  expect(kept).toMatchObject({ name: 'x', tags: expect.arrayContaining(['a', 'b']) as string[] })
  expect(String(kept.at)).toBe('1000')
  expect(times(kept)).toEqual(['1000', '1500'])
  await things.update({ id }, { name: null }, { timestamp: 2000n })
  expect(await read()).toMatchObject({ name: null, at: null })
})

it('changes statics by the partition key alone', async () => {
  await rooms.save(rooms.create({ house: 1, id: 1, name: 'attic' }))
  await rooms.update({ house: 1 }, { owners: Append(['Ann']), street: 'Long Lane' })
  await rooms.update({ house: 1 }, { owners: Prepend(['Bob']) })
  expect(await rooms.findOneByOrFail({ house: 1, id: 1 })).toEqual({
    house: 1,
    id: 1,
    name: 'attic',
    street: 'Long Lane',
    owners: ['Bob', 'Ann'],
  })
  await expect(rooms.update({ house: 1, id: 1 }, { owners: Append(['C']) })).rejects.toThrow(
    `Room: an update of static columns alone concerns the partition, and where names 'id'; leave 'id' out of where`,
  )
  await rooms.update({ house: 1, id: 1 }, { owners: Append(['C']), name: 'loft' })
  expect(await rooms.findOneByOrFail({ house: 1, id: 1 })).toMatchObject({
    name: 'loft',
    owners: ['Bob', 'Ann', 'C'],
  })
})

it('inserts statics alone, without a clustering key', async () => {
  const sent = await sentBy(async () => {
    await rooms.save({ house: 2, street: 'Short Lane' } as Room)
    await rooms.save({ house: 2, owners: ['Cid'] } as Room)
  })
  const columns = '("house", "owners", "street") VALUES (?, ?, ?)'
  expect(new Set(sent)).toEqual(new Set([`INSERT INTO "${keyspace.name}"."rooms" ${columns}`]))
  const { rows } = await keyspace.client.execute(
    `SELECT id, street, owners FROM "${keyspace.name}".rooms WHERE house = 2`,
  )
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { id: null, street: 'Short Lane', owners: ['Cid'] },
  ])
})

it('works with a client of yours, whatever its encoding options', async () => {
  const client = new Client({ ...connection(), keyspace: keyspace.name })
  const given = await new DataSource({ client, entities: [Thing] }).initialize()
  try {
    const repository = given.getRepository(Thing)
    const id = ++next
    await repository.update(
      { id },
      {
        tags: Append(['a']),
        colors: Add(new Set(['b'])),
        stock: Put(new Map([['c', 1]])),
        names: Put(new Map([[5n, 'five']])),
        numbers: Add([2n ** 60n]),
      },
    )
    await repository.update({ id }, { stock: Remove(['x']), tags: Append([]) })
    expect(await repository.findOneByOrFail({ id })).toMatchObject({
      tags: ['a'],
      colors: new Set(['b']),
      stock: new Map([['c', 1]]),
      names: new Map([[5n, 'five']]),
      numbers: [2n ** 60n],
    })
  } finally {
    await client.shutdown()
  }
})

it('sends the same statement for any number of elements', async () => {
  const id = ++next
  for (const length of [0, 1, 2, 50]) {
    const many = Array.from({ length }, (_, i) => `e${i}`)
    await things.update({ id }, { tags: Append(many), colors: Remove(many) })
  }
  const { rows } = await keyspace.client.execute(
    'SELECT query_string FROM system.prepared_statements',
  )
  const texts = rows
    .map((row) => String(row['query_string']))
    .filter(
      (text) =>
        text.includes(keyspace.name) &&
        text.includes('SET "tags" = "tags" + ?, "colors" = "colors" - '),
    )
  expect([...new Set(texts)]).toEqual([
    `UPDATE "${keyspace.name}"."things" SET "tags" = "tags" + ?, "colors" = "colors" - ? WHERE "id" = ?`,
  ])
})

it('is typed by the property', () => {
  const where = { id: 1 }
  const compiles = async () => {
    await things.update(where, {
      tags: Append(['a']),
      words: Prepend([]),
      parts: SetAt(0, new Map()),
    })
    await things.update(where, {
      numbers: Add([1, 2n]),
      colors: Remove(new Set(['a'])),
      name: null,
    })
    await things.update(where, {
      stock: Put({ a: 1 }),
      weights: Put(new Map([[one, 1]])),
      names: Put(new Map()),
    })
    await things.update(where, {
      attrs: Put({ a: '1' }),
      weights: Remove([one, 'text']),
      stock: Remove(['a']),
    })
    await things.update(where, { address: Fields({ zip: '1', street: null, floors: undefined }) })
  }
  const fails = async () => {
    // @ts-expect-error a text is not appended to
    await things.update(where, { name: Append(['a']) })
    // @ts-expect-error elements of the list
    await things.update(where, { tags: Append([1]) })
    // @ts-expect-error a list, not an element
    await things.update(where, { tags: Append('a') })
    // @ts-expect-error an index is a number
    await things.update(where, { tags: SetAt('0', 'a') })
    // @ts-expect-error a set has no end
    await things.update(where, { colors: Append(['a']) })
    // @ts-expect-error a map has entries
    await things.update(where, { stock: Add(['a']) })
    // @ts-expect-error values of the map
    await things.update(where, { attrs: Put({ a: 1 }) })
    // @ts-expect-error keys of the map
    await things.update(where, { names: Remove([true]) })
    // @ts-expect-error uuids come in a Map or as text, numbers do not
    await things.update(where, { weights: Put(new Map([[1, 1]])) })
    // @ts-expect-error no such field
    await things.update(where, { address: Fields({ zip: '1', zap: '2' }) })
    // @ts-expect-error a field of another type
    await things.update(where, { address: Fields({ zip: 1 }) })
    // @ts-expect-error a user-defined type has fields
    await things.update(where, { address: Put({ zip: '1' }) })
    // @ts-expect-error null deletes only what may be absent
    await things.update(where, { tags: null })
    // @ts-expect-error a condition is not written
    await things.update(where, { name: In(['a']) })
  }
  expect([compiles, fails].every((each) => typeof each === 'function')).toBe(true)
})
