import { ClusteringKey, Column, Entity, PartitionKey, StaticColumn, ValueError } from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'

@Entity('items')
class Item {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') at!: number
  @StaticColumn('text') owner?: string | null
  @Column('text') name?: string | null
  @Column('int') amount?: number | null
  @Column('double') price?: number | null
  @Column('timestamp') seen?: Date | null
  @Column('list<text>') tags?: string[] | null
  @Column('set<int>') marks?: Set<number> | null
  @Column('map<text, int>') counts?: Map<string, number> | null
  @Column('frozen<list<int>>') path?: number[] | null
}

const { db, keyspace } = useDataSource([Item])
const items = db.getRepository(Item)

/** What the database itself says of a row, beside us. */
async function stored(selectors: string, id: number, at = 0): Promise<Record<string, unknown>> {
  const { rows } = await keyspace.client.execute(
    `SELECT ${selectors} FROM ${keyspace.name}.items WHERE id = ? AND at = ?`,
    [id, at],
    { prepare: true },
  )
  return { ...rows[0] }
}

/** The statements of this keyspace that the server has prepared; it keeps each under two ids. */
async function prepared(verb: string): Promise<string[]> {
  const { rows } = await keyspace.client.execute(
    'SELECT query_string FROM system.prepared_statements',
  )
  const texts = new Set(rows.map((row) => String(row['query_string'])))
  return [...texts].filter((cql) => cql.startsWith(`${verb} "${keyspace.name}"`))
}

const optional = ['name', 'amount', 'price', 'seen', 'tags', 'marks', 'counts', 'path'] as const
const whole = () =>
  items.create({
    id: 0,
    at: 0,
    name: 'Anvil',
    amount: 1,
    price: 1.5,
    seen: new Date(0),
    tags: ['a'],
    marks: new Set([1]),
    counts: new Map([['a', 1]]),
    path: [1, 2],
  })

