import {
  Append,
  BigDecimal,
  ClusteringKey,
  Column,
  Entity,
  Field,
  Fields,
  PartitionKey,
  Put,
  Remove,
  SetAt,
  UserDefinedType,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { sentBy } from '../server/sent-by'

@UserDefinedType('size')
class Size {
  @Field('int') w?: number | null
  @Field('int') h?: number | null
}

@Entity({ name: 'tracked', trackChanges: true })
class Tracked {
  @PartitionKey('int') id!: number
  @ClusteringKey('frozen<set<int>>') key!: Set<number>
  @Column('set<frozen<set<int>>>') groups = new Set<Set<number>>()
  @Column('map<decimal, text>') prices = new Map<BigDecimal, string>()
  @Column('decimal') amount?: BigDecimal | null
}

@Entity('rows')
class Row {
  @PartitionKey('int') id!: number
  @ClusteringKey('decimal') no!: BigDecimal
  @ClusteringKey('double') at!: number
  @Column('text') v?: string | null
}

@Entity('bags')
class Bag {
  @PartitionKey('int') id!: number
  @Column('list<int>') list: number[] = []
  @Column('set<text>') set = new Set<string>()
  @Column('map<text, int>') map = new Map<string, number>()
  @Column(() => Size) size?: Size | null
}

const { db } = useDataSource([Tracked, Row, Bag])
const decimal = (text: string) => BigDecimal.fromString(text)
const one = decimal('1.0')
const same = decimal('1.00')
const two = decimal('2')

describe('a tracked save', () => {
  const tracked = () => db.getRepository(Tracked)
  const stored = (id: number) => tracked().findOneByOrFail({ id })

  it('keeps an element and an entry that are replaced by what the server holds equal', async () => {
    await tracked().save(
      tracked().create({
        id: 1,
        key: new Set([1]),
        groups: new Set([new Set([1, 2]), new Set([9])]),
        prices: new Map([[one, 'a'], [two, 'b']]), // prettier-ignore
      }),
    )
    const entity = await stored(1)
    const [first] = entity.groups
    first?.delete(1)
    first?.add(1)
    entity.prices = new Map([[same, 'c'], [two, 'b']]) // prettier-ignore
    await tracked().save(entity)
    const { groups, prices } = await stored(1)
    expect([...groups].map((group) => [...group].toString()).sort()).toEqual(['1,2', '9'])
    expect([...prices.values()].sort()).toEqual(['b', 'c'])
  })

  it('sends nothing of equal values', async () => {
    const entity = tracked().create({
      id: 2,
      key: new Set([1, 2]),
      amount: one,
      prices: new Map([[one, 'a']]),
    })
    await tracked().save(entity)
    entity.key = new Set([2, 1])
    entity.amount = same
    entity.prices = new Map([[same, 'a']])
    expect(await sentBy(() => tracked().save(entity))).toEqual([])
    expect(tracked().changes(entity)).toEqual({})
  })
})

describe('a batch', () => {
  it('knows one row by equal keys', async () => {
    const deleted = db
      .batch()
      .delete(Row, { id: 1, no: one, at: 0 })
      .insert(Row, { id: 1, no: same, at: 0, v: 'new' })
    await expect(deleted.execute()).rejects.toThrow('Row: a row is deleted and written')
    const twice = db
      .batch()
      .update(Row, { id: 1, no: one, at: 0 }, { v: 'zebra, first' })
      .update(Row, { id: 1, no: same, at: 0 }, { v: 'ant, last' })
    await expect(twice.execute()).rejects.toThrow('Row.v of one row is written twice')
    const ranged = db
      .batch()
      .delete(Row, { id: 1, no: two })
      .insert(Row, { id: 1, no: decimal('2.000'), at: Number.NaN, v: 'new' })
    await expect(ranged.execute()).rejects.toThrow('Row: a row is deleted and written')
  })

  it('writes other cells of one collection, which the server joins', async () => {
    const bags = db.getRepository(Bag)
    await bags.save({
      id: 1,
      list: [1, 2, 3],
      set: new Set(['p', 'q', 'r']),
      map: new Map([['x', 1], ['y', 2]]), // prettier-ignore
      size: Object.assign(new Size(), { w: 0, h: 0 }),
    })
    await db
      .batch()
      .update(Bag, { id: 1 }, { list: SetAt(0, 10), map: Put({ a: 1 }), size: Fields({ w: 5 }) })
      .update(Bag, { id: 1 }, { list: SetAt(1, 20), map: Put({ b: 2 }), size: Fields({ h: 6 }) })
      .update(Bag, { id: 1 }, { list: Append([4]), set: Remove(['p']), map: Remove(['x']) })
      .delete(Bag, { id: 1 }, { elements: { set: ['q'], list: [2] } })
      .execute()
    expect(await bags.findOneByOrFail({ id: 1 })).toEqual(
      Object.assign(new Bag(), {
        id: 1,
        list: [10, 20, 4],
        set: new Set(['r']),
        map: new Map([['a', 1], ['b', 2], ['y', 2]]), // prettier-ignore
        size: Object.assign(new Size(), { w: 5, h: 6 }),
      }),
    )
  })

  it('refuses two equal lists, of which the server would keep both', async () => {
    const lists = db
      .batch()
      .update(Bag, { id: 2 }, { list: [1] })
      .update(Bag, { id: 2 }, { list: [1] })
    await expect(lists.execute()).rejects.toThrow('Bag.list of one row is written twice')
  })
})
