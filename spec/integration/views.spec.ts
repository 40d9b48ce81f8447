import {
  ClusteringKey,
  Column,
  ComputedColumn,
  DataSource,
  Entity,
  MaterializedView,
  MoreThan,
  PartitionKey,
  ReadRepository,
  StaticColumn,
  Uuid,
  cql,
} from '../../lib'
import { failure } from '../server/failure'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { sentBy } from '../server/sent-by'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('int') line!: number
  @Column('text', { name: 'marke' }) brand?: string | null
  @Column('double') price = 0
  @Column('set<text>') tags = new Set<string>()
  @StaticColumn('text') maker?: string | null
}

@MaterializedView({ from: () => Product, comment: 'by brand', gcGraceSeconds: 0 })
class ProductByBrand {
  @PartitionKey('text') brand!: string
  @ClusteringKey('int', { order: 'desc' }) line!: number
  @ClusteringKey('uuid') id!: Uuid
  @Column('double') price = -1
  @Column('set<text>') tags = new Set<string>()
  @ComputedColumn({ function: 'writetime', of: 'price' }) readonly pricedAt?: bigint | null
  readonly seen = ['made by the constructor']
}

const { db, keyspace } = useDataSource([ProductByBrand, Product])
const byBrand = db.getViewRepository(ProductByBrand)
const open = (entities: readonly (new () => object)[], synchronize = true) =>
  new DataSource({ ...connection(), keyspace: keyspace.name, entities, synchronize }).initialize()

const id = Uuid.random()

/** The server keeps a view up to date after the write to its table has been answered. */
async function eventually<T>(read: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const found = await read()
    if (isThere(found) || tries === 100) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

beforeAll(async () => {
  const products = db.getRepository(Product)
  await products.save(
    Array.from({ length: 5 }, (_, line) =>
      products.create({
        id,
        line,
        brand: line === 4 ? null : 'Acme',
        price: line,
        tags: new Set(['a']),
      }),
    ),
  )
  await eventually(
    () => byBrand.findBy({ brand: 'Acme' }),
    ({ length }) => length === 4,
  )
})

it('creates the view after its table, whatever their order, and then finds nothing to do', async () => {
  const fresh = new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [ProductByBrand, Product],
  })
  await fresh.initialize()
  expect(await fresh.schema.sync()).toEqual([])
  await fresh.destroy()
  const { rows } = await keyspace.client.execute(
    'SELECT view_name, base_table_name, comment, gc_grace_seconds FROM system_schema.views WHERE keyspace_name = ?',
    [keyspace.name],
  )
  expect(rows.map((row) => ({ ...row }))).toEqual([
    {
      view_name: 'product_by_brand',
      base_table_name: 'products',
      comment: 'by brand',
      gc_grace_seconds: 0,
    },
  ])
})

it('tells the CQL of what is not there', async () => {
  @Entity('fresh')
  class Fresh {
    @PartitionKey('int') a!: number
    @PartitionKey('int', { name: 'B b' }) b!: number
    @Column('int') c!: number
  }
  @MaterializedView({ from: () => Fresh, comment: "it's" })
  class FreshByC {
    @PartitionKey('int') c!: number
    @PartitionKey('int') b!: number
    @ClusteringKey('int', { order: 'desc' }) a!: number
  }
  const other = await open([Fresh, FreshByC], false)
  const ks = keyspace.name
  expect(await other.schema.sync({ dryRun: true })).toEqual([
    `CREATE TABLE IF NOT EXISTS "${ks}"."fresh" ("a" int, "B b" int, "c" int, PRIMARY KEY (("a", "B b")))`,
    `CREATE MATERIALIZED VIEW IF NOT EXISTS "${ks}"."fresh_by_c" AS SELECT "c", "B b", "a" FROM "${ks}"."fresh" ` +
      `WHERE "c" IS NOT NULL AND "B b" IS NOT NULL AND "a" IS NOT NULL PRIMARY KEY (("c", "B b"), "a") ` +
      `WITH CLUSTERING ORDER BY ("a" DESC) AND comment = 'it''s'`,
  ])
  const { changes } = await other.schema.plan()
  expect(changes.map(({ kind, safety, reason }) => [kind, safety, reason])).toEqual([
    ['createTable', 'safe', 'table fresh does not exist in the cluster'],
    ['createView', 'safe', 'view fresh_by_c does not exist in the cluster'],
  ])
  await other.destroy()
})

