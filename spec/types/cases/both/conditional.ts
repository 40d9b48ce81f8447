// Conditional writes and batches.
import {
  And,
  At,
  Between,
  type BatchResult,
  Column,
  Contains,
  ContainsKey,
  type DataSource,
  Entity,
  Entry,
  In,
  IsNull,
  Like,
  type LwtResult,
  MoreThan,
  Not,
  PartitionKey,
  Uuid,
  type WriteOptions,
  primaryKey,
} from 'coodie'
import type { Equal as Same, Expect } from '../expect'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('double') price = 0
  @Column('list<text>') tags: string[] = []
  @Column('set<int>') sizes!: Set<number>
  @Column('map<text, int>') attrs!: Map<string, number>
  @Column('text') description?: string | null

  label(): string {
    return this.name
  }
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
declare const some: WriteOptions
const products = db.getRepository(Product)

export async function results(): Promise<void> {
  const plain = await products.insert(product)
  type _plain = Expect<Same<typeof plain, void>>
  const off = await products.insert(product, { ifNotExists: false })
  type _off = Expect<Same<typeof off, void>>
  const on = await products.insert(product, { ifNotExists: true, ttl: 60 })
  type _on = Expect<Same<typeof on, LwtResult<Product>>>
  const either = await products.insert(product, { ifNotExists: flag })
  type _either = Expect<Same<typeof either, void | LwtResult<Product>>>
  const given = await products.insert(product, some)
  type _given = Expect<Same<typeof given, void>>

  if (!on.applied) on.existing.name.trim()
  if (on.applied) {
    const none: undefined = on.existing
    void none
  }
  // @ts-expect-error: not known to be there
  on.existing.name.trim()

  const updated = await products.update({ id }, { price: 1 })
  type _updated = Expect<Same<typeof updated, void>>
  const exists = await products.update({ id }, { price: 1 }, { ifExists: true })
  type _exists = Expect<Same<typeof exists, LwtResult<Partial<Product> | null>>>
  const met = await products.update({ id }, { price: 1 }, { if: { name: 'x' } })
  type _met = Expect<Same<typeof met, LwtResult<Partial<Product> | null>>>
  const maybe = await products.delete({ id }, { ifExists: flag })
  type _maybe = Expect<Same<typeof maybe, void | LwtResult<Partial<Product> | null>>>
  const deleted = await products.delete({ id }, { columns: ['name'], if: { name: 'x' } })
  type _deleted = Expect<Same<typeof deleted, LwtResult<Partial<Product> | null>>>
  const removed = await products.remove(product, { ifExists: true, consistency: 'quorum' })
  type _removed = Expect<Same<typeof removed, LwtResult<Partial<Product> | null>>>
  if (!met.applied) met.existing?.price?.toFixed(2)
}

export async function conditions(): Promise<void> {
  await products.update(
    { id },
    { price: 1 },
    {
      if: {
        name: Not('x'),
        price: And(MoreThan(1), Not(5)),
        description: IsNull(),
        tags: At(0, Not('x')),
        sizes: Contains(1),
        attrs: Entry('a', MoreThan(1)),
      },
    },
  )
  await products.update(
    { id },
    { price: 1 },
    {
      if: {
        name: In(['x', 'y']),
        price: Between(1, 2),
        description: Not(null),
        tags: And(At(0, 'x'), At(1, In(['y']))),
        attrs: And(Entry('a', 1), Entry('b', Not(2))),
      },
    },
  )
  await products.update({ id }, { price: 1 }, { if: { tags: ['x'], attrs: ContainsKey('a') } })
  // @ts-expect-error: no such property
  await products.update({ id }, { price: 1 }, { if: { nam: 'x' } })
  // @ts-expect-error: a method
  await products.update({ id }, { price: 1 }, { if: { label: 'x' } })
  // @ts-expect-error: written IsNull()
  await products.update({ id }, { price: 1 }, { if: { description: null } })
  // @ts-expect-error: another type
  await products.update({ id }, { price: 1 }, { if: { price: 'x' } })
  // @ts-expect-error: another type
  await products.update({ id }, { price: 1 }, { if: { price: Not('x') } })
  // @ts-expect-error: not in IF
  await products.update({ id }, { price: 1 }, { if: { name: Like('x%') } })
  // @ts-expect-error: not a list
  await products.update({ id }, { price: 1 }, { if: { attrs: At(0, 1) } })
  // @ts-expect-error: another element
  await products.update({ id }, { price: 1 }, { if: { tags: At(0, 1) } })
  // @ts-expect-error: no condition has a timestamp
  await products.update({ id }, { price: 1 }, { if: { name: 'x' }, timestamp: 1n })
  // @ts-expect-error: one or the other
  await products.update({ id }, { price: 1 }, { if: { name: 'x' }, ifExists: true })
  // @ts-expect-error: an upsert has no condition
  await products.save(product, { ifNotExists: true })
  // @ts-expect-error: not in WHERE
  await products.findBy({ name: Not('x') })
  // @ts-expect-error: not in WHERE
  await products.findBy({ tags: At(0, 'x') })
}

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
