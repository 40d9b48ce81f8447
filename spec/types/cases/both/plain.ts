// Entities to plain values and back, and options of validation.
import { Column, Entity, PartitionKey, type Repository, type Uuid } from 'coodie'

@Entity()
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('bigint') visits = 0n
  private readonly hidden = 1
  get shown(): number {
    return this.hidden
  }
}

declare const products: Repository<Product>
declare const body: unknown
declare const product: Product

export const plain: Record<string, unknown> = products.toPlain(product)
export const grouped = products.toPlain(product, { groups: ['admin'] })
export async function projections(): Promise<Record<string, unknown>[]> {
  const found = await products.find({ select: ['id', 'name'] })
  return found.map((each) => products.toPlain(each))
}
export const read: Product = products.fromPlain(body)
export const awaited: Promise<Product> = products.fromPlainAsync(body, { groups: ['admin'] })

// @ts-expect-error the option is groups
products.toPlain(product, { group: ['admin'] })
// @ts-expect-error groups are several
products.fromPlain(body, { groups: 'admin' })
// @ts-expect-error of many, call it for each
products.toPlain([product])

export const saved: Promise<Product> = products.save(product, { validate: true, groups: ['a'] })
export const inserted: Promise<void> = products.insert(product, { validate: false })
export const updated: Promise<void> = products.update(
  { id: product.id },
  { name: 'x' },
  { validate: true },
)
// @ts-expect-error what is removed is not validated
export const removed = products.remove(product, { validate: true })

@Entity({ validate: { groups: ['a'], strictGroups: true } })
export class Validated {
  @PartitionKey('int') id!: number
}
// @ts-expect-error no option of validation
@Entity({ validate: { whitelist: true } })
export class Misspelt {
  @PartitionKey('int') id!: number
}