it('reads whole instances by the key of the view', async () => {
  const [first, ...others] = await byBrand.findBy({ brand: 'Acme' })
  expect(others).toHaveLength(3)
  expect(first).toBeInstanceOf(ProductByBrand)
  expect(first).toEqual({
    brand: 'Acme',
    line: 3,
    id,
    price: 3,
    tags: new Set(['a']),
    pricedAt: expect.any(BigInt) as bigint,
    seen: ['made by the constructor'],
  })
  const sent = await sentBy(async () => {
    const some = await byBrand.find({
      where: { brand: 'Acme', line: MoreThan(1) },
      select: ['line'],
      orderBy: { line: 'asc' },
      limit: 5,
    })
    expect(some).toEqual([{ line: 2 }, { line: 3 }])
  })
  expect(sent).toEqual([
    `SELECT "line" FROM "${keyspace.name}"."product_by_brand" WHERE "marke" = ? AND "line" > ? ` +
      `ORDER BY "line" ASC LIMIT ?`,
  ])
})

it('has every read', async () => {
  const where = { brand: 'Acme' }
  expect(await byBrand.countBy(where)).toBe(4)
  expect(await byBrand.existsBy({ brand: 'None' })).toBe(false)
  expect((await byBrand.findOneByOrFail({ ...where, line: 2, id })).price).toBe(2)
  expect(await byBrand.sum('price', where)).toBe(6)
  const page = await byBrand.findPage({ where, fetchSize: 3 })
  const next = await byBrand.findPage({ where, fetchSize: 3, pageState: page.pageState })
  expect([page.items.length, next.items.length]).toEqual([3, 1])
  const lines: number[] = []
  for await (const { line } of byBrand.stream({ fetchSize: 2 })) lines.push(line)
  expect(lines).toEqual([3, 2, 1, 0])
  expect(
    await byBrand.query(
      cql`SELECT price FROM ${cql.table(ProductByBrand)} WHERE marke = ${'Acme'}`,
      { partial: true },
    ),
  ).toHaveLength(4)
  expect(await byBrand.find({ distinct: true, select: ['brand'] })).toEqual([where])
})

it('judges filters by the key of the view, and does not tell to index it', async () => {
  expect((await failure(() => byBrand.findBy({ id }))).message).toBe(
    `ProductByBrand: the partition key needs 'brand' by = or In(), and 'brand' is missing; ` +
      `name 'brand', 'line' by = in where, or pass allowFiltering: true`,
  )
  expect((await failure(() => byBrand.findBy({ brand: 'Acme', price: 1 }))).message).toBe(
    `ProductByBrand: 'price' is neither in the primary key nor indexed; pass allowFiltering: true`,
  )
  expect(await byBrand.find({ where: { price: 1 }, allowFiltering: true })).toHaveLength(1)
})

it('is not written', async () => {
  const readOnly =
    'ProductByBrand is a view and cannot be written; read it with getViewRepository(ProductByBrand), ' +
    'and write Product'
  const entity = await byBrand.findOneByOrFail({ brand: 'Acme' })
  for (const call of [
    () => db.getRepository(ProductByBrand),
    () => db.getCounterRepository(ProductByBrand),
    () => db.batch().insert(ProductByBrand, entity),
    () => db.batch().delete(ProductByBrand, { brand: 'Acme' }),
  ]) {
    expect((await failure(call)).message).toBe(readOnly)
  }
  expect((await failure(() => db.getViewRepository(Product))).message).toBe(
    'Product is not a view; use getRepository(Product)',
  )
  expect(db.getViewRepository(ProductByBrand)).toBe(byBrand)
  expect(byBrand).toBeInstanceOf(ReadRepository)
  expect('save' in byBrand).toBe(false)
})

it('reads by another consistency and another keyspace, as any repository', async () => {
  expect(await byBrand.with({ consistency: 'one' }).countBy({ brand: 'Acme' })).toBe(4)
  expect(
    (await failure(() => byBrand.with({ keyspace: 'nowhere' }).countBy({ brand: 'Acme' }))).message,
  ).toContain('nowhere')
})

