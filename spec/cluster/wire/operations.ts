import {
  ClusteringKey,
  Column,
  CounterColumn,
  type DataSource,
  Entity,
  PartitionKey,
  cql,
  param,
} from '../../../lib'
import { secret } from '../tally'

@Entity('wire_items')
export class WireItem {
  @PartitionKey('int') part!: number
  @ClusteringKey('int') line!: number
  @Column('text') text!: string
  @Column('bigint') square!: bigint
  @Column('list<int>') digits: number[] = []
}

@Entity('wire_hits')
export class WireHits {
  @PartitionKey('int') id!: number
  @CounterColumn() hits!: bigint
}

/** Partitions with rows that stay as they are, and the rows of each. */
const parts = [1, 2, 3]
const lines = 20
/** Partitions of the rows that are written during faults. */
const written = { inserted: 11, updated: 12, deleted: 13, conditional: 14, batched: 15, mass: 16 }

/** Compares the tables with an acknowledged write after the fault; resolves to false if the write is not there. */
export type Check = () => Promise<boolean>

/** One kind of operation. */
export interface Operation {
  readonly kind: string
  /** The number of requests that it sends one after another, at most; each has the timeout. */
  readonly requests: number
  /** Reads resolve to whether the answer is right, writes to their check. `n` is new for each call. */
  run(db: DataSource, n: number): Promise<boolean | Check>
}

/** Writes the rows that stay. */
export async function writeRows(db: DataSource): Promise<void> {
  const items = db.getRepository(WireItem)
  for (const part of parts) {
    await items.save(Array.from({ length: lines }, (_, line) => itemOf(part, line)))
  }
}

/** Writes the rows that the call `n` of each operation changes or deletes. */
export async function prepareCall(db: DataSource, n: number): Promise<void> {
  const items = db.getRepository(WireItem)
  await items.save([
    itemOf(written.updated, n),
    itemOf(written.deleted, n),
    itemOf(written.conditional, n),
  ])
}

function itemOf(part: number, line: number): WireItem {
  const item = new WireItem()
  item.part = part
  item.line = line
  item.text = `${secret} ${part}/${line}`
  item.square = BigInt(part * line) ** 2n
  item.digits = Array.from(String(part * 1000 + line), Number)
  return item
}

const isRight = (item: WireItem | null | undefined): boolean => {
  if (item === null || item === undefined) return false
  const { text, square, digits } = itemOf(item.part, item.line)
  return item.text === text && item.square === square && String(item.digits) === String(digits)
}

/** Returns whether these are all rows of a partition, in order. */
const isPartition = (part: number, items: readonly WireItem[]): boolean =>
  items.length === lines &&
  items.every((item, line) => item.part === part && item.line === line && isRight(item))

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const part = 2
const itemsOf = (db: DataSource) => db.getRepository(WireItem)
const isStored =
  (db: DataSource, part: number, line: number): Check =>
  async () =>
    isRight(await itemsOf(db).findOneBy({ part, line }))

