// What a repository takes and gives.
import {
  And,
  At,
  Between,
  type BigDecimal,
  type Changes,
  type Class,
  Column,
  type ColumnKey,
  Contains,
  ContainsKey,
  type DataSource,
  Entity,
  Entry,
  Equal,
  type FindOptions,
  In,
  type Input,
  IsNull,
  LessThan,
  Like,
  type LocalDate,
  MoreThan,
  MoreThanOrEqual,
  Not,
  PartitionKey,
  ReadRepository,
  Repository,
  Uuid,
  type Where,
  getEntityMetadata,
} from 'coodie'
import type { Equal as Same, Expect, Result } from '../expect'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Column('text') brand = 'Unknown'
  @Column('double') price = 0
  @Column('boolean') active!: boolean
  @Column('bigint') stock!: bigint
  @Column('timestamp') createdAt!: Date
  @Column('text') status!: 'new' | 'used'
  @Column('list<text>') tags: string[] = []
  @Column('set<int>') sizes!: Set<number>
  @Column('map<text, int>') attrs!: Map<string, number>
  @Column('vector<float, 3>') embedding!: number[]
  @Column('text') description?: string | null
  @Column('text') subtitle?: string
  @Column('text') origin!: string | null

  label(): string {
    return `${this.brand} ${this.name}`
  }
}

class Collections {
  @Column('set<uuid>') uuids!: Set<Uuid>
  @Column('list<timestamp>') dates!: Date[]
  @Column('map<uuid, bigint>') amounts!: Map<Uuid, bigint>
}

declare const db: DataSource
declare const id: Uuid
const products = db.getRepository(Product)
export type _repository = Expect<Same<typeof products, Repository<Product>>>
export type _columns = Expect<
  Same<
    ColumnKey<Product>,
    | 'id'
    | 'name'
    | 'brand'
    | 'price'
    | 'active'
    | 'stock'
    | 'createdAt'
    | 'status'
    | 'tags'
    | 'sizes'
    | 'attrs'
    | 'embedding'
    | 'description'
    | 'subtitle'
    | 'origin'
  >
>

// What reads give.
const some = () => products.find({ select: ['id', 'name'] })
export type _some = Expect<Same<Result<typeof some>, Pick<Product, 'id' | 'name'>[]>>
const all = () => products.find()
export type _all = Expect<Same<Result<typeof all>, Product[]>>
const filtered = () => products.find({ where: { brand: 'Acme' }, limit: 1 })
export type _filtered = Expect<Same<Result<typeof filtered>, Product[]>>
const one = () => products.findOne({ where: { id }, select: ['name'] })
export type _one = Expect<Same<Result<typeof one>, Pick<Product, 'name'> | null>>
const oneBy = () => products.findOneBy({ id })
export type _oneBy = Expect<Same<Result<typeof oneBy>, Product | null>>
const orFail = () => products.findOneOrFail({ where: { id } })
export type _orFail = Expect<Same<Result<typeof orFail>, Product>>
const single = () => products.findSingle({ where: { id }, select: ['id'] })
export type _single = Expect<Same<Result<typeof single>, Pick<Product, 'id'> | null>>
const page = () => products.findPage({ select: ['id'], pageState: null })
export type _page = Expect<Same<Result<typeof page>['items'], Pick<Product, 'id'>[]>>
export type _pageState = Expect<Same<Result<typeof page>['pageState'], string | null>>
const stream = () => products.stream({ select: ['id'] })
export type _stream = Expect<Same<ReturnType<typeof stream>, AsyncIterable<Pick<Product, 'id'>>>>
const exists = () => products.exists({ where: { id } })
export type _exists = Expect<Same<Result<typeof exists>, boolean>>
const created = () => products.create({ id, name: 'x' })
export type _created = Expect<Same<ReturnType<typeof created>, Product>>
const saved = (product: Product) => products.save(product, { ttl: 60 })
export type _saved = Expect<Same<Result<typeof saved>, Product>>
const savedAll = (all: readonly Product[]) => products.save(all)
export type _savedAll = Expect<Same<Result<typeof savedAll>, Product[]>>

