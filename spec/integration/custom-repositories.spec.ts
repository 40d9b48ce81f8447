import {
  ClusteringKey,
  Column,
  CounterColumn,
  CounterRepository,
  Entity,
  EntityRepository,
  Index,
  MaterializedView,
  PartitionKey,
  ReadRepository,
  Repository,
  Uuid,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column('text') brand?: string | null
}

@MaterializedView({ from: () => Product })
class ProductByBrand {
  @PartitionKey('text') brand!: string
  @ClusteringKey('uuid') id!: Uuid
}

@Entity('hits')
class Hits {
  @PartitionKey('text') page!: string
  @CounterColumn() views!: bigint
}

@Entity('stray')
class Stray {
  @PartitionKey('uuid') id!: Uuid
}

@EntityRepository(Product)
class ProductRepository extends Repository<Product> {
  ofBrand(brand: string): Promise<Product[]> {
    return this.findBy({ brand })
  }

  async brandOf(id: Uuid): Promise<string | null | undefined> {
    return (await this.with({ consistency: 'one' }).#byId(id))?.brand
  }

  #byId(id: Uuid): Promise<Product | null> {
    return this.findOneBy({ id })
  }
}

@EntityRepository(Product)
class Catalog extends Repository<Product> {
  readonly context = { name: 'spring' }
  private readonly shared = new Map<string, number>()

  countOf(brand: string): number {
    this.shared.set(brand, (this.shared.get(brand) ?? 0) + 1)
    return this.shared.get(brand) ?? 0
  }
}

class SpecialProducts extends ProductRepository {}

@EntityRepository(ProductByBrand)
class Brands extends ReadRepository<ProductByBrand> {}

@EntityRepository(Product)
class Reader extends ReadRepository<Product> {}

@EntityRepository(Hits)
class HitsRepository extends CounterRepository<Hits> {
  visit(page: string): Promise<void> {
    return this.increment({ page }, { views: 1n })
  }
}

class Nameless extends Repository<Product> {}

@EntityRepository(Stray)
class Strays extends Repository<Stray> {}

@EntityRepository(Product)
class NoCounters extends CounterRepository<Product> {}

@EntityRepository(ProductByBrand)
class Written extends Repository<ProductByBrand> {}

const { db } = useDataSource([Product, ProductByBrand, Hits])

it('gives a repository of the class, with methods of its own and those of Repository', async () => {
  const products = db.getCustomRepository(ProductRepository)
  expect(products).toBeInstanceOf(ProductRepository)
  const id = Uuid.random()
  await products.save(products.create({ id, brand: 'Acme' }))
  expect(await products.ofBrand('Acme')).toMatchObject([{ brand: 'Acme' }])
  expect(await products.brandOf(id)).toBe('Acme')
})

it('is always the same one, and another one of a class that extends it', () => {
  const products = db.getCustomRepository(ProductRepository)
  expect(db.getCustomRepository(ProductRepository)).toBe(products)
  const special = db.getCustomRepository(SpecialProducts)
  expect(special).toBeInstanceOf(SpecialProducts)
  expect(special.metadata).toBe(products.metadata)
  expect(db.getRepository(Product).constructor).toBe(Repository)
})

it('keeps its class in with()', () => {
  const products = db.getCustomRepository(ProductRepository).with({ consistency: 'one' })
  expect(products).toBeInstanceOf(ProductRepository)
})

it('has fields of its own, under whatever name', async () => {
  const catalog = db.getCustomRepository(Catalog)
  const id = Uuid.random()
  await catalog.insert(catalog.create({ id, brand: 'Spring' }))
  expect(await catalog.findOneBy({ id })).toMatchObject({ brand: 'Spring' })
  expect(await catalog.with({ consistency: 'one' }).count()).toBeGreaterThan(0)
  expect(catalog.countOf('Spring')).toBe(1)
  expect(catalog.context).toEqual({ name: 'spring' })
})

it('may be of a view, of counters, or read a table only', async () => {
  expect(db.getCustomRepository(Brands).metadata.kind).toBe('view')
  expect(db.getCustomRepository(Reader)).not.toHaveProperty('save')
  const hits = db.getCustomRepository(HitsRepository)
  await hits.visit('/')
  await hits.visit('/')
  expect(await hits.findOneBy({ page: '/' })).toMatchObject({ views: 2n })
})

describe('refuses', () => {
  const refusal = (repository: unknown) =>
    failure(async () => db.getCustomRepository(repository as typeof ProductRepository))

  it.each([
    [
      Nameless,
      'Nameless does not name its entity; write @EntityRepository(Product) above class Nameless',
    ],
    [Strays, 'Stray is not among the entities of this DataSource; add it to entities'],
    [NoCounters, 'Product has no counters; use getRepository(Product)'],
    [Written, 'ProductByBrand is a view and cannot be written'],
    [
      Product,
      'Product is not a repository class; getCustomRepository takes one that extends Repository, CounterRepository or ReadRepository',
    ],
    [undefined, 'undefined is not a repository class'],
  ])('%p', async (repository, message) => {
    expect((await refusal(repository)).message).toContain(message)
  })

  it('a repository where an entity is wanted', async () => {
    for (const get of [
      () => db.getRepository(ProductRepository),
      () => db.getViewRepository(Brands),
      () => db.getCounterRepository(HitsRepository),
    ]) {
      expect((await failure(async () => get())).message).toContain(
        'is a repository, not an entity; use getCustomRepository(',
      )
    }
  })

  it('to be made without a data source', () => {
    expect(() => new (ProductRepository as unknown as new () => object)()).toThrow(
      'ProductRepository is made by a DataSource: getCustomRepository(ProductRepository), or in Nest ' +
        'CoodieModule.forFeature([ProductRepository]); leave it out of providers',
    )
  })

  it('the decorator where it says nothing', () => {
    const decorate = (entity: unknown, target: unknown) => () =>
      EntityRepository(entity as typeof Product)(target as typeof ProductRepository)
    expect(decorate(Product, Stray)).toThrow(
      '@EntityRepository() is on Stray, which is not a repository; use it on a class that extends ' +
        'Repository, CounterRepository or ReadRepository',
    )
    expect(decorate(undefined, Nameless)).toThrow(
      '@EntityRepository() of Nameless needs the class of its entity, got undefined: is its file imported in a circle?',
    )
  })
})
