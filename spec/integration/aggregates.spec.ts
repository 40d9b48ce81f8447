import {
  BigDecimal,
  ClusteringKey,
  Column,
  Entity,
  In,
  LocalDate,
  MoreThan,
  PartitionKey,
  ValueError,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('sales')
class Sale {
  @PartitionKey('text') shop!: string
  @ClusteringKey('int') id!: number
  @Column('int') pieces?: number | null
  @Column('tinyint') small?: number | null
  @Column('bigint') cents?: bigint | null
  @Column('bigint', { as: 'number' }) grams?: number | null
  @Column('varint', { as: 'string' }) digits?: string | null
  @Column('double') weight?: number | null
  @Column('float') height?: number | null
  @Column('decimal') price?: BigDecimal | null
  @Column('decimal', { as: 'string' }) tax?: string | null
  @Column('decimal', { as: 'number' }) fee?: number | null
  @Column('date') day?: LocalDate | null
  @Column('text') note?: string | null
}

const { db } = useDataSource([Sale])
const sales = db.getRepository(Sale)

beforeAll(async () => {
  await sales.save([
    sales.create({
      shop: 'a',
      id: 1,
      pieces: 2_147_483_647,
      small: 127,
      cents: 2n ** 63n - 1n,
      grams: 5,
      digits: '100000000000000000000',
      weight: 1.5,
      height: 0.25,
      price: BigDecimal.fromString('1'),
      tax: '0.10',
      fee: 1,
      day: LocalDate.fromString('2026-01-31'),
      note: 'first',
    }),
    sales.create({
      shop: 'a',
      id: 2,
      pieces: 2_147_483_646,
      small: 126,
      cents: 2n ** 63n - 1n,
      grams: 6,
      digits: '1',
      weight: 2.25,
      height: 0.5,
      price: BigDecimal.fromString('2'),
      tax: '0.25',
      fee: 1,
      day: LocalDate.fromString('2025-12-31'),
      note: 'last',
    }),
    sales.create({ shop: 'a', id: 3, pieces: 1, fee: 2 }),
    sales.create({ shop: 'b', id: 1, pieces: -7 }),
  ])
})

it('sums without wrapping, in the kind of number that the property has', async () => {
  const a = { shop: 'a' }
  expect(await sales.sum('pieces', a)).toBe(4_294_967_294)
  expect(await sales.sum('small', a)).toBe(253)
  expect(await sales.sum('cents', a)).toBe(2n ** 64n - 2n)
  expect(await sales.sum('grams', a)).toBe(11)
  expect(await sales.sum('digits', a)).toBe('100000000000000000001')
  expect(await sales.sum('weight', a)).toBe(3.75)
  expect(await sales.sum('height', a)).toBe(0.75)
  expect(String(await sales.sum('price', a))).toBe('3')
  expect(await sales.sum('tax', a)).toBe('0.35')
  expect(await sales.sum('fee', a)).toBe(4)
  expect(await sales.sum('pieces')).toBe(4_294_967_287)
})

it('averages with the fraction kept, of the rows that have a value', async () => {
  const a = { shop: 'a' }
  expect(await sales.average('pieces', a)).toBe(4_294_967_294 / 3)
  expect(await sales.average('small', a)).toBe(126.5)
  expect(await sales.average('cents', a)).toBe(Number(2n ** 63n - 1n))
  expect(await sales.average('grams', a)).toBe(5.5)
  expect(await sales.average('digits', a)).toBe('50000000000000000000.5')
  expect(await sales.average('weight', a)).toBe(1.875)
  expect(await sales.average('height', a)).toBe(0.375)
  expect(String(await sales.average('price', a))).toBe('1.5')
  expect(await sales.average('tax', a)).toBe('0.175')
  expect(await sales.average('fee', a)).toBe(4 / 3)
})

it('gives the smallest and the greatest value as the property has it', async () => {
  const a = { shop: 'a' }
  expect(await sales.minimum('pieces', a)).toBe(1)
  expect(await sales.maximum('pieces', a)).toBe(2_147_483_647)
  expect(await sales.maximum('cents', a)).toBe(2n ** 63n - 1n)
  expect(await sales.minimum('day', a)).toEqual(LocalDate.fromString('2025-12-31'))
  expect(await sales.maximum('note', a)).toBe('last')
  expect(await sales.minimum('tax', a)).toBe('0.10')
  expect(await sales.maximum('id')).toBe(3)
})

it('has an answer for nothing', async () => {
  const none = { shop: 'none' }
  const nobody = { shop: In([] as string[]) }
  for (const where of [none, nobody]) {
    expect(await sales.sum('pieces', where)).toBe(0)
    expect(await sales.sum('cents', where)).toBe(0n)
    expect(await sales.sum('digits', where)).toBe('0')
    expect(String(await sales.sum('price', where))).toBe('0')
    expect(await sales.average('pieces', where)).toBeNull()
    expect(await sales.average('weight', where)).toBeNull()
    expect(await sales.minimum('pieces', where)).toBeNull()
    expect(await sales.maximum('note', where)).toBeNull()
    expect(await sales.count({ where })).toBe(0)
  }
  expect(await sales.average('weight', { shop: 'b' })).toBeNull()
})

it('takes a filter and options', async () => {
  expect(await sales.sum('pieces', { shop: 'a', id: MoreThan(2) })).toBe(1)
  expect(await sales.sum('pieces', { shop: In(['a', 'b']) }, { consistency: 'one' })).toBe(
    4_294_967_287,
  )
  expect(await sales.maximum('pieces', { fee: 2 }, { allowFiltering: true })).toBe(1)
  expect(
    await sales.average('pieces', { shop: 'a' }, { tuple: { columns: ['id'], is: MoreThan([1]) } }),
  ).toBe(2_147_483_647 / 2)
  const token = MoreThan(2n ** 63n - 1n)
  expect(await sales.sum('pieces', undefined, { token })).toBe(0)
})

it('says what cannot be asked, and what does not fit', async () => {
  await expect(sales.sum('note')).rejects.toThrow(
    'Sale.note is a text and has no sum; only numbers have one',
  )
  await expect(sales.sum('pieces', { fee: 1 })).rejects.toThrow(
    `'fee' is neither in the primary key nor indexed`,
  )
  await expect(sales.sum('pieces', {}, { limit: 1 } as never)).rejects.toThrow(
    `Sale: sum has no option 'limit'`,
  )
  await expect(sales.maximum('piecs' as never)).rejects.toThrow(`did you mean 'pieces'?`)
  await sales.save([
    sales.create({ shop: 'c', id: 1, grams: Number.MAX_SAFE_INTEGER }),
    sales.create({ shop: 'c', id: 2, grams: Number.MAX_SAFE_INTEGER }),
  ])
  const sum = sales.sum('grams', { shop: 'c' })
  await expect(sum).rejects.toThrow(ValueError)
  await expect(sum).rejects.toThrow('holds a number beyond 2 ** 53')
  expect(await sales.average('grams', { shop: 'c' })).toBe(Number.MAX_SAFE_INTEGER)
})
