import 'reflect-metadata'
import { Column, DataSource, Entity, MoreThan, PartitionKey, Repository, Uuid } from 'coodie'
import { CassandraServer } from 'coodie/testing'

@Entity('products')
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column() name!: string
  @Column('double') price = 0
  @Column('list<text>') tags: string[] = []
}

@Entity()
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