// Options as variables.
const without: FindOptions<Product> = { where: { id } }
const withSelect: FindOptions<Product, 'id' | 'name'> = { select: ['id', 'name'] }
const fromVariable = () => products.find(without)
export type _fromVariable = Expect<Same<Result<typeof fromVariable>, Product[]>>
const fromSelect = () => products.find(withSelect)
export type _fromSelect = Expect<Same<Result<typeof fromSelect>, Pick<Product, 'id' | 'name'>[]>>
// @ts-expect-error
export const selecting: FindOptions<Product> = { select: ['id'] }

// Filters.
export const filters: Where<Product>[] = [
  { id },
  { id: 'c9a1…' },
  { id: In([id, 'as text']) },
  { name: Equal('x') },
  { name: Like('x%') },
  { status: In(['new']) },
  { price: MoreThan(5) },
  { price: And(MoreThanOrEqual(1), LessThan(9)) },
  { price: Between(1, 9) },
  { price: 5n },
  { stock: 5 },
  { stock: '5' },
  { createdAt: LessThan(new Date()) },
  { createdAt: 0 },
  { active: true },
  { tags: Contains('x') },
  { sizes: Contains(1) },
  { attrs: Contains(1) },
  { attrs: ContainsKey('x') },
  { attrs: Entry('x', 1) },
  { description: 'x' },
  { embedding: new Float32Array(3) },
]
export const wrongFilters = (): Where<Product>[] => [
  // @ts-expect-error
  { brnd: 'Acme' },
  // @ts-expect-error
  { name: 5 },
  // @ts-expect-error
  { name: null },
  // @ts-expect-error
  { description: null },
  // @ts-expect-error
  { id: 5 },
  // @ts-expect-error
  { price: '5' },
  // @ts-expect-error
  { price: MoreThan('5') },
  // @ts-expect-error
  { price: Like('5%') },
  // @ts-expect-error
  { status: 'broken' },
  // @ts-expect-error
  { status: In(['broken']) },
  // @ts-expect-error
  { name: In('x') },
  // @ts-expect-error
  { name: Contains('x') },
  // @ts-expect-error
  { tags: Contains(5) },
  // @ts-expect-error
  { attrs: ContainsKey(5) },
  // @ts-expect-error
  { attrs: Entry('x', 'y') },
  // @ts-expect-error
  { active: MoreThan(false) },
  // @ts-expect-error
  { name: Not('x') },
  // @ts-expect-error
  { description: IsNull() },
  // @ts-expect-error
  { tags: At(0, 'x') },
  // @ts-expect-error
  { tags: ContainsKey('x') },
  // @ts-expect-error
  [{ name: 'x' }],
  // @ts-expect-error
  new Map([['name', 'x']]),
  // @ts-expect-error
  Promise.resolve({ name: 'x' }),
  // @ts-expect-error
  { label: 'x' },
  // @ts-expect-error
  { name: { kind: 'range', value: 'x' } },
]

// What is accepted for a property: its type, and the forms of the same value that lose nothing.
export type _inputs = [
  Expect<Same<Input<string>, string>>,
  Expect<Same<Input<'a' | 'b'>, 'a' | 'b'>>,
  Expect<Same<Input<number>, number | bigint>>,
  Expect<Same<Input<bigint>, number | bigint | string>>,
  Expect<Same<Input<boolean>, boolean>>,
  Expect<Same<Input<Date>, Date | number>>,
  Expect<Same<Input<Uuid>, Uuid | string>>,
  Expect<Same<Input<BigDecimal>, BigDecimal | string | number | bigint>>,
  Expect<Same<Input<LocalDate>, LocalDate | string>>,
  Expect<Same<Input<Buffer>, Uint8Array>>,
  Expect<Same<Input<Float32Array>, Float32Array | readonly number[]>>,
]
export const inputs: Changes<Collections>[] = [
  { uuids: new Set([id]), dates: [new Date()], amounts: new Map([[id, 1n]]) },
  { uuids: [id, 'as text'], dates: [0], amounts: { 'as text': 1 } },
  { uuids: new Set(['as text']), amounts: new Map([['as text', '1']]) },
]
export const wrongInputs = (): Changes<Collections>[] => [
  // @ts-expect-error
  { uuids: [5] },
  // @ts-expect-error
  { dates: ['2026-01-31'] },
  // @ts-expect-error
  { amounts: { a: true } },
]