describe('what is there and differs', () => {
  const reasonsOf = async (...entities: (new () => object)[]) => {
    const other = await open(entities, false)
    try {
      const { changes } = await other.schema.plan()
      const error = await failure(() => other.schema.sync())
      expect(changes.every(({ cql }) => cql === '')).toBe(true)
      const impossible = changes.filter(({ safety }) => safety === 'impossible')
      for (const { reason } of impossible) expect(error.message).toContain(reason)
      return impossible.map(({ reason }) => reason)
    } finally {
      await other.destroy()
    }
  }

  it('is impossible to change', async () => {
    @MaterializedView({ name: 'product_by_brand', from: () => Product })
    class Other {
      @PartitionKey('text') brand!: string
      @ClusteringKey('uuid') id!: Uuid
      @ClusteringKey('int') line!: number
    }
    const remedy =
      `; a view cannot be altered: run DROP MATERIALIZED VIEW IF EXISTS "${keyspace.name}"."product_by_brand", ` +
      'then sync() creates it again'
    expect(await reasonsOf(Product, Other)).toEqual([
      `the clustering key of product_by_brand is declared as (id, line) and is (line, id) in the cluster${remedy}`,
      `product_by_brand.line is declared with order 'asc' and has order 'desc' in the cluster${remedy}`,
    ])
  })

  it('tells a column that the view does not have, and another table', async () => {
    await keyspace.client.execute(
      `CREATE TABLE ${keyspace.name}.stock (id int PRIMARY KEY, place text, much int)`,
    )
    await keyspace.client.execute(
      `CREATE MATERIALIZED VIEW ${keyspace.name}.stock_by_place AS SELECT id, place FROM ${keyspace.name}.stock ` +
        'WHERE id IS NOT NULL AND place IS NOT NULL PRIMARY KEY (place, id)',
    )
    @Entity('stock')
    class Stock {
      @PartitionKey('int') id!: number
      @Column('text') place!: string
      @Column('int') much!: number
    }
    @MaterializedView({ from: () => Stock })
    class StockByPlace {
      @PartitionKey('text') place!: string
      @ClusteringKey('int') id!: number
      @Column('int') much!: number
    }
    expect(await reasonsOf(Stock, StockByPlace)).toEqual([
      expect.stringMatching(
        /^column stock_by_place.much does not exist in the cluster; a view cannot be altered/u,
      ),
    ])
    @Entity('elsewhere')
    class Elsewhere {
      @PartitionKey('int') id!: number
      @Column('text') place!: string
    }
    @MaterializedView({ name: 'stock_by_place', from: () => Elsewhere })
    class OfAnother {
      @PartitionKey('text') place!: string
      @ClusteringKey('int') id!: number
    }
    expect(await reasonsOf(OfAnother)).toEqual([
      expect.stringMatching(
        /^view stock_by_place is declared as a view of elsewhere and is one of stock in the cluster/u,
      ),
    ])
    @MaterializedView({ from: () => Elsewhere })
    class Nowhere {
      @PartitionKey('text') place!: string
      @ClusteringKey('int') id!: number
    }
    expect(await reasonsOf(Nowhere)).toEqual([
      'view nowhere does not exist in the cluster, and neither does its table elsewhere; add the class of that table to entities',
    ])
    @MaterializedView({ name: 'stock', from: () => Elsewhere })
    class TableThere {
      @PartitionKey('text') place!: string
      @ClusteringKey('int') id!: number
    }
    expect(await reasonsOf(TableThere)).toEqual([
      'view stock does not exist in the cluster, and a table in the cluster has that name; give the view another name',
    ])
    @Entity('stock_by_place')
    class ViewThere {
      @PartitionKey('text') place!: string
      @ClusteringKey('int') id!: number
    }
    expect(await reasonsOf(ViewThere)).toEqual([
      'table stock_by_place does not exist in the cluster, and a materialized view in the cluster has that name; give the table another name',
    ])
    // The class of the table need not be among the entities when the table is there.
    @MaterializedView({ name: 'much_first', from: () => Stock })
    class MuchFirst {
      @PartitionKey('int') much!: number
      @ClusteringKey('int') id!: number
    }
    const alone = await open([MuchFirst])
    expect(await alone.getViewRepository(MuchFirst).find()).toEqual([])
    await alone.destroy()
  })
})

it('has the order that it declares, where its table has another one', async () => {
  @Entity('events')
  class Event {
    @PartitionKey('int') id!: number
    @ClusteringKey('int', { order: 'desc' }) at!: number
    @Column('text') kind!: string
  }
  @MaterializedView({ name: 'events_by_kind', from: () => Event })
  class EventByKind {
    @PartitionKey('text') kind!: string
    @ClusteringKey('int') at!: number
    @ClusteringKey('int') id!: number
  }
  const other = await open([Event, EventByKind], false)
  try {
    const made = await other.schema.sync()
    expect(made.at(-1)).toMatch(/ WITH CLUSTERING ORDER BY \("at" ASC, "id" ASC\)$/u)
    expect(await other.schema.validate()).toEqual([])
    await other.getRepository(Event).save([1, 2, 3].map((at) => ({ id: 1, at, kind: 'a' })))
    const events = await eventually(
      () => other.getViewRepository(EventByKind).findBy({ kind: 'a' }),
      ({ length }) => length === 3,
    )
    expect(events.map(({ at }) => at)).toEqual([1, 2, 3])
  } finally {
    await other.destroy()
  }
})
