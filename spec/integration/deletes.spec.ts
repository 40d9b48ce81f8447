import {
  And,
  Between,
  ClusteringKey,
  Column,
  type DeleteOptions,
  Entity,
  Field,
  In,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  StaticColumn,
  UserDefinedType,
  Uuid,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { sentBy } from '../server/sent-by'

@UserDefinedType('address')
class Address {
  @Field('text') street?: string | null
  @Field({ type: 'text', name: 'Zip' }) zip?: string | null
}

@Entity('rows')
class Row {
  @PartitionKey('int') p!: number
  @ClusteringKey('int') c!: number
  @ClusteringKey('int', { order: 'desc' }) d!: number
  @StaticColumn('text') owner?: string | null
  @StaticColumn('set<text>') marks = new Set<string>()
  @Column('text') name?: string | null
}

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('list<text>') tags: string[] = []
  @Column('set<text>') colors = new Set<string>()
  @Column('set<int>', { as: 'array' }) numbers: number[] = []
  @Column('map<text, text>', { as: 'object' }) attrs: Record<string, string> = {}
  @Column('map<uuid, int>') weights = new Map<Uuid, number>()
  @Column(() => Address) address?: Address | null
}

const { db } = useDataSource([Row, Thing])
const rows = db.getRepository(Row)
const things = db.getRepository(Thing)
let next = 0

const pairs = [1, 2, 3].flatMap((c) => [1, 2, 3].map((d) => [c, d] as const))

/** A new partition with nine rows, from c 1, d 1 to c 3, d 3. */
async function partition(): Promise<number> {
  const p = ++next
  await rows.save(pairs.map(([c, d]) => rows.create({ p, c, d, name: `${c}${d}` })))
  return p
}

async function left(p: number): Promise<string> {
  const found = await rows.find({ where: { p }, select: ['c', 'd'] })
  return found.map(({ c, d }) => `${c}${d}`).join(' ')
}

describe('of rows', () => {
  it.each([
    ['one row', { c: 1, d: 2 }, '13 11 23 22 21 33 32 31'],
    ['a prefix', { c: 2 }, '13 12 11 33 32 31'],
    ['In', { c: In([1, 3]), d: In([1, 2]) }, '13 23 22 21 33'],
    ['MoreThan', { c: MoreThan(1) }, '13 12 11'],
    ['MoreThanOrEqual', { c: MoreThanOrEqual(3) }, '13 12 11 23 22 21'],
    ['LessThan', { c: LessThan(3) }, '33 32 31'],
    ['LessThanOrEqual', { c: LessThanOrEqual(3) }, ''],
    ['Between', { c: Between(2, 3) }, '13 12 11'],
    ['And', { c: And(MoreThan(1), LessThan(3)) }, '13 12 11 33 32 31'],
    [
      'a range after a prefix, in a descending column',
      { c: 2, d: MoreThan(1) },
      '13 12 11 21 33 32 31',
    ],
    ['the partition', {}, ''],
  ])('%s', async (_, where, after) => {
    const p = await partition()
    const other = await partition()
    await rows.delete({ p, ...where })
    expect(await left(p)).toBe(after)
    expect((await left(other)).split(' ')).toHaveLength(9)
  })

  it('of several partitions, and of none', async () => {
    const [one, two] = [await partition(), await partition()]
    await rows.delete({ p: In([one, two]), c: 1 })
    expect(await left(one)).toBe('23 22 21 33 32 31')
    expect(await left(two)).toBe('23 22 21 33 32 31')
    expect(await sentBy(() => rows.delete({ p: In([]) }))).toEqual([])
  })

  it('by an entity', async () => {
    const p = await partition()
    await rows.remove(rows.create({ p, c: 1, d: 1 }))
    expect((await left(p)).split(' ')).toHaveLength(8)
  })

  it('only what was written before its timestamp', async () => {
    const p = ++next
    await rows.save(rows.create({ p, c: 1, d: 1, name: 'old' }), { timestamp: 10n })
    await rows.save(rows.create({ p, c: 1, d: 2, name: 'new' }), { timestamp: 30n })
    await rows.delete({ p, c: 1 }, { timestamp: 20n })
    expect(await left(p)).toBe('12')
  })
})

