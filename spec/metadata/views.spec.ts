import {
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Index,
  MaterializedView,
  PartitionKey,
  StaticColumn,
  Uuid,
  getEntityMetadata,
} from '../../lib'
import { failure } from '../server/failure'

@Entity({ name: 'products', keyspace: 'shop' })
class Product {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('int') line!: number
  @Column('text', { name: 'marke' }) brand = 'Unknown'
  @Column('double') price = 0
  @Column('set<text>') tags = new Set<string>()
  @Index() @Column('text') city?: string | null
  @StaticColumn('text') maker?: string | null
}

/** A decorator that takes any class: for what the compiler refuses too. */
const viewOf = (from: unknown, options: object = {}) =>
  MaterializedView({ from, ...options } as never) as unknown as (target: object) => void

const message = async (target: new () => object) =>
  (await failure(() => getEntityMetadata(target))).message

it('is an entity with a key of its own, called as in its table', () => {
  @MaterializedView({ from: () => Product, comment: 'by brand' })
  class ProductByBrand {
    @PartitionKey('text') brand!: string
    @ClusteringKey('int', { order: 'desc' }) line!: number
    @ClusteringKey('uuid') id!: Uuid
    @Column('double') price!: number
  }
  const view = getEntityMetadata(ProductByBrand)
  expect(view).toMatchObject({
    kind: 'view',
    table: 'product_by_brand',
    keyspace: 'shop',
    options: { comment: 'by brand' },
  })
  expect(view.from).toBe(getEntityMetadata(Product))
  expect(view.columns.map(({ name, kind, order }) => [name, kind, order])).toEqual([
    ['marke', 'partitionKey', 'asc'],
    ['line', 'clustering', 'desc'],
    ['id', 'clustering', 'asc'],
    ['price', 'regular', 'asc'],
  ])
  expect(Object.isFrozen(view)).toBe(true)
  expect(getEntityMetadata(Product)).toMatchObject({ kind: 'table', from: undefined })
})

it('may share its properties with the table through a base, which may have an index', () => {
  abstract class Named {
    @Index() @Column('text') name!: string
  }
  @Entity()
  class Person extends Named {
    @PartitionKey('uuid') id!: Uuid
  }
  @MaterializedView({ name: 'people', from: () => Person })
  class PersonByName extends Named {
    @PartitionKey('text') override name = ''
    @ClusteringKey('uuid') id!: Uuid
  }
  expect(getEntityMetadata(PersonByName)).toMatchObject({ table: 'people', indexes: [] })
})

it('finds its table lazily', () => {
  @MaterializedView({ from: () => Later })
  class Early {
    @PartitionKey('text') name!: string
    @ClusteringKey('uuid') id!: Uuid
  }
  @Entity()
  class Later {
    @PartitionKey('uuid') id!: Uuid
    @Column('text') name!: string
  }
  expect(getEntityMetadata(Early).from?.name).toBe('Later')
})

it('tells all that is wrong with its columns and its key at once', async () => {
  class Wrong {
    @PartitionKey('text') brand!: string
    @ClusteringKey('double') price!: number
    @ClusteringKey('uuid') id!: Uuid
    @Column('text') brnd!: string
    @Column('list<text>') tags!: string[]
    @StaticColumn('text') maker?: string
    @Index() @Column('text', { name: 'town' }) city?: string
  }
  viewOf(() => Product, { defaultTimeToLive: 10, keyspace: 'other' })(Wrong)
  const text = await message(Wrong)
  const lines = [
    `Wrong: 'keyspace' is not an option of @MaterializedView()`,
    'Wrong.city: has an @Index(), which a view cannot have; put it into the key',
    'Wrong: is a view, whose rows expire with those of the table; leave defaultTimeToLive out',
    `Wrong.brnd: is not a column of Product; did you mean 'brand'?; a view has columns of its table only`,
    'Wrong.tags: is a set<text> in Product, and a view has the types of its table; it cannot be a list<text>',
    'Wrong.maker: is static in Product, and a view cannot have it; leave it out',
    `Wrong.city: is the column 'city' in Product, not 'town'; leave name out`,
    'Wrong.line: belongs to the primary key of Product and must be in that of the view',
    `Wrong: has 'brand' and 'price' in its key, and a view may have one column there that is not in the key of Product`,
  ]
  for (const line of lines) expect(text).toContain(line)
  expect(text).toContain(`Wrong has ${lines.length} problems`)
})

it('says how to mend its key and its statics', async () => {
  class Wrong {
    @PartitionKey('text') brand!: string
    @ClusteringKey('double') price!: number
    @ClusteringKey('uuid') id!: Uuid
    @StaticColumn('text') city?: string
  }
  viewOf(() => Product)(Wrong)
  const text = await message(Wrong)
  expect(text).toContain('Wrong.city: is in a view, which has no statics; write @Column()')
  expect(text).toContain(
    'Wrong.line: belongs to the primary key of Product and must be in that of the view; ' +
      'declare it with @ClusteringKey() or @PartitionKey()',
  )
  expect(text).toContain('that is not in the key of Product; make the others plain @Column()s')
})

it('refuses what cannot have a view', async () => {
  @Entity()
  class Hits {
    @PartitionKey('text') page!: string
    @CounterColumn() views!: bigint
  }
  @Entity()
  class Broken {
    @Column('text') page!: string
  }
  @MaterializedView({ from: () => Product })
  class Sound {
    @PartitionKey('int') line!: number
    @ClusteringKey('uuid') id!: Uuid
  }
  const of = (from: unknown) => {
    class View {
      @PartitionKey('text') page!: string
    }
    viewOf(from)(View)
    return message(View)
  }
  expect(await of(() => Hits)).toBe(
    'View: from returns Hits, which has counters, and Cassandra makes no views of them; keep a table of your own',
  )
  expect(await of(() => Sound)).toBe(
    'View: from returns Sound, which is a view; name the class of a table',
  )
  expect(await of(() => Broken)).toBe(
    'Broken: has no partition key; put @PartitionKey() on at least one property',
  )
  expect(await of(() => undefined)).toBe(
    'View: from returned undefined; is the class imported in a circle, or not exported?',
  )
  const notLazy =
    'View: from must be a function that returns the class of the table: from: () => TheClass'
  expect(await of(Product)).toBe(notLazy)
  expect(await of(undefined)).toBe(notLazy)
})

it('is either a table or a view', async () => {
  @Entity()
  class Both {
    @PartitionKey('int') line!: number
    @ClusteringKey('uuid') id!: Uuid
  }
  viewOf(() => Product)(Both)
  expect(await message(Both)).toBe('Both: has @Entity() and @MaterializedView(); keep one of them')
})
