import {
  Add,
  And,
  Append,
  Between,
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  In,
  Increment,
  LessThan,
  MoreThan,
  PartitionKey,
  Prepend,
  Put,
  Remove,
  SetAt,
  StaticColumn,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { useTraffic } from '../server/traffic'

@Entity('items')
class Item {
  @PartitionKey('int') p!: number
  @PartitionKey('text') q!: string
  @ClusteringKey('int') c!: number
  @ClusteringKey('int') d!: number
  @StaticColumn('text') owner?: string | null
  @Column('text') name?: string | null
  @Column('int') amount?: number | null
  @Column('list<int>') numbers?: number[] | null
  @Column('set<text>') tags?: Set<string> | null
  @Column('map<text, int>') stock?: Map<string, number> | null
  @Column('frozen<list<int>>') path?: number[] | null
}

@Entity('hits')
class Hits {
  @PartitionKey('int') id!: number
  @CounterColumn() views!: bigint
}

const { db, keyspace } = useDataSource([Item, Hits])
const items = db.getRepository(Item)
const traffic = useTraffic()

/** The statements of this keyspace that the server has prepared, each text once. */
async function prepared(): Promise<ReadonlySet<string>> {
  const { rows } = await keyspace.client.execute(
    'SELECT query_string FROM system.prepared_statements',
  )
  const texts = rows.map((row) => String(row['query_string']))
  return new Set(texts.filter((text) => text.includes(`"${keyspace.name}"`)))
}

const numbers = (length: number) => Array.from({ length }, (_, i) => i)
const texts = (length: number) => numbers(length).map((i) => `t${i}`)
const key = { p: 1, q: 'a', c: 1, d: 1 }
const partition = { p: 1, q: 'a' }
const table = () => `"${keyspace.name}"."items"`

/** A call with a list of `n`, and other values from it; and a part of each text that is prepared for it. */
type Case = readonly [name: string, call: (n: number) => Promise<unknown>, parts: readonly string[]]

const reads: readonly Case[] = [
  [
    'find by the partition key',
    (n) => items.find({ where: { p: In(numbers(n)), q: In(texts(Math.min(n, 2))) } }),
    ['WHERE "p" IN ? AND "q" IN ?'],
  ],
  [
    'find by the clustering key, limits beside',
    (n) =>
      items.find({
        where: { ...partition, c: In(numbers(n)) },
        limit: n + 1,
        perPartitionLimit: n + 2,
      }),
    ['WHERE "p" = ? AND "q" = ? AND "c" IN ? PER PARTITION LIMIT ? LIMIT ?'],
  ],
  [
    'find with filtering',
    (n) => items.find({ where: { amount: In(numbers(n)) }, allowFiltering: true }),
    ['WHERE "amount" IN ? ALLOW FILTERING'],
  ],
  [
    'find by frozen lists of any length',
    (n) => items.find({ where: { path: In([numbers(n), numbers(n)]) }, allowFiltering: true }),
    ['WHERE "path" IN ? ALLOW FILTERING'],
  ],
  [
    'find by a tuple',
    (n) =>
      items.find({
        where: partition,
        tuple: { columns: ['c', 'd'], is: In(numbers(n).map((i) => [i, i])) },
      }),
    ['WHERE "p" = ? AND "q" = ? AND ("c", "d") IN ?'],
  ],
  [
    'find by ranges of a token and of a column',
    (n) =>
      items.find({
        where: { amount: Between(n, n + 1) },
        token: And(MoreThan(BigInt(n)), LessThan(9n)),
        allowFiltering: true,
      }),
    [
      'WHERE "amount" >= ? AND "amount" <= ? AND token("p", "q") > ? AND token("p", "q") < ? ALLOW FILTERING',
    ],
  ],
  [
    'findPage of pages of any size',
    (n) => items.findPage({ where: { ...partition, d: In(numbers(n)), c: n }, fetchSize: n + 1 }),
    ['WHERE "p" = ? AND "q" = ? AND "c" = ? AND "d" IN ?'],
  ],
  [
    'stream in one page',
    async (n) => {
      const found = items.stream({ where: { p: In(numbers(n)), q: 'a' }, orderBy: { c: 'desc' } })
      for await (const item of found) expect(item).toBeInstanceOf(Item)
    },
    ['WHERE "p" IN ? AND "q" = ? ORDER BY "c" DESC'],
  ],
]

const writes: readonly Case[] = [
  [
    'save with any ttl and timestamp',
    (n) =>
      items.save(
        { ...key, name: `n${n}`, tags: new Set(texts(n)) },
        { ttl: n + 10, timestamp: BigInt(n + 1) },
      ),
    ['USING TTL ? AND TIMESTAMP ?'],
  ],
  [
    'save with no ttl, said in any way, of what is set and of what is not',
    async (n) => {
      await items.save({ ...key, amount: n }, { ttl: 0 })
      await items.save({ ...key, name: 'x', numbers: numbers(n) }, { ttl: null })
    },
    ['USING TTL ?'],
  ],
  [
    'insert if it does not exist',
    (n) => items.insert({ ...key, c: n, path: numbers(n) }, { ifNotExists: true, ttl: n + 1 }),
    ['IF NOT EXISTS USING TTL ?'],
  ],
  [
    'update of listed rows',
    (n) =>
      items.update(
        { p: In(numbers(n)), q: In(texts(Math.min(n, 2))), c: In([n]), d: 1 },
        { amount: n },
      ),
    ['SET "amount" = ? WHERE "p" IN ? AND "q" IN ? AND "c" IN ? AND "d" = ?'],
  ],
  [
    'update with change operators',
    (n) =>
      items.update(key, {
        numbers: Append(numbers(n)),
        tags: Add(texts(n)),
        stock: Put(new Map(texts(n).map((each) => [each, n]))),
      }),
    ['SET "numbers" = "numbers" + ?, "tags" = "tags" + ?, "stock" = "stock" + ?'],
  ],
  [
    'update with more of them',
    (n) =>
      items.update(
        key,
        { numbers: Prepend(numbers(n)), tags: Remove(texts(n)), stock: Remove(texts(n)) },
        { ttl: n },
      ),
    ['USING TTL ? SET "numbers" = ? + "numbers", "tags" = "tags" - ?, "stock" = "stock" - ?'],
  ],
  [
    'update of an element at any index',
    async (n) => {
      await items.update(key, { numbers: [...numbers(n), n] })
      await items.update(key, { numbers: SetAt(n, 5) })
    },
    ['SET "numbers" = ? WHERE', 'SET "numbers"[?] = ? WHERE'],
  ],
  [
    'update on conditions',
    (n) => items.update(key, { name: 'x' }, { if: { amount: In(numbers(n)), path: numbers(n) } }),
    ['IF "amount" IN ? AND "path" = ?'],
  ],
  [
    'delete of listed rows',
    (n) =>
      items.delete({ p: 99, q: In(texts(n)), c: In([n, n + 1]) }, { timestamp: BigInt(n + 1) }),
    ['USING TIMESTAMP ? WHERE "p" = ? AND "q" IN ? AND "c" IN ?'],
  ],
  [
    'delete of a range',
    (n) => items.delete({ p: 99, q: 'a', c: MoreThan(n) }),
    ['WHERE "p" = ? AND "q" = ? AND "c" > ?'],
  ],
  [
    'delete of columns of listed rows',
    (n) => items.delete({ p: 99, q: 'a', c: In(numbers(n)), d: In([n]) }, { columns: ['name'] }),
    ['DELETE "name"'],
  ],
  [
    'delete of elements',
    (n) => items.delete(key, { elements: { tags: texts(n + 1), stock: texts(n + 1) } }),
    ['SET "tags" = "tags" - ?, "stock" = "stock" - ?'],
  ],
  [
    'delete on conditions',
    (n) => items.delete({ ...key, p: 98 }, { if: { name: In(texts(n)) } }),
    ['IF "name" IN ?'],
  ],
  [
    'a batch of any length',
    async (n) => {
      const batch = db.batch()
      for (const c of numbers(n)) batch.update(Item, { ...key, c }, { owner: undefined, amount: c })
      await batch.execute()
    },
    ['SET "owner" = ?, "amount" = ? WHERE'],
  ],
]

it.each([...reads, ...writes])(
  '%s: lists of 0, 1, 2 and 100 values are one statement',
  async (_, call, parts) => {
    const before = await prepared()
    for (const n of [0, 1, 2, 100]) await call(n)
    const made = [...(await prepared())].filter((text) => !before.has(text))
    expect(made).toHaveLength(parts.length)
    for (const part of parts) {
      expect(made.filter((text) => text.includes(table()) && text.includes(part))).toHaveLength(1)
    }
  },
)

it('counters: any number is one statement', async () => {
  const hits = db.getCounterRepository(Hits)
  const before = await prepared()
  for (const n of [0, 1, 2, 100]) {
    await hits.increment({ id: In(numbers(n)) }, { views: BigInt(n) })
    await db.getRepository(Hits).update({ id: In(numbers(n)) }, { views: Increment(n) })
  }
  const made = [...(await prepared())].filter((text) => !before.has(text))
  expect(made).toEqual([
    `UPDATE "${keyspace.name}"."hits" SET "views" = "views" + ? WHERE "id" IN ?`,
  ])
})

describe('ten thousand varied calls', () => {
  /** A sequence that is the same in every run. */
  function random(seed: number): (below: number) => number {
    let state = seed
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
  }

  it('prepare at most one statement for each shape', async () => {
    const next = random(1)
    const shapes = new Set<string>()
    /** A call with values at random, and the name of all that is not a value in it. */
    const one = (): (() => Promise<unknown>) => {
      const list = () => In(numbers(next(20)))
      const shape = [next(7), next(2), next(2), next(2)] as const
      const [kind, first, second, third] = shape
      const where = { p: next(1000), q: `q${next(1000)}`, c: next(1000), d: next(1000) }
      const using = {
        ...(first === 1 ? { ttl: next(2) === 0 ? null : next(1000) } : {}),
        ...(second === 1 ? { timestamp: BigInt(next(1_000_000) + 1) } : {}),
      }
      shapes.add(shape.join())
      switch (kind) {
        case 0:
          return () =>
            items.find({
              where: { p: where.p, q: where.q, ...(first === 1 ? { c: list() } : {}) },
              ...(second === 1 ? { limit: next(100) + 1 } : {}),
              ...(third === 1 ? { perPartitionLimit: next(100) + 1 } : {}),
            })
        case 1:
          return () =>
            items.findOne({
              where: { ...where, p: first === 1 ? list() : where.p },
              ...(second === 1 ? { select: ['name', 'amount'] } : {}),
              ...(third === 1 ? { allowFiltering: true } : {}),
            })
        case 2:
          return () =>
            items.save(
              {
                ...where,
                ...(next(2) === 0 ? { name: `n${next(1000)}` } : {}),
                ...(next(2) === 0 ? { amount: null } : {}),
                ...(next(2) === 0 ? { tags: new Set(texts(next(5))) } : {}),
                ...(third === 1 ? {} : { numbers: numbers(next(5)) }),
              },
              using,
            )
        case 3:
          return () =>
            items.update(
              where,
              { amount: next(1000), ...(third === 1 ? { tags: Add(texts(next(9))) } : {}) },
              using,
            )
        case 4:
          return () =>
            items.delete(
              { p: where.p, q: where.q, ...(first === 1 ? { c: where.c, d: list() } : {}) },
              {
                ...(second === 1 ? { timestamp: BigInt(next(1_000_000) + 1) } : {}),
                ...(first === 1 && third === 1 ? { columns: ['name'] } : {}),
              },
            )
        case 5:
          return () =>
            items.update(
              { ...where, c: first === 1 ? list() : where.c },
              { stock: second === 1 ? Put(new Map([[`k${next(9)}`, 1]])) : Remove(texts(next(9))) },
              third === 1 ? { ttl: next(100) } : {},
            )
        default:
          return () =>
            items.count({
              where: {
                p: where.p,
                q: first === 1 ? In(texts(next(9))) : where.q,
                ...(second === 1 ? { c: MoreThan(next(9)) } : {}),
              },
              ...(third === 1 ? { consistency: 'one' } : {}),
            })
      }
    }
    const before = await prepared()
    traffic.take()
    const calls = Array.from({ length: 10_000 }, one)
    const worker = async () => {
      for (let call = calls.pop(); call !== undefined; call = calls.pop()) await call()
    }
    await Promise.all(Array.from({ length: 64 }, worker))
    const sent = new Set(traffic.take())
    const made = [...(await prepared())].filter((text) => !before.has(text))
    expect(shapes.size).toBe(7 * 8)
    expect(sent.size).toBeLessThanOrEqual(shapes.size)
    expect(sent.size).toBeGreaterThan(40)
    expect(made.filter((text) => !sent.has(text))).toEqual([])
  })
})
