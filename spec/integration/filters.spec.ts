import {
  And,
  Between,
  ClusteringKey,
  Column,
  Contains,
  ContainsKey,
  Entity,
  Entry,
  Equal,
  In,
  Index,
  LessThan,
  Like,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  type Where,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('things')
class Thing {
  @PartitionKey('text') shop!: string
  @PartitionKey('int') year!: number
  @ClusteringKey('int') id!: number
  @ClusteringKey('text') part!: string
  @Index({ using: 'sai' }) @Column('text') brand!: string
  @Index({ using: 'sai' }) @Column('int') price!: number
  @Index({ using: 'sai' }) @Column('bigint') weight!: bigint
  @Index({ using: 'sai' }) @Column('set<text>') tags = new Set<string>()
  @Index({ using: 'sai', on: 'keys' })
  @Index({ using: 'sai', on: 'values' })
  @Index({ using: 'sai', on: 'entries' })
  @Column('map<text, int>')
  stock = new Map<string, number>()
  @Index() @Column('text') color!: string
  @Column('text') plain!: string
}

const { db, keyspace } = useDataSource([Thing])
const things = db.getRepository(Thing)

beforeAll(async () => {
  await things.save(
    [1, 2, 3, 4, 5, 6].map((id) =>
      things.create({
        shop: id < 4 ? 'a' : 'b',
        year: 2026,
        id,
        part: `p${id}`,
        brand: id % 2 === 0 ? 'Acme' : 'Zeta',
        price: id * 10,
        weight: BigInt(id),
        tags: new Set(id < 3 ? ['new', 'hot'] : ['old']),
        stock: new Map([[`k${id % 3}`, id]]),
        color: id === 1 ? 'red' : 'blue',
        plain: `x${id}`,
      }),
    ),
  )
  for (;;) {
    const { rows } = await keyspace.client.execute(
      'SELECT is_queryable FROM system_views.sai_column_indexes WHERE keyspace_name = ?',
      [keyspace.name],
      { prepare: true },
    )
    if (rows.length === 7 && rows.every((row) => row['is_queryable'] === true)) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})

async function ids(where: Where<Thing>, allowFiltering = false): Promise<number[]> {
  const found = await things.find({ where, allowFiltering, select: ['id'] })
  return found.map(({ id }) => id).sort()
}

const key = { shop: 'a', year: 2026 }

it('asks several SAI together, each with the operators that its type has', async () => {
  expect(await ids({ brand: 'Acme', price: MoreThan(20) })).toEqual([4, 6])
  expect(await ids({ brand: Equal('Zeta'), price: Between(10, 30), weight: LessThan(3n) })).toEqual(
    [1],
  )
  expect(await ids({ ...key, price: And(MoreThanOrEqual(20), LessThan(30)) })).toEqual([2])
  expect(await ids({ tags: Contains('new'), brand: 'Acme' })).toEqual([2])
  expect(await ids({ tags: And(Contains('new'), Contains('hot')) })).toEqual([1, 2])
})

it('asks maps for keys, values and entries', async () => {
  expect(await ids({ stock: ContainsKey('k1') })).toEqual([1, 4])
  expect(await ids({ stock: Contains(4) })).toEqual([4])
  expect(await ids({ stock: Entry('k1', 4) })).toEqual([4])
  expect(await ids({ stock: Entry('k1', 5) })).toEqual([])
})

it('asks a secondary index, alone or with the key', async () => {
  expect(await ids({ color: 'red' })).toEqual([1])
  expect(await ids({ ...key, color: 'blue' })).toEqual([2, 3])
})

it('takes In on every part of the key, and elsewhere where filtering is allowed', async () => {
  expect(await ids({ shop: In(['a', 'b']), year: In([2026, 2027]) })).toEqual([1, 2, 3, 4, 5, 6])
  expect(await ids({ ...key, id: In([1, 3, 9]) })).toEqual([1, 3])
  expect(await ids({ ...key, id: In([1, 3]), part: In(['p3', 'p4']) })).toEqual([3])
  expect(await ids({ ...key, id: In([1, 2]), part: MoreThan('p1') })).toEqual([2])
  expect(await ids({ plain: In(['x1', 'x5']) }, true)).toEqual([1, 5])
})

it('filters where it is allowed, and says what is missing where it is not', async () => {
  await expect(ids({ plain: 'x1' })).rejects.toThrow(
    `Thing: 'plain' is neither in the primary key nor indexed`,
  )
  expect(await ids({ plain: 'x1' }, true)).toEqual([1])
  expect(await ids({ ...key, plain: MoreThan('x1') }, true)).toEqual([2, 3])
  await expect(ids({ shop: 'a' })).rejects.toThrow('year')
  expect(await ids({ shop: 'a' }, true)).toEqual([1, 2, 3])
  await expect(ids({ brand: Like('A%') })).rejects.toThrow(`Like() on 'brand' needs a SASI index`)
})

it('answers nothing for an empty list without asking', async () => {
  const before = await prepared()
  expect(await ids({ shop: In([]), year: 2026 })).toEqual([])
  expect(await things.count({ where: { ...key, id: In([]) } })).toBe(0)
  expect(await things.exists({ where: { ...key, id: In([]) } })).toBe(false)
  expect((await things.findPage({ where: { ...key, id: In([]) } })).items).toEqual([])
  expect(await prepared()).toEqual(before)
})

it('is one prepared statement for lists of any length and limits of any value', async () => {
  const read = (list: readonly number[], limit: number) =>
    things.find({ where: { ...key, id: In(list) }, limit, perPartitionLimit: limit + 1 })
  await read([1], 1)
  const after = await prepared()
  for (const length of [0, 1, 2, 100]) {
    await read(
      Array.from({ length }, (_, i) => i),
      length + 1,
    )
  }
  expect(await prepared()).toEqual(after)
  expect(
    after.filter((text) => text.includes('"id" IN ?') && text.includes('LIMIT ?')),
  ).toHaveLength(1)
})

/** What the server has prepared for this keyspace; it keeps a qualified text under two names. */
async function prepared(): Promise<string[]> {
  const { rows } = await keyspace.client.execute(
    'SELECT query_string FROM system.prepared_statements',
  )
  const texts = new Set(rows.map((row) => String(row['query_string'])))
  return [...texts]
    .filter((text) => text.includes(`"${keyspace.name}"."things"`) && text.startsWith('SELECT'))
    .sort()
}