it('saves whatever is missing with one prepared statement', async () => {
  const saved = Array.from({ length: 1000 }, (_, i) => {
    const item = whole()
    item.id = 1000 + (i % 10)
    item.at = i
    for (const [bit, property] of optional.entries()) {
      if (((i * 37) >> bit) % 2 === 1) delete item[property]
      else if (i % 7 === bit) item[property] = null
    }
    return item
  })
  await items.save(saved)
  expect(await prepared('INSERT INTO')).toEqual([
    `INSERT INTO "${keyspace.name}"."items" ("id", "at", "owner", "name", "amount", "price", "seen", ` +
      '"tags", "marks", "counts", "path") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ])
  for (const at of [0, 1, 500, 999]) {
    const item = saved[at] as Item
    const { tags = null, marks = null, counts = null } = item
    expect(await items.findOneByOrFail({ id: item.id, at })).toEqual({
      ...Object.fromEntries(optional.map((property) => [property, item[property] ?? null])),
      id: item.id,
      at,
      owner: null,
      tags: tags ?? [],
      marks: marks ?? new Set(),
      counts: counts ?? new Map(),
    })
  }
})

it('leaves an undefined column as it is, value and write time', async () => {
  await items.save({ ...whole(), id: 1 }, { timestamp: 1000n })
  await items.save({ id: 1, at: 0, amount: 2 } as Item, { timestamp: 2000n })
  await items.update({ id: 1, at: 0 }, { price: 3, name: undefined }, { timestamp: 3000n })
  expect(
    await stored('name, writetime(name) AS n, writetime(amount) AS a, writetime(price) AS p', 1),
  ).toMatchObject({ name: 'Anvil', n: { low: 1000 }, a: { low: 2000 }, p: { low: 3000 } })
  expect(await stored('tags, counts, path', 1)).toEqual({
    tags: ['a'],
    counts: { a: 1 },
    path: [1, 2],
  })
})

it('writes no tombstone for an undefined column: an older write of it comes through', async () => {
  await items.save({ id: 2, at: 0, amount: 1 } as Item, { timestamp: 2000n })
  // What is deleted at 2000 hides what was written at 1000.
  await items.save({ ...whole(), id: 2 }, { timestamp: 1000n })
  expect(await items.findOneByOrFail({ id: 2, at: 0 })).toMatchObject({
    name: 'Anvil',
    amount: 1,
    tags: ['a'],
    marks: new Set([1]),
    counts: new Map([['a', 1]]),
    path: [1, 2],
  })
})

it('writes a tombstone for null', async () => {
  const nothing = Object.fromEntries(optional.map((property) => [property, null]))
  await items.save({ ...nothing, id: 3, at: 0 } as unknown as Item, { timestamp: 2000n })
  await items.save({ ...whole(), id: 3 }, { timestamp: 1000n })
  expect(await items.findOneByOrFail({ id: 3, at: 0 })).toEqual({
    ...nothing,
    id: 3,
    at: 0,
    owner: null,
    tags: [],
    marks: new Set(),
    counts: new Map(),
  })
})

it('deletes with null in save and in update', async () => {
  await items.save({ ...whole(), id: 4 })
  await items.save({ id: 4, at: 0, name: null, counts: null } as Item)
  await items.update({ id: 4, at: 0 }, { amount: null, tags: null, path: null })
  expect(await stored('name, amount, price, tags, marks, counts, path', 4)).toEqual({
    name: null,
    amount: null,
    price: 1.5,
    tags: null,
    marks: [1],
    counts: null,
    path: null,
  })
  expect(await items.findOneByOrFail({ id: 4, at: 0 })).toMatchObject({
    name: null,
    amount: null,
    tags: [],
    counts: new Map(),
    path: null,
  })
})

it('overwrites collections that are given whole, empty ones too', async () => {
  await items.save({ ...whole(), id: 5 })
  await items.save({ id: 5, at: 0, tags: ['b', 'c'], marks: new Set([2]) } as Item)
  await items.update({ id: 5, at: 0 }, { counts: new Map([['b', 2]]) })
  expect(await stored('tags, marks, counts', 5)).toEqual({
    tags: ['b', 'c'],
    marks: [2],
    counts: { b: 2 },
  })
  await items.save(items.create({ id: 5, at: 0, tags: [], marks: new Set(), counts: new Map() }))
  expect(await stored('tags, marks, counts', 5)).toEqual({ tags: null, marks: null, counts: null })
})

it('keeps an empty frozen collection apart from none', async () => {
  await items.save({ id: 6, at: 0, path: [] } as unknown as Item)
  await items.save({ id: 6, at: 1, path: null } as Item)
  expect((await items.findOneByOrFail({ id: 6, at: 0 })).path).toEqual([])
  expect((await items.findOneByOrFail({ id: 6, at: 1 })).path).toBeNull()
})

it('keeps a row of which nothing but the key was saved', async () => {
  await items.save({ id: 7, at: 0 } as Item)
  await items.update({ id: 7, at: 1 }, { name: 'x' })
  await items.update({ id: 7, at: 0 }, { name: null })
  await items.update({ id: 7, at: 1 }, { name: null })
  expect((await items.findBy({ id: 7 })).map(({ at }) => at)).toEqual([0])
})

it('saves statics alone with the partition key alone', async () => {
  await items.save({ id: 8, owner: 'me' } as Item)
  await items.save({ id: 8, at: 1, name: 'x' } as Item)
  expect(await items.findBy({ id: 8 })).toMatchObject([{ at: 1, owner: 'me', name: 'x' }])
  await items.update({ id: 8 }, { owner: null })
  expect(await items.findBy({ id: 8 })).toMatchObject([{ at: 1, owner: null, name: 'x' }])
})

it.each([
  [{ at: 1 }, 'Item.id'],
  [{ id: null, at: 1 }, 'Item.id'],
  [{ id: 1 }, 'Item.at'],
  [{ id: 1, at: null }, 'Item.at'],
])('refuses a key without its value: %p', async (item, where) => {
  const error = await failure(() => items.save(item as Item))
  expect(error).toBeInstanceOf(ValueError)
  expect(error.message).toBe(`${where}: belongs to the primary key and needs a value`)
})
