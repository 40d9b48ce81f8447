import {
  Between,
  ClusteringKey,
  Column,
  Contains,
  Entity,
  In,
  Index,
  MoreThan,
  PartitionKey,
  param,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('offers')
class Offer {
  @PartitionKey('text') brand!: string
  @ClusteringKey('int') price!: number
  @Column('text') name!: string
  @Index() @Column('set<text>') tags = new Set<string>()
}

const { db, keyspace } = useDataSource([Offer])
const offers = db.getRepository(Offer)

beforeAll(async () => {
  await offers.save(
    ['Acme', 'Bolt'].flatMap((brand) =>
      Array.from({ length: 30 }, (_, price) =>
        offers.create({
          brand,
          price,
          name: `${brand} ${price}`,
          tags: new Set(price % 2 === 0 ? ['even'] : ['odd']),
        }),
      ),
    ),
  )
})

const prices = (found: readonly { price: number }[]) => found.map(({ price }) => price)

it('reads with its parameters alone, as the same read without them does', async () => {
  const query = offers.prepare({
    where: { brand: param('brand'), price: MoreThan(param('min')) },
    limit: 10,
  })
  expect(query.cql).toBe(
    'SELECT "brand", "price", "name", "tags" ' +
      `FROM "${keyspace.name}"."offers" WHERE "brand" = ? AND "price" > ? LIMIT ?`,
  )
  const found = await query.find({ brand: 'Acme', min: 3 })
  expect(found).toEqual(
    await offers.find({ where: { brand: 'Acme', price: MoreThan(3) }, limit: 10 }),
  )
  expect(found[0]).toBeInstanceOf(Offer)
  expect(prices(await query.find({ brand: 'Bolt', min: 27 }))).toEqual([28, 29])
  expect(await query.findOne({ brand: 'Bolt', min: 5 })).toMatchObject({ brand: 'Bolt', price: 6 })
  expect(await query.findOne({ brand: 'None', min: 5 })).toBeNull()
})

it('takes lists, ranges, elements and limits as parameters', async () => {
  const listed = offers.prepare({
    where: { brand: In(param('brands')), price: Between(param('from'), 4) },
    select: ['price'],
    orderBy: { price: 'desc' },
  })
  expect(await listed.find({ brands: ['Acme', 'Bolt'], from: 3 })).toEqual([
    { price: 4 },
    { price: 4 },
    { price: 3 },
    { price: 3 },
  ])
  expect(await listed.find({ brands: [], from: 3 })).toEqual([])
  const tagged = offers.prepare({
    where: { brand: 'Acme', tags: Contains(param('tag')) },
    limit: param('most'),
  })
  expect(prices(await tagged.find({ tag: 'odd', most: 2 }))).toEqual([1, 3])
})

it('pages and streams', async () => {
  const query = offers.prepare({ where: { brand: param('brand') }, fetchSize: 7 })
  const all: number[] = []
  let pageState: string | null | undefined
  do {
    const page = await query.findPage({ brand: 'Acme' }, { pageState })
    all.push(...prices(page.items))
    pageState = page.pageState
  } while (pageState !== null)
  expect(all).toEqual(Array.from({ length: 30 }, (_, i) => i))
  const streamed: number[] = []
  for await (const { price } of query.stream({ brand: 'Bolt' })) streamed.push(price)
  expect(streamed).toEqual(all)
  const first = await query.findPage({ brand: 'Acme' })
  await expect(query.findPage({ brand: 'Bolt' }, { pageState: first.pageState })).rejects.toThrow(
    'the pageState belongs to another read',
  )
  // The same read without a preparation takes the same token.
  const next = await offers.findPage({
    where: { brand: 'Acme' },
    fetchSize: 7,
    pageState: first.pageState,
  })
  expect(prices(next.items)).toEqual([7, 8, 9, 10, 11, 12, 13])
})

it.each<[params: unknown, message: string]>([
  [{ brand: 'x' }, "Offer: the prepared query needs a value for 'min'"],
  [{ brand: 'x', mn: 3 }, "Offer: the prepared query has no parameter 'mn'; did you mean 'min'?"],
  [{ brand: 'x', min: 1, more: 2 }, "Offer: the prepared query has no parameter 'more'"],
  [
    { brand: 'x', min: undefined },
    "Offer.price (parameter 'min'): undefined in a where would not filter; give a value",
  ],
  [{ brand: null, min: 1 }, "Offer.brand (parameter 'brand'): null in a where would not filter"],
  [{ brand: 'x', min: 1.5 }, "Offer.price (parameter 'min'): needs a whole number"],
  [undefined, 'Offer: the parameters of a prepared query must be an object'],
])('refuses %p before anything is sent', async (params, message) => {
  const query = offers.prepare({
    where: { brand: param('brand'), price: MoreThan(param('min')) },
  })
  await expect(query.find(params as never)).rejects.toThrow(message)
  await expect(query.findOne(params as never)).rejects.toThrow(message)
  await expect(query.findPage(params as never)).rejects.toThrow(message)
  expect(() => query.stream(params as never)).toThrow(message)
})

it('refuses what cannot be served when it is prepared', () => {
  expect(() => offers.prepare({ where: { name: param('name') } })).toThrow(
    "'name' is neither in the primary key nor indexed",
  )
  expect(() => offers.prepare({ wher: {} } as never)).toThrow("prepare has no option 'wher'")
  expect(() => offers.prepare({ where: { nme: param('x') } } as never)).toThrow(
    "did you mean 'name'?",
  )
})

export async function compileTime(): Promise<void> {
  const query = offers.prepare({
    where: { brand: In(param('brands')), price: MoreThan(param('min')) },
    select: ['name'],
    limit: param('most'),
  })
  const [found] = await query.find({ brands: ['a'], min: 1, most: 3 })
  found?.name.trim()
  // @ts-expect-error: not selected
  void found?.price
  // @ts-expect-error: a list
  await query.find({ brands: 'a', min: 1, most: 3 })
  // @ts-expect-error: a number
  await query.find({ brands: ['a'], min: 'x', most: 3 })
  // @ts-expect-error: missing
  await query.find({ brands: ['a'], most: 3 })
  // @ts-expect-error: no such parameter
  await query.find({ brands: ['a'], min: 1, most: 3, max: 4 })
  // @ts-expect-error: no such property
  offers.prepare({ where: { brnd: param('x') } })
  // @ts-expect-error: another type
  offers.prepare({ where: { price: 'x' } })
}
