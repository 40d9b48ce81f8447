import {
  ClusteringKey,
  Column,
  ComputedColumn,
  DataSource,
  Entity,
  Field,
  type Page,
  PartitionKey,
  type Repository,
  StaticColumn,
  UserDefinedType,
} from '../../lib'
import { connection, useKeyspace } from '../server/keyspace'

@UserDefinedType('place')
class Place {
  @Field('int') x?: number | null
  @Field('text') name?: string | null
}

/** Columns of several widths, so that a value that is read from a wrong place cannot look right. */
@Entity('items')
class Item {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') at!: number
  @StaticColumn('text') owner?: string | null
  @Column('text') b?: string | null
  @Column('bigint') m?: bigint | null
  @Column('list<int>') p?: number[] | null
  @Column(() => Place) place?: Place | null
  @Column('double') y?: number | null
  @ComputedColumn({ function: 'writetime', of: 'b' }) readonly written?: bigint | null
}

const keyspace = useKeyspace()
let db: DataSource
let items: Repository<Item>
const ddl = async (text: string) =>
  keyspace.client.execute(text.replaceAll('ks.', `${keyspace.name}.`))

const row = (at: number) => ({
  id: 1,
  at,
  owner: 'Ada',
  b: `b${at}`,
  m: BigInt(at) * 10n ** 12n,
  p: [at, at],
  place: Object.assign(new Place(), { x: at, name: `n${at}` }),
  y: at / 2,
})
const whole = (at: number) => ({ ...row(at), written: 1000n })
const count = 40
const all = Array.from({ length: count }, (_, at) => at)

beforeEach(async () => {
  db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Item],
    synchronize: true,
  }).initialize()
  items = db.getRepository(Item)
  await items.save(all.map(row), { timestamp: 1000n })
})
afterEach(async () => {
  await db.destroy()
  await ddl('DROP TABLE ks.items')
  await ddl('DROP TYPE ks.place')
})

/** In every place that the order of columns has: before, between and after those of the class. */
async function addColumns(): Promise<void> {
  await ddl('ALTER TABLE ks.items ADD (a text, c bigint, n list<int>, q double, z text)')
  await ddl('ALTER TABLE ks.items ADD aa int STATIC')
  await ddl('ALTER TYPE ks.place ADD y bigint')
  for (const at of all) {
    await ddl(
      `UPDATE ks.items SET a = 'aaaa', c = 77, n = [7, 7, 7], q = 7.5, z = 'zz' WHERE id = 1 AND at = ${at}`,
    )
  }
  await ddl('UPDATE ks.items SET aa = 5 WHERE id = 1')
}

describe('columns that are added', () => {
  it('shift nothing in reads between executions', async () => {
    const reads = async () => ({
      all: await items.findBy({ id: 1 }),
      one: await items.findOneBy({ id: 1, at: 3 }),
      selected: await items.find({ where: { id: 1, at: 3 }, select: ['y', 'b', 'written'] }),
      sum: await items.sum('m', { id: 1 }),
    })
    const before = await reads()
    expect(before.all).toEqual(all.map(whole))
    await addColumns()
    expect(await reads()).toEqual(before)
    expect((await items.findBy({ id: 1 }))[0]?.place).toBeInstanceOf(Place)
  })

  it('shift nothing in what a conditional write found', async () => {
    const misses = async () => [
      await items.insert(row(3), { ifNotExists: true }),
      await items.update({ id: 1, at: 3 }, { b: 'x' }, { if: { y: 99, m: 5n } }),
      await items.delete({ id: 1, at: 3 }, { if: { b: 'other' } }),
      await db
        .batch()
        .update(Item, { id: 1, at: 3 }, { b: 'x' }, { if: { y: 99 } })
        .execute(),
    ]
    const before = await misses()
    expect(before[0]).toMatchObject({ applied: false, existing: row(3) })
    expect(before[1]).toEqual({ applied: false, existing: { m: row(3).m, y: 1.5 } })
    await addColumns()
    expect(await misses()).toEqual(before)
  })

  it.each(['find', 'stream', 'findPage'] as const)(
    'shift nothing between the pages of %s',
    async (method) => {
      const read = { where: { id: 1 }, fetchSize: 7 }
      const seen: Item[] = []
      const changeAfter = async (rows: number) => {
        if (seen.length === rows) await addColumns()
      }
      if (method === 'stream') {
        for await (const item of items.stream(read)) {
          seen.push(item)
          await changeAfter(10)
        }
      } else if (method === 'findPage') {
        let pageState: string | null = null
        do {
          const page: Page<Item> = await items.findPage({ ...read, pageState })
          seen.push(...page.items)
          await changeAfter(14)
          pageState = page.pageState
        } while (pageState !== null)
      } else {
        // The change lands between two of its pages, whenever that is.
        const [found] = await Promise.all([items.find({ ...read, fetchSize: 1 }), addColumns()])
        seen.push(...found)
      }
      expect(seen).toEqual(all.map(whole))
    },
  )
})

describe('columns that are dropped, which no property maps', () => {
  it('shift nothing, between executions and between pages', async () => {
    await addColumns()
    expect(await items.findBy({ id: 1 })).toEqual(all.map(whole))
    const seen: Item[] = []
    for await (const item of items.stream({ where: { id: 1 }, fetchSize: 7 })) {
      seen.push(item)
      if (seen.length === 10) await ddl('ALTER TABLE ks.items DROP (a, n, q, aa)')
    }
    expect(seen).toEqual(all.map(whole))
    expect(await items.insert(row(3), { ifNotExists: true })).toMatchObject({
      applied: false,
      existing: row(3),
    })
    expect(await items.findBy({ id: 1 })).toEqual(all.map(whole))
  })
})

describe('a mapped column that is dropped between two pages', () => {
  it('ends the read with an error that names the cause; no row is made up', async () => {
    const seen: Item[] = []
    const consume = async () => {
      for await (const item of items.stream({ where: { id: 1 }, fetchSize: 7 })) {
        seen.push(item)
        if (seen.length === 3) await ddl('ALTER TABLE ks.items DROP y')
      }
    }
    await expect(consume()).rejects.toThrow(/Undefined column name y in/u)
    expect(seen).toEqual(all.slice(0, 7).map(whole))
    await ddl('ALTER TABLE ks.items ADD y double')
    expect(await items.findOneBy({ id: 1, at: 3 })).toEqual({ ...whole(3), y: null })
  })

  it('is told by conditional writes too', async () => {
    const write = () => items.update({ id: 1, at: 3 }, { b: 'x' }, { if: { y: 99 } })
    await write()
    await ddl('ALTER TABLE ks.items DROP y')
    await expect(write()).rejects.toThrow(/Undefined column name y in/u)
    await expect(items.insert(row(3), { ifNotExists: true })).rejects.toThrow('y')
  })
})
