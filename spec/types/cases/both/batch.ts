// What a batch takes and gives.
import {
  type BatchResult,
  Column,
  type DataSource,
  Entity,
  PartitionKey,
  Uuid,
  primaryKey,
} from 'coodie'
import type { Equal as Same, Expect } from '../expect'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('double') price = 0
}

@Entity('readings')
class Reading {
  declare readonly [primaryKey]?: [['tenant', 'day'], never]
  @PartitionKey('uuid') tenant!: Uuid
  @PartitionKey('text') day!: string
  @Column('int') value!: number
}

declare const db: DataSource
declare const id: Uuid
declare const product: Product
declare const flag: boolean

export async function batches(tenant: Uuid, day: string): Promise<void> {
  const batch = db.batch({ logged: false, consistency: 'quorum' })
  batch
    .insert(Product, product, { ifNotExists: flag, ttl: 60 })
    .save(Product, product, { timestamp: 1n })
    .update(Product, { id }, { price: 1 }, { if: { name: 'x' } })
    .update(Reading, { tenant, day }, { value: 1 })
    .delete(Product, { id }, { columns: ['name'], ifExists: true })
    .remove(Product, product)
  const result = await batch.execute()
  type _result = Expect<Same<typeof result, BatchResult>>
  const typed = await batch.execute<Product>()
  type _typed = Expect<Same<typeof typed.existing, readonly Partial<Product>[]>>
  // @ts-expect-error: another entity
  batch.insert(Product, new Reading())
  // @ts-expect-error: no such property
  batch.update(Product, { id }, { prce: 1 })
  // @ts-expect-error: a part of the key is missing
  batch.update(Reading, { tenant }, { value: 1 })
  // @ts-expect-error: of the whole batch
  batch.save(Product, product, { consistency: 'one' })
  // @ts-expect-error: no such option
  db.batch({ loged: true })
}