describe('of columns', () => {
  it('leaves the row and its other columns', async () => {
    const p = await partition()
    await rows.delete({ p, c: 1, d: In([1, 2]) }, { columns: ['name'] })
    expect((await rows.findBy({ p, c: 1 })).map(({ d, name }) => [d, name])).toEqual([
      [3, '13'],
      [2, null],
      [1, null],
    ])
  })

  it('of statics, by the partition key alone', async () => {
    const p = await partition()
    await rows.update({ p }, { owner: 'Ann', marks: new Set(['a', 'b']) })
    await rows.delete({ p }, { columns: ['owner'], elements: { marks: ['a'] } })
    expect(await rows.findOne({ where: { p } })).toMatchObject({
      owner: null,
      marks: new Set(['b']),
    })
    await expect(rows.delete({ p, c: 1, d: 1 }, { columns: ['owner'] })).rejects.toThrow(
      `Row: a delete of static columns alone concerns the partition, and where names 'c', 'd'`,
    )
  })
})

describe('of elements', () => {
  const uuid = Uuid.random()
  const full = (id: number) =>
    things.create({
      id,
      name: 'x',
      tags: ['a', 'b', 'c', 'd'],
      colors: new Set(['red', 'green']),
      numbers: [1, 2, 3],
      attrs: { a: '1', b: '2' },
      weights: new Map([[uuid, 1]]),
      address: Object.assign(new Address(), { street: 'Long Lane', zip: '1' }),
    })

  it.each<[string, DeleteOptions<Thing, false>, object]>([
    ['keys of a map', { elements: { attrs: ['a', 'x'] } }, { attrs: { b: '2' } }],
    ['uuid keys', { elements: { weights: [uuid] } }, { weights: new Map() }],
    ['uuid keys as text', { elements: { weights: [uuid.toString()] } }, { weights: new Map() }],
    ['elements of a set', { elements: { colors: ['red'] } }, { colors: new Set(['green']) }],
    ['of a set kept as an array', { elements: { numbers: [1, 3] } }, { numbers: [2] }],
    ['one index of a list', { elements: { tags: [1] } }, { tags: ['a', 'c', 'd'] }],
    ['indexes as they were before', { elements: { tags: [0, 1, 3] } }, { tags: ['c'] }],
    ['an index that is named twice', { elements: { tags: [0, 0] } }, { tags: ['b', 'c', 'd'] }],
    ['fields', { elements: { address: ['zip'] } }, { address: { street: 'Long Lane', zip: null } }],
    [
      'of several columns, and whole ones beside them',
      { columns: ['name'], elements: { attrs: ['b'], tags: [0], address: ['street'] } },
      {
        name: null,
        attrs: { a: '1' },
        tags: ['b', 'c', 'd'],
        address: { street: null, zip: '1' },
      },
    ],
  ])('%s', async (_, options, after) => {
    const id = ++next
    await things.save(full(id))
    await things.delete({ id }, options)
    expect(await things.findOneByOrFail({ id })).toEqual({ ...full(id), ...after })
  })

  it('makes no row', async () => {
    const id = ++next
    await things.delete({ id }, { elements: { attrs: ['a'], address: ['zip'] }, columns: ['name'] })
    expect(await things.existsBy({ id })).toBe(false)
  })

  it('takes a timestamp, and a condition', async () => {
    const id = ++next
    await things.save(things.create({ id, name: 'x', attrs: { a: '1' } }), { timestamp: 100n })
    await things.delete({ id }, { elements: { attrs: ['a'] }, timestamp: 50n })
    expect((await things.findOneByOrFail({ id })).attrs).toEqual({ a: '1' })
    expect(
      await things.delete({ id }, { elements: { attrs: ['a'] }, if: { name: 'y' } }),
    ).toMatchObject({ applied: false, existing: { name: 'x' } })
    expect(await things.delete({ id }, { elements: { attrs: ['a'] }, ifExists: true })).toEqual({
      applied: true,
    })
    expect((await things.findOneByOrFail({ id })).attrs).toEqual({})
  })

  it('leaves it to the server to find no element at an index', async () => {
    const id = ++next
    await things.save(full(id))
    await expect(things.delete({ id }, { elements: { tags: [4] } })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('List index 4 out of bound, list has size 4') as string,
    })
  })

  it('is typed', () => {
    const never = async () => {
      // @ts-expect-error a text has no elements
      await things.delete({ id: 1 }, { elements: { name: ['x'] } })
      // @ts-expect-error no such field
      await things.delete({ id: 1 }, { elements: { address: ['zap'] } })
      // @ts-expect-error no such property
      await things.delete({ id: 1 }, { elements: { attr: ['a'] } })
    }
    expect(never).toBeInstanceOf(Function)
  })

  it('works in a batch', async () => {
    const id = ++next
    await things.save(full(id))
    await db
      .batch()
      .delete(Thing, { id }, { elements: { attrs: ['a'] } })
      .update(Thing, { id }, { name: 'y' })
      .execute()
    expect(await things.findOneByOrFail({ id })).toMatchObject({ name: 'y', attrs: { b: '2' } })
  })
})
