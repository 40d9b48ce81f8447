// Materialized views and classes that share a table.
import {
  ChildEntity,
  ClusteringKey,
  Column,
  ComputedColumn,
  DataSource,
  Entity,
  MaterializedView,
  PartitionKey,
  type ReadRepository,
  type Repository,
  TableInheritance,
  type Uuid,
  primaryKey,
} from 'coodie'
import type { Equal, Expect, Result } from '../expect'

@Entity('products')
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('text') brand?: string | null
  @Column('double') price = 0
  label(): string {
    return this.name
  }
}

@MaterializedView({ from: () => Product, comment: 'by brand' })
export class ProductByBrand {
  declare readonly [primaryKey]?: ['brand', 'id']
  @PartitionKey('text') brand!: string
  @ClusteringKey('uuid', { order: 'desc' }) id!: Uuid
  @Column('double') price!: number
  @ComputedColumn({ function: 'writetime', of: 'price' }) readonly writtenAt?: bigint | null
  readonly kept = new Map<string, number>()
  get text(): string {
    return this.brand
  }
  print(separator: string): string {
    return `${this.brand}${separator}`
  }
}

export abstract class Named {
  @Column('text') name!: string
}
@MaterializedView({ from: () => Product })
export class ProductByName extends Named {
  @PartitionKey('text') override name = ''
  @ClusteringKey('uuid') id!: Uuid
}

// @ts-expect-error
@MaterializedView({ from: () => Product })
export class Misspelt {
  @PartitionKey('text') brnd!: string
  @ClusteringKey('uuid') id!: Uuid
}
// @ts-expect-error
@MaterializedView({ from: Product })
export class NotLazy {
  @PartitionKey('uuid') id!: Uuid
}
// @ts-expect-error
@MaterializedView({ name: 'baseless' })
export class Baseless {
  @PartitionKey('uuid') id!: Uuid
}
// @ts-expect-error
@MaterializedView({ from: () => Product, defaultTimeToLive: 1 })
export class Expiring {
  @PartitionKey('uuid') id!: Uuid
}
// @ts-expect-error
@MaterializedView({ from: () => Product, coment: 'x' })
export class Misnamed {
  @PartitionKey('uuid') id!: Uuid
}

declare const db: DataSource

export const byBrand = () => db.getViewRepository(ProductByBrand)
export const dogs = () => db.getRepository(Dog)
export const found = () => byBrand().find()
export type Results = [
  Expect<Equal<ReturnType<typeof byBrand>, ReadRepository<ProductByBrand>>>,
  Expect<Equal<ReturnType<typeof dogs>, Repository<Dog>>>,
  Expect<Equal<Result<typeof found>, ProductByBrand[]>>,
]

export async function reads(id: Uuid): Promise<void> {
  const found = await byBrand().find({ where: { brand: 'Acme' }, orderBy: { id: 'asc' } })
  // @ts-expect-error
  await byBrand().save(found)
  // @ts-expect-error
  await byBrand().delete({ id })
  // @ts-expect-error
  await byBrand().findBy({ name: 'Anvil' })
}

@Entity('animals')
@TableInheritance({ column: 'kind', value: 'animal', unknown: 'base' })
export class Animal {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') kind!: string
}

@ChildEntity('dog')
export class Dog extends Animal {
  @Column('text') breed?: string | null
}

@ChildEntity(7)
export abstract class Numbered extends Animal {}

// @ts-expect-error
@TableInheritance({ column: 'knd' })
@Entity()
export class WrongColumn {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') kind!: string
}
// @ts-expect-error
@TableInheritance({ column: 'kind', unknown: 'null' })
@Entity()
export class WrongUnknown {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') kind!: string
}
// @ts-expect-error
@ChildEntity()
export class Valueless extends Animal {}
// @ts-expect-error
@ChildEntity(new Date())
export class Dated extends Animal {}

export async function family(id: Uuid): Promise<void> {
  await dogs().save(dogs().create({ id, breed: 'Poodle' }))
  const animals: Animal[] = await db.getRepository(Animal).find()
  void animals
  // @ts-expect-error
  await db.getRepository(Animal).findBy({ breed: 'Poodle' })
}
