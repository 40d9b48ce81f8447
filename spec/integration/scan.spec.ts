import { Client } from 'cassandra-driver'
import {
  ClusteringKey,
  Column,
  Entity,
  Index,
  PartitionKey,
  type ScanProgress,
  type ScanState,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'

@Entity('items')
class Item {
  @PartitionKey('int') part!: number
  @ClusteringKey('int') line!: number
  @Index({ using: 'sai' }) @Column('int') color!: number
  @Column('text') name!: string
}

/** 200,000 rows: 4,000 partitions of 1, 99 or 50 rows. */
const partitions = 4_000
const sizeOf = (part: number) => [1, 99, 50][part % 3] as number
const total = Array.from({ length: partitions }, (_, part) => sizeOf(part)).reduce((a, b) => a + b)

jest.setTimeout(180_000)

const { db, keyspace } = useDataSource([Item])
const items = db.getRepository(Item)

beforeAll(async () => {
  // Whole partitions at a time by the bare driver: what is tested here is reading.
  const client = new Client(connection())
  await client.connect()
  const cql = `INSERT INTO ${keyspace.name}.items (part, line, color, name) VALUES (?, ?, ?, ?)`
  let next = 0
  const worker = async () => {
    while (next < partitions) {
      const part = next++
      const queries = Array.from({ length: sizeOf(part) }, (_, line) => ({
        query: cql,
        params: [part, line, part % 7, `${part}/${line}`],
      }))
      await client.batch(queries, { prepare: true, logged: false })
    }
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  await client.shutdown()
}, 180_000)

/** Every row by its name, and how often it was seen. */
class Seen {
  readonly names = new Set<string>()
  twice = 0

  add({ name }: Pick<Item, 'name'>): void {
    if (this.names.has(name)) this.twice++
    this.names.add(name)
  }
}

it('reads every row of a table exactly once', async () => {
  expect(total).toBe(199_951)
  const seen = new Seen()
  const progress: ScanProgress[] = []
  const onProgress = (each: ScanProgress) => void progress.push(each)
  for await (const item of items.scan({ concurrency: 8, fetchSize: 1000, onProgress })) {
    seen.add(item)
  }
  expect(seen.names.size).toBe(total)
  expect(seen.twice).toBe(0)
  expect(progress.at(-1)).toMatchObject({ fraction: 1, rows: total })
  const fractions = progress.map(({ fraction }) => fraction)
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
})

it('shares the table between workers', async () => {
  const seen = new Seen()
  const counts = await Promise.all(
    [0, 1, 2].map(async (index) => {
      let count = 0
      for await (const item of items.scan({ shard: { index, of: 3 }, select: ['name'] })) {
        expect(Object.keys(item)).toEqual(['name'])
        seen.add(item)
        count++
      }
      return count
    }),
  )
  expect(seen.names.size).toBe(total)
  expect(seen.twice).toBe(0)
  // Each does a fair share.
  for (const count of counts) expect(count).toBeGreaterThan(total / 5)
})

it('goes on from the state of another process, no row lost or doubled', async () => {
  const seen = new Seen()
  let state: ScanState | undefined
  let taken: Item[] = []
  for (let run = 0; run < 12; run++) {
    let pages = 0
    const options = {
      concurrency: 3,
      fetchSize: 2000,
      ...(state === undefined ? {} : { resume: state }),
      onProgress: (progress: ScanProgress) => {
        // As it would be kept in a file.
        state = JSON.parse(JSON.stringify(progress.state)) as ScanState
        for (const item of taken) seen.add(item)
        taken = []
        pages++
      },
    }
    let isBroken = false
    for await (const item of items.scan(options)) {
      taken.push(item)
      if (pages === 20 && taken.length === 7) {
        isBroken = true
        break
      }
    }
    // What was taken after the last progress comes again.
    taken = []
    if (!isBroken) break
  }
  expect(state?.rows).toBe(total)
  expect(seen.names.size).toBe(total)
  expect(seen.twice).toBe(0)
})

it('filters by an index within the ranges', async () => {
  let count = 0
  for await (const item of items.scan({ where: { color: 3 }, concurrency: 8 })) {
    expect(item.color).toBe(3)
    count++
  }
  const wanted = Array.from({ length: partitions }, (_, part) => part)
    .filter((part) => part % 7 === 3)
    .reduce((sum, part) => sum + sizeOf(part), 0)
  expect(count).toBe(wanted)
})

it('keeps no more than the pages under way', async () => {
  let open = 0
  const onProgress = ({ state }: ScanProgress) => {
    open = Math.max(open, state.open.length)
  }
  for await (const item of items.scan({ concurrency: 5, fetchSize: 500, onProgress })) void item
  expect(open).toBeLessThanOrEqual(5)
})

it('ends when its signal says so, or its consumer', async () => {
  const controller = new AbortController()
  let count = 0
  const scanning = (async () => {
    for await (const item of items.scan({ signal: controller.signal })) {
      void item
      if (++count === 10) controller.abort(new Error('enough'))
    }
  })()
  await expect(scanning).rejects.toThrow('enough')
  expect(count).toBe(10)
  await expect(
    items.scan({ signal: controller.signal })[Symbol.asyncIterator]().next(),
  ).rejects.toThrow('enough')
  for await (const item of items.scan()) {
    expect(item).toBeInstanceOf(Item)
    break
  }
})

it.each<[options: object, message: string]>([
  [{ concurrency: 0 }, 'Item: concurrency must be a whole number from 1'],
  [{ shard: { index: 2, of: 2 } }, 'Item: shard must have an index from 0 that is below of'],
  [{ shard: { index: -1, of: 2 } }, 'Item: shard must have an index from 0 that is below of'],
  [{ shard: { index: 0, of: 0 } }, 'Item: shard must have an index from 0 that is below of'],
  [{ limit: 5 }, "Item: scan has no option 'limit'"],
  [{ where: { name: 'x' } }, "'name' is neither in the primary key nor indexed"],
])('refuses %p', (options, message) => {
  expect(() => items.scan(options as never)).toThrow(message)
})

it('refuses the state of another scan', async () => {
  let state: ScanState | undefined
  const onProgress = (progress: ScanProgress) => {
    state ??= progress.state
  }
  for await (const item of items.scan({ onProgress, where: { color: 1 } })) void item
  const message =
    'Item: the state belongs to another scan; its shard, filter, values and select must be the same'
  if (state === undefined) throw new Error('no progress')
  const resume = state
  expect(() => items.scan({ resume, where: { color: 2 } })).toThrow(message)
  expect(() => items.scan({ resume })).toThrow(message)
  expect(() => items.scan({ resume, where: { color: 1 }, shard: { index: 0, of: 2 } })).toThrow(
    message,
  )
  expect(() => items.scan({ resume, where: { color: 1 } })).not.toThrow()
  const damaged =
    'Item: the state is damaged; pass one as onProgress received it, or scan without resume'
  for (const part of [
    { open: [[1e9, null]] as const },
    { open: [] },
    { next: 1e9 },
    { next: Number.NaN },
    { rows: '7' as unknown as number },
    { open: undefined as never },
    { check: undefined as never },
  ]) {
    const read = () => items.scan({ resume: { ...resume, ...part }, where: { color: 1 } })
    expect(read).toThrow(damaged)
  }
})
