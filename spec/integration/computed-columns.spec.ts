import {
  ClusteringKey,
  Column,
  ComputedColumn,
  DeclarationError,
  Entity,
  PartitionKey,
  StaticColumn,
  getEntityMetadata,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('offers')
class Offer {
  @PartitionKey('text') shop!: string
  @ClusteringKey('int') id!: number
  @StaticColumn('text') note?: string | null
  @Column('double') price?: number | null
  @Column('set<text>') tags = new Set<string>()
  @ComputedColumn({ function: 'writetime', of: 'price' }) pricedAt?: bigint | null
  @ComputedColumn({ function: 'ttl', of: 'price', name: 'left' }) secondsLeft?: number | null
  @ComputedColumn({ function: 'maxwritetime', of: 'tags' }) taggedAt?: bigint | null
  @ComputedColumn({ function: 'writetime', of: 'note' }) declare notedAt?: bigint | null
}

const { db } = useDataSource([Offer])
const offers = db.getRepository(Offer)

it('reads what the server computes, null where there is nothing', async () => {
  await offers.save(
    offers.create({ shop: 'a', id: 1, price: 1.5, note: 'n', tags: new Set(['x']) }),
    {
      ttl: 1000,
      timestamp: 1_700_000_000_000_001n,
    },
  )
  const found = await offers.findOneByOrFail({ shop: 'a', id: 1 })
  expect(found).toMatchObject({
    pricedAt: 1_700_000_000_000_001n,
    taggedAt: 1_700_000_000_000_001n,
    notedAt: 1_700_000_000_000_001n,
  })
  expect(found.secondsLeft).toBeGreaterThan(900)
  expect(found.secondsLeft).toBeLessThanOrEqual(1000)
  await offers.save(offers.create({ shop: 'b', id: 1 }))
  expect(await offers.findOneBy({ shop: 'b', id: 1 })).toMatchObject({
    price: null,
    pricedAt: null,
    secondsLeft: null,
    taggedAt: null,
    notedAt: null,
  })
})

it('can be selected alone, and of statics with distinct', async () => {
  await offers.save(offers.create({ shop: 'c', id: 1, price: 2, note: 'n' }), { timestamp: 5n })
  const where = { shop: 'c' }
  expect(await offers.find({ where, select: ['pricedAt'] })).toEqual([{ pricedAt: 5n }])
  expect(await offers.find({ where, select: ['shop', 'notedAt'], distinct: true })).toEqual([
    { shop: 'c', notedAt: 5n },
  ])
})

it('is not in the table, and is not written by a save of what was read', async () => {
  await offers.save(offers.create({ shop: 'd', id: 1, price: 2 }), { timestamp: 5n })
  const found = await offers.findOneByOrFail({ shop: 'd', id: 1 })
  await offers.save(found)
  expect((await offers.findOneByOrFail({ shop: 'd', id: 1 })).pricedAt).toBeGreaterThan(5n)
  expect((await db.schema.plan()).changes).toEqual([])
})

it('can only be selected', async () => {
  const computed = 'is computed: it can be selected, and nothing else'
  await expect(offers.findBy({ pricedAt: 5n })).rejects.toThrow(
    `Offer.pricedAt, named in where, ${computed}`,
  )
  await expect(offers.find({ orderBy: { pricedAt: 'asc' } })).rejects.toThrow(computed)
  await expect(offers.update({ shop: 'a', id: 1 }, { pricedAt: 5n })).rejects.toThrow(computed)
  await expect(offers.delete({ shop: 'a', id: 1 }, { columns: ['pricedAt'] })).rejects.toThrow(
    computed,
  )
  await expect(offers.sum('pricedAt')).rejects.toThrow(computed)
  expect(() => offers.create({ pricedAt: 5n })).toThrow(computed)
})

it('is checked when the metadata is built', () => {
  @Entity('wrong')
  class Wrong {
    @PartitionKey('text') id!: string
    @Column('set<text>') tags = new Set<string>()
    @Column('text') name!: string
    @ComputedColumn({ function: 'writetime', of: 'id' }) a?: bigint
    @ComputedColumn({ function: 'writetime', of: 'tags' }) b?: bigint
    @ComputedColumn({ function: 'ttl', of: 'tags' }) c?: number
    // @ts-expect-error -- there is no such property
    @ComputedColumn({ function: 'ttl', of: 'nmae' }) d?: number
    @ComputedColumn({ function: 'writetim' as 'writetime', of: 'name' }) e?: bigint
    // @ts-expect-error -- a writetime is a bigint
    @ComputedColumn({ function: 'writetime', of: 'name' }) f?: number
    @ComputedColumn({ function: 'writetime', of: 'name', name: 'name' }) g?: bigint
    // @ts-expect-error -- there is no such option
    @ComputedColumn({ function: 'writetime', of: 'name', nam: 'x' }) h?: bigint
    @Column('bigint') @ComputedColumn({ function: 'writetime', of: 'name' }) i?: bigint
  }
  const build = () => getEntityMetadata(Wrong)
  expect(build).toThrow(DeclarationError)
  for (const message of [
    `Wrong.a: is computed of 'id', which belongs to the primary key and has no writetime`,
    `Wrong.b: is computed of 'tags', a set<text> that has one writetime for every element; use function: 'maxwritetime', or make the column frozen`,
    `Wrong.c: is computed of 'tags', a set<text> that has one ttl for every element; make the column frozen`,
    `Wrong.d: is computed of 'nmae', which is not a column; did you mean 'name'?`,
    `Wrong.e: 'writetim' is not a function of a computed column; did you mean 'writetime'?`,
    `Wrong.f: is annotated as Number, and writetime returns a bigint`,
    `Wrong.g: has the column name 'name' of 'name'; give one of them another`,
    `Wrong.h: 'nam' is not an option of @ComputedColumn(); did you mean 'name'?`,
    `Wrong.i: is a column and a computed column; keep one of the decorators`,
  ]) {
    expect(build).toThrow(message)
  }
})