// Reads.
export async function wrongReads(): Promise<void> {
  // @ts-expect-error
  await products.find({ select: ['nam'] })
  // @ts-expect-error
  await products.find({ select: ['label'] })
  // @ts-expect-error
  await products.find({ orderBy: { nme: 'asc' } })
  // @ts-expect-error
  await products.find({ orderBy: { name: 'up' } })
  // @ts-expect-error
  await products.find({ skip: 10 })
  // @ts-expect-error
  await products.find({ wher: { id } })
  // @ts-expect-error
  await products.find({ consistency: 'most' })
  // @ts-expect-error
  await products.findOne({ where: { id }, limit: 1 })
  // @ts-expect-error
  await products.exists({ where: { id }, select: ['id'] })
  // @ts-expect-error
  await products.count({ select: ['id'] })
  const [selected] = await products.find({ select: ['id'] })
  // @ts-expect-error
  selected?.name.trim()
  // @ts-expect-error
  selected?.label()
}

// Changes and writes.
export const changes: Changes<Product>[] = [
  { price: 42, description: null, subtitle: null, origin: null },
  { price: undefined, tags: ['x'], sizes: [1], attrs: { a: 1 } },
  { sizes: new Set([1]), attrs: new Map([['a', 1]]), stock: 1, createdAt: 0 },
]
export const wrongChanges = (): Changes<Product>[] => [
  // @ts-expect-error
  { prce: 1 },
  // @ts-expect-error
  { price: '1' },
  // @ts-expect-error
  { name: null },
  // @ts-expect-error
  { status: 'broken' },
  // @ts-expect-error
  { attrs: { a: 'x' } },
  // @ts-expect-error
  { label: () => 'x' },
]
export async function writes(): Promise<void> {
  await products.update({ id }, { price: 1 }, { ttl: 1, timestamp: 1n })
  await products.delete({ id }, { columns: ['description'] })
  await products.remove(products.create({ id }))
  await products.with({ consistency: 'one', keyspace: 'other' }).save([products.create()])
  // @ts-expect-error
  products.create({ nme: 'x' })
  // @ts-expect-error
  products.create({ name: 5 })
  // @ts-expect-error
  await products.save({ name: 'x' })
  // @ts-expect-error
  await products.save(products.create(), { ttl: '60' })
  // @ts-expect-error
  await products.save(products.create(), { tll: 60 })
  // @ts-expect-error
  await products.delete({ id }, { columns: ['nam'] })
  // @ts-expect-error
  await products.delete({ id }, { ttl: 1 })
}

// Generic code.
export class Service<E extends { id: Uuid }> {
  constructor(private readonly repository: Repository<E>) {}

  get(wanted: Uuid): Promise<E | null> {
    return this.repository.findOneBy({ id: wanted } as Where<E>)
  }

  list(options: FindOptions<E>): Promise<E[]> {
    return this.repository.find(options)
  }

  save(entity: E): Promise<E> {
    return this.repository.save(entity)
  }

  async saveAll(entities: readonly E[]): Promise<void> {
    await this.repository.save(entities, { concurrency: 2 })
  }

  change(wanted: Uuid, what: Changes<E>): Promise<void> {
    return this.repository.update({ id: wanted } as Where<E>, what)
  }

  delete(wanted: Uuid): Promise<void> {
    return this.repository.delete({ id: wanted } as Where<E>)
  }

  remove(entity: E): Promise<void> {
    return this.repository.remove(entity)
  }
}
export const service = new Service(products)
export function repositoryOf<E extends object>(target: Class<E>): Repository<E> {
  return db.getRepository(target)
}
export const reader: ReadRepository<Product> = products
// @ts-expect-error
export const writer: Repository<Product> = reader
// @ts-expect-error
export const saving = (read: ReadRepository<Product>) => read.save(products.create())
getEntityMetadata(Product)

// A repository of a class of one's own.
export class ProductRepository extends Repository<Product> {
  ofBrand(brand: string): Promise<Product[]> {
    return this.find({ where: { brand } })
  }
}

export const savedOnes: Promise<Product[]> = products.save([products.create()])

// Fields of its own, under whatever name.
export class NamedRepository extends Repository<Product> {
  private readonly context = 'the catalog'
  protected readonly shared = 1

  describe(): string {
    return `${this.context} ${this.shared}`
  }
}

// Whatever has the same methods fits, as a double in a test does.
type Double = { [Name in keyof Repository<Product>]: Repository<Product>[Name] }
declare const double: Double
export const doubled: Repository<Product> = double
