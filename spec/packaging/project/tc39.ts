import { Column, DataSource, Entity, MoreThan, PartitionKey, Repository, Uuid } from 'coodie'
import { defineMigration } from 'coodie/migration'
import { CassandraServer } from 'coodie/testing'

@Entity('products')
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('double') price = 0
  @Column('list<text>') tags: string[] = []
}

@Entity('wrong')
export class Wrong {
  @PartitionKey('uuid') id!: Uuid
  // @ts-expect-error a string is no int
  @Column('int') count!: string
}

export class Service {
  constructor(private readonly products: Repository<Product>) {}

  async names(): Promise<string[]> {
    const found = await this.products.find({ where: { price: MoreThan(5) }, select: ['name'] })
    // @ts-expect-error only the name was selected
    void found[0]?.price
    return found.map(({ name }) => name)
  }
}

export async function start(): Promise<DataSource> {
  const server = await CassandraServer.start()
  const { contactPoints, localDataCenter } = server
  return new DataSource({ contactPoints, localDataCenter, entities: [Product] }).initialize()
}

export default defineMigration({
  description: 'names in capitals',
  up: [
    'ALTER TABLE products ADD label text',
    async ({ db, repository, scan }) => {
      const source: DataSource = db
      const products = repository(Product)
      await scan(Product, { select: ['id', 'name'] }, ({ id, name }) =>
        products.update({ id }, { name: name.toUpperCase() }),
      )
      // @ts-expect-error only id and name were selected
      await scan(Product, { select: ['id', 'name'] }, ({ price }) => void price)
      await source.ping()
    },
    // @ts-expect-error a number is no step
    7,
  ],
})
