// An application as users write it: compiles under every module kind and strictness.
import 'reflect-metadata'
import { Column, DataSource, Entity, In, MoreThan, PartitionKey, Repository, Uuid } from 'coodie'
import type { FindOptions, Where } from 'coodie'

@Entity('products')
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('double') price = 0
  @Column('list<text>') tags: string[] = []
  @Column('text') description?: string | null
}

export class Products {
  constructor(private readonly products: Repository<Product>) {}

  cheap(options?: FindOptions<Product>): Promise<Product[]> {
    return this.products.find({ ...options, where: { price: MoreThan(5), name: In(['a', 'b']) } })
  }

  async add(product: Product): Promise<string> {
    const result = await this.products.insert(product, { ifNotExists: true })
    return result.applied ? '' : result.existing.name
  }

  async rename(id: Uuid, name: string): Promise<void> {
    await this.products.update({ id }, { name, description: null })
    const where: Where<Product> = { id }
    const [first] = await this.products.find({ where, select: ['id'] })
    // @ts-expect-error
    await this.products.find({ select: ['nam'] })
    // @ts-expect-error
    await this.products.findBy({ brnd: 'x' })
    // @ts-expect-error
    first?.name.trim()
  }
}

export class Mistyped {
  // @ts-expect-error
  @Column('int') name!: string
}

export const start = async () => {
  const db = new DataSource({ contactPoints: ['127.0.0.1'], entities: [Product] })
  await db.initialize()
  return new Products(db.getRepository(Product))
}