/** Every way to read and to write. */
export const operations: readonly Operation[] = [
  {
    kind: 'findOneBy',
    requests: 1,
    run: async (db, n) => {
      const line = n % lines
      const item = await itemsOf(db).findOneBy({ part, line })
      return item?.part === part && item.line === line && isRight(item)
    },
  },
  {
    kind: 'find',
    requests: 1,
    run: async (db) => isPartition(part, await itemsOf(db).findBy({ part })),
  },
  {
    kind: 'find of several pages',
    requests: 5,
    run: async (db) => isPartition(part, await itemsOf(db).find({ where: { part }, fetchSize: 5 })),
  },
  {
    kind: 'findPage',
    requests: 1,
    run: async (db) => {
      const { items, pageState } = await itemsOf(db).findPage({ where: { part }, fetchSize: 8 })
      return (
        pageState !== null &&
        items.length === 8 &&
        items.every((item, i) => item.line === i && isRight(item))
      )
    },
  },
  {
    kind: 'stream',
    requests: 5,
    run: async (db) =>
      isPartition(part, await collect(itemsOf(db).stream({ where: { part }, fetchSize: 5 }))),
  },
  {
    kind: 'scan',
    requests: 10,
    run: async (db) => {
      const items = await collect(itemsOf(db).scan({ fetchSize: 30 }))
      const steady = items.filter((item) => parts.includes(item.part))
      const places = new Set(steady.map((item) => `${item.part}/${item.line}`))
      return (
        steady.every(isRight) &&
        steady.length === places.size &&
        places.size === parts.length * lines
      )
    },
  },
  {
    kind: 'count',
    requests: 1,
    run: async (db) => (await itemsOf(db).countBy({ part })) === lines,
  },
  {
    kind: 'prepared query',
    requests: 1,
    run: async (db) => {
      const query = itemsOf(db).prepare({ where: { part: param('part') } })
      return isPartition(part, await query.find({ part }))
    },
  },
  {
    kind: 'CQL by hand',
    requests: 1,
    run: async (db) => {
      const rows = await db.query(
        cql`SELECT line, square FROM ${cql.table(WireItem)} WHERE part = ${part}`,
      )
      return (
        rows.length === lines &&
        rows.every(
          ({ line, square }, i) => line === i && String(square) === String((part * i) ** 2),
        )
      )
    },
  },
  {
    kind: 'insert',
    requests: 1,
    run: async (db, n) => {
      await itemsOf(db).insert(itemOf(written.inserted, n))
      return isStored(db, written.inserted, n)
    },
  },
  {
    kind: 'update',
    requests: 1,
    run: async (db, n) => {
      await itemsOf(db).update({ part: written.updated, line: n }, { square: 5n })
      return async () =>
        (await itemsOf(db).findOneBy({ part: written.updated, line: n }))?.square === 5n
    },
  },
  {
    kind: 'delete',
    requests: 1,
    run: async (db, n) => {
      await itemsOf(db).delete({ part: written.deleted, line: n })
      return async () => !(await itemsOf(db).existsBy({ part: written.deleted, line: n }))
    },
  },
  {
    kind: 'insert ifNotExists',
    requests: 1,
    run: async (db, n) => {
      const item = itemOf(written.conditional, -n)
      const { applied } = await itemsOf(db).insert(item, { ifNotExists: true })
      return applied && isStored(db, written.conditional, -n)
    },
  },
  {
    kind: 'update if',
    requests: 1,
    run: async (db, n) => {
      const where = { part: written.conditional, line: n }
      const { square } = itemOf(where.part, n)
      const { applied } = await itemsOf(db).update(where, { square: 7n }, { if: { square } })
      return applied && (async () => (await itemsOf(db).findOneBy(where))?.square === 7n)
    },
  },
  {
    kind: 'increment',
    requests: 1,
    run: async (db, n) => {
      const hits = db.getCounterRepository(WireHits)
      await hits.increment({ id: n }, { hits: 1n })
      return async () => (await hits.findOneBy({ id: n }))?.hits === 1n
    },
  },
  {
    kind: 'batch',
    requests: 1,
    run: async (db, n) => {
      const pair = [itemOf(written.batched, n), itemOf(written.batched, -n)] as const
      await db.batch().insert(WireItem, pair[0]).insert(WireItem, pair[1]).execute()
      return async () =>
        (await isStored(db, written.batched, n)()) && (await isStored(db, written.batched, -n)())
    },
  },
  {
    kind: 'mass save',
    requests: 4,
    run: async (db, n) => {
      const all = Array.from({ length: 8 }, (_, i) => itemOf(written.mass, n * 8 + i))
      await itemsOf(db).save(all, { concurrency: 2 })
      return async () => {
        const found = await Promise.all(all.map(({ line }) => isStored(db, written.mass, line)()))
        return found.every(Boolean)
      }
    },
  },
]
