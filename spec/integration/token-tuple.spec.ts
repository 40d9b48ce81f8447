import {
  And,
  Between,
  ClusteringKey,
  Column,
  Entity,
  In,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  cql,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('versions')
class Version {
  @PartitionKey('text') product!: string
  @PartitionKey('int') year!: number
  @ClusteringKey('int') major!: number
  @ClusteringKey('int') minor!: number
  @ClusteringKey('text') label!: string
  @Column('int') size!: number
}

const { db } = useDataSource([Version])
const versions = db.getRepository(Version)
const where = { product: 'p1', year: 2026 }

beforeAll(async () => {
  const rows = ['p1', 'p2', 'p3', 'p4'].flatMap((product) =>
    [1, 2, 3].flatMap((major) =>
      [0, 1].map((minor) =>
        versions.create({
          product,
          year: 2026,
          major,
          minor,
          label: 'x',
          size: major * 10 + minor,
        }),
      ),
    ),
  )
  await versions.save(rows)
})

const sizes = (rows: readonly { size: number }[]) => rows.map(({ size }) => size)

describe('tuple', () => {
  const columns = ['major', 'minor'] as const

  it('compares several clustering columns as one', async () => {
    const find = async (
      is: Parameters<typeof versions.find>[0] extends infer O
        ? NonNullable<O> extends { tuple?: { is: infer I } }
          ? I
          : never
        : never,
    ) => sizes(await versions.find({ where, tuple: { columns, is } }))
    expect(await find(MoreThan([1, 1]))).toEqual([20, 21, 30, 31])
    expect(await find(MoreThanOrEqual([2, 1]))).toEqual([21, 30, 31])
    expect(await find(LessThan([1, 1]))).toEqual([10])
    expect(await find(LessThanOrEqual([1, 1]))).toEqual([10, 11])
    expect(await find(Between([1, 1], [2, 0]))).toEqual([11, 20])
    expect(await find(And(MoreThan([1, 1]), LessThan([3, 0])))).toEqual([20, 21])
    expect(await find([2, 1])).toEqual([21])
  })

  it('takes lists of any length', async () => {
    const find = async (list: readonly (readonly unknown[])[]) =>
      sizes(await versions.find({ where, tuple: { columns, is: In(list) } }))
    expect(await find([])).toEqual([])
    expect(await find([[3, 1]])).toEqual([31])
    expect(
      await find([
        [3, 1],
        [1, 0],
        [1, 0],
        [9, 9],
      ]),
    ).toEqual([10, 31])
  })

  it('stands beside limits and orders, and counts', async () => {
    const tuple = { columns, is: MoreThan([1, 1]) }
    const newest = await versions.find({ where, tuple, orderBy: { major: 'desc' }, limit: 2 })
    expect(sizes(newest)).toEqual([31, 30])
    expect(await versions.count({ where, tuple })).toBe(4)
    expect(await versions.exists({ where, tuple: { columns, is: MoreThan([3, 1]) } })).toBe(false)
    const page = await versions.findPage({ where, tuple, fetchSize: 3 })
    expect(sizes(page.items)).toEqual([20, 21, 30])
    const other = { columns, is: MoreThan([1, 0]) }
    await expect(
      versions.findPage({ where, tuple: other, fetchSize: 3, pageState: page.pageState }),
    ).rejects.toThrow('the pageState belongs to another read')
  })
})

describe('token', () => {
  it('divides the table, each partition once', async () => {
    const rows = await db.query<{ product: string; t: bigint }>(
      cql`SELECT DISTINCT product, year, token(product, year) AS t FROM ${cql.table(Version)}`,
    )
    expect(rows).toHaveLength(4)
    const tokens = rows.map(({ t }) => t).sort((a, b) => (a < b ? -1 : 1))
    const middle = tokens[1] ?? 0n
    const low = await versions.find({ token: LessThanOrEqual(middle) })
    const high = await versions.find({ token: MoreThan(middle) })
    expect([low.length, high.length]).toEqual([12, 12])
    expect(await versions.count({ token: And(MoreThan(middle), LessThan(2n ** 63n - 1n)) })).toBe(
      12,
    )
    expect(await versions.count({ token: middle })).toBe(6)
    expect(await versions.count({ token: Between(-(2n ** 63n), 2n ** 63n - 1n) })).toBe(24)
    const partitions = await versions.find({
      select: ['product', 'year'],
      distinct: true,
      token: MoreThan(middle),
    })
    expect(partitions).toHaveLength(2)
  })
})
