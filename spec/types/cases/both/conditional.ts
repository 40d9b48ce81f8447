// What conditional writes take and tell.
import {
  And,
  At,
  type Changes,
  Column,
  Contains,
  Entity,
  CounterColumn,
  Entry,
  Field,
  Fields,
  In,
  IsNull,
  type LwtResult,
  MoreThan,
  Not,
  PartitionKey,
  UserDefinedType,
  type Repository,
  type Uuid,
  type Where,
} from 'coodie'
import type { Equal as Same, Expect, Result } from '../expect'

@UserDefinedType()
class Origin {
  @Field('text') country!: string
  @Field('int') since?: number | null
}

@Entity('hits')
class Hits {
  @PartitionKey('text') page!: string
  @CounterColumn() views!: bigint
}

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('double') price = 0
  @Column('list<text>') tags: string[] = []
  @Column('map<text, int>') stock!: Map<string, number>
  @Column('text') description?: string | null

  @Column(() => Origin) from?: Origin | null

  label(): string {
    return this.name
  }
}

declare const products: Repository<Product>
declare const id: Uuid
declare const product: Product
declare const perhaps: boolean

const inserted = () => products.insert(product)
export type _inserted = Expect<Same<Result<typeof inserted>, void>>
const ifNotExists = () => products.insert(product, { ifNotExists: true, ttl: 60 })
export type _ifNotExists = Expect<Same<Result<typeof ifNotExists>, LwtResult<Product>>>
const never = () => products.insert(product, { ifNotExists: false })
export type _never = Expect<Same<Result<typeof never>, void>>
const sometimes = () => products.insert(product, { ifNotExists: perhaps })
export type _sometimes = Expect<Same<Result<typeof sometimes>, void | LwtResult<Product>>>

const updated = () => products.update({ id }, { price: 1 })
export type _updated = Expect<Same<Result<typeof updated>, void>>
const ifExists = () => products.update({ id }, { price: 1 }, { ifExists: true })
export type _ifExists = Expect<Same<Result<typeof ifExists>, LwtResult<Partial<Product> | null>>>
const ifSo = () => products.update({ id }, { price: 1 }, { if: { name: 'x' } })
export type _ifSo = Expect<Same<Result<typeof ifSo>, LwtResult<Partial<Product> | null>>>
const deleted = () => products.delete({ id }, { if: { price: MoreThan(1) } })
export type _deleted = Expect<Same<Result<typeof deleted>, LwtResult<Partial<Product> | null>>>
const removed = () => products.remove(product, { ifExists: true })
export type _removed = Expect<Same<Result<typeof removed>, LwtResult<Partial<Product> | null>>>

// Narrows by `applied`, with strictNullChecks off too.
export async function narrow(): Promise<string> {
  const result = await products.insert(product, { ifNotExists: true })
  if (!result.applied) return result.existing.name
  // @ts-expect-error
  return result.existing.name
}

export async function conditions(): Promise<void> {
  await products.update({ id }, { price: 1 }, { if: { name: Not('x'), description: IsNull() } })
  await products.update({ id }, { price: 1 }, { if: { price: And(MoreThan(1), Not(5)) } })
  await products.update({ id }, { price: 1 }, { if: { name: In(['a', 'b']) } })
  await products.update({ id }, { price: 1 }, { if: { tags: At(0, 'x') } })
  await products.update({ id }, { price: 1 }, { if: { tags: Contains('x') } })
  await products.update({ id }, { price: 1 }, { if: { stock: Entry('a', MoreThan(1)) } })
  const where = { id }
  const changes = { price: 1 }
  await products.update(where, changes, { if: { from: Fields({ country: Not('x') }) } })
  await products.update({ id }, { price: 1 }, { if: { from: Fields({ country: 'x' }) } })
  await products.delete(where, { if: { from: Fields({ since: IsNull() }) } })
  await products.remove(product, { if: { from: Fields({ since: MoreThan(1) }) } })
  // @ts-expect-error
  await products.update(where, changes, { if: { from: Fields({ county: 'x' }) } })
  await products.update({ id }, { price: 1 }, { if: { from: Fields({ country: Not('x') }) } })
  await products.delete({ id }, { if: { from: Fields({ since: IsNull() }) } })
  await products.remove(product, { if: { from: Fields({ since: MoreThan(1) }) } })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { from: Fields({ county: 'x' }) } })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { nme: 'x' } })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { name: 5 } })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { label: 'x' } })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { tags: At('0', 'x') } })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { stock: Entry('a', 'x') } })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { name: 'x' }, ifExists: true })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { if: { name: 'x' }, timestamp: 1n })
  // @ts-expect-error
  await products.update({ id }, { price: 1 }, { ifNotExists: true })
  // @ts-expect-error
  await products.insert(product, { ifExists: true })
  // @ts-expect-error
  await products.save(product, { ifNotExists: true })
  // @ts-expect-error
  await products.findBy({ tags: At(0, 'x') })
}

export class Service<E extends { id: Uuid }> {
  constructor(private readonly repository: Repository<E>) {}

  add(entity: E): Promise<LwtResult<E>> {
    return this.repository.insert(entity, { ifNotExists: true })
  }

  async change(id: Uuid, changes: Changes<E>): Promise<boolean> {
    const { applied } = await this.repository.update({ id } as Where<E>, changes, {
      ifExists: true,
    })
    return applied
  }
}
