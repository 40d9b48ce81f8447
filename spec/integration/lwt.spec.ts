import {
  And,
  At,
  Between,
  ClusteringKey,
  Column,
  Contains,
  ContainsKey,
  DataSource,
  Entity,
  Entry,
  Field,
  Fields,
  type IfConditions,
  In,
  IsNull,
  MoreThan,
  Not,
  PartitionKey,
  StatementError,
  StaticColumn,
  UserDefinedType,
  Uuid,
  frozen,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { sentBy } from '../server/sent-by'

@UserDefinedType('origin')
class Origin {
  @Field('text') country?: string | null
  @Field('int') since?: number | null
}

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name?: string | null
  @Column('text') brand = 'Unknown'
  @Column('double') price = 0
  @Column('int', { select: false }) secret?: number | null
  @Column('list<int>') sizes: number[] = []
  @Column('set<text>') tags = new Set<string>()
  @Column({ type: 'map<text, int>', name: 'Stock' }) stock = new Map<string, number>()
  @Column('frozen<map<text, int>>') limits?: Map<string, number> | null
  @Column(() => Origin) from?: Origin | null
  @Column(frozen(() => Origin)) home?: Origin | null
  readonly #made = 'by the constructor'

  get made(): string {
    return this.#made
  }
}

@Entity('rooms')
class Room {
  @PartitionKey('text') house!: string
  @ClusteringKey('int') number!: number
  @StaticColumn('text') owner?: string | null
  @Column('text') guest?: string | null
}

const { db, keyspace } = useDataSource([Product, Room])
const products = db.getRepository(Product)
const rooms = db.getRepository(Room)

async function stored(properties: Partial<Product>): Promise<Product> {
  const product = products.create({ id: Uuid.random(), name: 'Anvil', ...properties })
  await products.insert(product)
  return product
}

describe('insert with ifNotExists', () => {
  it('applies once, and then gives the stored entity', async () => {
    const id = Uuid.random()
    const first = products.create({ id, name: 'Anvil', price: 5, secret: 1, tags: new Set(['x']) })
    expect(await products.insert(first, { ifNotExists: true })).toStrictEqual({ applied: true })
    const second = products.create({ id, name: 'Rope' })
    const result = await products.insert(second, { ifNotExists: true })
    expect(result.applied).toBe(false)
    if (result.applied) return
    expect(result.existing).toBeInstanceOf(Product)
    expect(result.existing.made).toBe('by the constructor')
    expect(result.existing).toEqual(await products.findOneByOrFail({ id }))
    expect(result.existing).toMatchObject({ name: 'Anvil', price: 5, stock: new Map() })
    expect(result.existing.secret).toBeUndefined()
  })

  it('takes a ttl, and defaults as any insert', async () => {
    const id = Uuid.random()
    await products.insert(products.create({ id }), { ifNotExists: true, ttl: 1000 })
    const { rows } = await keyspace.client.execute(
      `SELECT ttl(price) AS left FROM ${keyspace.name}.products WHERE id = ?`,
      [id],
      { prepare: true },
    )
    expect(Number(rows[0]?.['left'])).toBeGreaterThan(900)
  })

  it('is an ordinary insert when it is false', async () => {
    const product = await stored({ price: 1 })
    const off: boolean = false
    expect(
      await products.insert({ ...product, price: 2 } as Product, { ifNotExists: false }),
    ).toBeUndefined()
    expect(await products.insert(product, { ifNotExists: off })).toBeUndefined()
    const [cql] = await sentBy(() => products.insert(product, { ifNotExists: off }))
    expect(cql).not.toContain('IF NOT EXISTS')
  })

  it('gives the statics of a partition without rows', async () => {
    const house = 'statics alone'
    expect(await rooms.insert({ house, owner: 'Ada' } as Room, { ifNotExists: true })).toEqual({
      applied: true,
    })
    expect(await rooms.insert({ house, owner: 'Eve' } as Room, { ifNotExists: true })).toEqual({
      applied: false,
      existing: { house, number: null, owner: 'Ada', guest: null },
    })
  })
})

describe('update', () => {
  it('with ifExists applies to a row that exists only', async () => {
    const { id } = await stored({})
    expect(await products.update({ id }, { price: 1 }, { ifExists: true })).toEqual({
      applied: true,
    })
    const absent = { id: Uuid.random() }
    expect(await products.update(absent, { price: 1 }, { ifExists: true })).toStrictEqual({
      applied: false,
      existing: null,
    })
    expect(await products.findOneBy(absent)).toBeNull()
    expect(await products.update({ id }, { price: 2 }, { ifExists: false })).toBeUndefined()
  })

  it('with if tells what the conditions name, and nothing else', async () => {
    const { id } = await stored({ brand: 'Acme', price: 5 })
    const applied = await products.update(
      { id },
      { price: 42 },
      { if: { brand: 'Acme', price: 5 } },
    )
    expect(applied).toStrictEqual({ applied: true })
    const not = await products.update({ id }, { name: 'x' }, { if: { brand: 'Acme', price: 5 } })
    expect(not.applied).toBe(false)
    expect(not.existing).toBeInstanceOf(Product)
    expect(Object.keys(not.existing as object)).toEqual(['brand', 'price'])
    expect(not.existing).toEqual({ brand: 'Acme', price: 42 })
    const absent = await products.update({ id: Uuid.random() }, { price: 1 }, { if: { price: 5 } })
    expect(absent).toStrictEqual({ applied: false, existing: null })
  })

  it.each<[name: string, conditions: IfConditions<Product>, met: boolean]>([
    ['In', { price: In([5, 6]) }, true],
    ['In of others', { price: In([6, 7]) }, false],
    ['In of nothing', { price: In([]) }, false],
    ['MoreThan', { price: MoreThan(4) }, true],
    ['Between', { price: Between(1, 4) }, false],
    ['And', { price: And(MoreThan(4), Not(6)) }, true],
    ['Not', { brand: Not('Acme') }, false],
    ['Not(null)', { brand: Not(null) }, true],
    ['IsNull', { limits: IsNull() }, true],
    ['IsNull of a value', { brand: IsNull() }, false],
    ['a whole list', { sizes: [1, 2] }, true],
    ['an empty list for none', { stock: new Map() }, false],
    ['a whole set in any order', { tags: new Set(['y', 'x']) }, true],
    ['Contains', { sizes: Contains(2), tags: Contains('x') }, true],
    ['Contains of a map', { stock: Contains(3) }, false],
    ['ContainsKey', { stock: ContainsKey('a') }, true],
    ['Entry', { stock: Entry('a', 1) }, true],
    ['Entry of another value', { stock: Entry('a', 2) }, false],
    ['Entry and an operator', { stock: Entry('a', MoreThan(0)) }, true],
    ['Entry that is not there', { stock: Entry('z', IsNull()) }, true],
    ['several entries', { stock: And(Entry('a', 1), Entry('b', In([2, 3]))) }, true],
    ['At', { sizes: At(1, 2) }, true],
    ['At beyond the end', { sizes: At(9, 2) }, false],
    ['Fields', { from: Fields({ country: 'DE', since: MoreThan(1900) }) }, true],
    ['Fields of other values', { from: Fields({ country: 'DE', since: 1 }) }, false],
    ['Fields of null', { home: Fields({ since: IsNull(), country: In(['DE']) }) }, true],
    ['Fields of an absent value', { home: Fields({ since: Not(null) }) }, false],
    ['a whole user-defined type', { from: { country: 'DE', since: 1949 } }, true],
    ['At and an operator', { sizes: And(At(0, Not(9)), At(9, IsNull())) }, true],
  ])('asks %s', async (_name, conditions, met) => {
    const all = {
      brand: 'Acme',
      price: 5,
      sizes: [1, 2],
      tags: new Set(['x', 'y']),
      stock: new Map([
        ['a', 1],
        ['b', 2],
      ]),
      from: { country: 'DE', since: 1949 },
      home: { country: 'DE', since: null },
    }
    const { id } = await stored(all)
    const result = await products.update({ id }, { name: 'changed' }, { if: conditions })
    const named = Object.keys(conditions) as (keyof typeof all)[]
    const existing = Object.fromEntries(named.map((property) => [property, all[property] ?? null]))
    expect(result).toEqual(met ? { applied: true } : { applied: false, existing })
    expect((await products.findOneBy({ id }))?.name).toBe(met ? 'changed' : 'Anvil')
  })

  it('takes an empty collection for an absent one', async () => {
    const { id } = await stored({ sizes: [] })
    expect(await products.update({ id }, { name: 'x' }, { if: { sizes: [] } })).toEqual({
      applied: true,
    })
    const result = await products.update(
      { id },
      { name: 'x' },
      { if: { sizes: [1], limits: Not(null) } },
    )
    expect(result).toEqual({ applied: false, existing: { sizes: [], limits: null } })
  })

  it('of statics alone takes the partition key', async () => {
    const house = 'of statics'
    await rooms.insert({ house, number: 1, owner: 'Ada', guest: 'Bob' })
    expect(await rooms.update({ house }, { owner: 'Eve' }, { if: { owner: 'Ada' } })).toEqual({
      applied: true,
    })
    expect(await rooms.update({ house }, { owner: 'Eve' }, { if: { owner: 'Ada' } })).toEqual({
      applied: false,
      existing: { owner: 'Eve' },
    })
    const ofRow = await rooms.update(
      { house, number: 1 },
      { owner: 'Ida' },
      { if: { guest: 'Bob', owner: 'Eve' } },
    )
    expect(ofRow).toEqual({ applied: true })
  })

  it('creates a row that does not exist when the condition holds for it', async () => {
    const id = Uuid.random()
    expect(await products.update({ id }, { price: 1 }, { if: { brand: IsNull() } })).toEqual({
      applied: true,
    })
    expect(await products.findOneBy({ id })).toMatchObject({ price: 1 })
  })
})

describe('delete and remove', () => {
  it('are applied only when the condition holds', async () => {
    const product = await stored({ price: 5 })
    const { id } = product
    expect(await products.delete({ id }, { if: { price: 6 } })).toEqual({
      applied: false,
      existing: { price: 5 },
    })
    expect(await products.delete({ id }, { columns: ['name'], if: { price: 5 } })).toEqual({
      applied: true,
    })
    expect(await products.findOneBy({ id })).toMatchObject({ name: null, price: 5 })
    expect(await products.remove(product, { if: { price: MoreThan(5) } })).toEqual({
      applied: false,
      existing: { price: 5 },
    })
    expect(await products.remove(product, { ifExists: true })).toEqual({ applied: true })
    expect(await products.remove(product, { ifExists: true })).toStrictEqual({
      applied: false,
      existing: null,
    })
    expect(await products.delete({ id }, { ifExists: false })).toBeUndefined()
  })
})

it('takes a serial consistency, and refuses what is none', async () => {
  const { id } = await stored({})
  const options = {
    ifExists: true,
    serialConsistency: 'localSerial',
    consistency: 'quorum',
  } as const
  expect(await products.update({ id }, { price: 1 }, options)).toEqual({ applied: true })
  const wrong = { ifExists: true, serialConsistency: 'quorum' } as never
  await expect(products.update({ id }, { price: 1 }, wrong)).rejects.toThrow(
    `Product: serialConsistency must be one of 'serial', 'localSerial'`,
  )
})

it('reads what is stored through a client with default options', async () => {
  const bare = await new DataSource({
    client: keyspace.client,
    keyspace: keyspace.name,
    entities: [Product],
  }).initialize()
  const { id } = await stored({ stock: new Map([['a', 1]]), tags: new Set(['x']) })
  const changed = { if: { stock: Entry('a', 9), tags: Contains('x') } }
  expect(await bare.getRepository(Product).update({ id }, { price: 1 }, changed)).toEqual({
    applied: false,
    existing: { stock: new Map([['a', 1]]), tags: new Set(['x']) },
  })
  await bare.destroy()
})

it.each<[name: string, run: () => Promise<unknown>, message: string]>([
  [
    'a misspelt condition',
    () => products.update({ id: Uuid.random() }, { price: 1 }, { if: { brnd: 'x' } as never }),
    `Product.brnd, named in if, is not a column; did you mean 'brand'?`,
  ],
  [
    'an empty if',
    () => products.update({ id: Uuid.random() }, { price: 1 }, { if: {} }),
    'Product: an empty if would be no condition',
  ],
  [
    'an if that is undefined in a variable',
    () => products.delete({ id: Uuid.random() }, { if: { price: undefined } as never }),
    'Product.price: undefined in an if would be no condition',
  ],
  [
    'a key in the if',
    () => products.delete({ id: Uuid.random() }, { if: { id: Uuid.random() } }),
    'Product.id belongs to the primary key',
  ],
  [
    'a timestamp',
    () =>
      products.insert(products.create({ id: Uuid.random() }), { ifNotExists: true, timestamp: 1n }),
    'Product: a conditional write takes no timestamp',
  ],
  [
    'several rows',
    () =>
      products.update({ id: In([Uuid.random(), Uuid.random()]) }, { price: 1 }, { ifExists: true }),
    `Product: a conditional update concerns one row, and 'id' is given by In()`,
  ],
  [
    'a condition on save',
    () => products.save(products.create({ id: Uuid.random() }), { ifNotExists: true } as never),
    `Product: save has no 'ifNotExists', since it writes whether the row exists or not; use insert()`,
  ],
  [
    'a misspelt option',
    () => products.update({ id: Uuid.random() }, { price: 1 }, { ifExist: true } as never),
    `Product: update has no option 'ifExist'; did you mean 'ifExists'?`,
  ],
  [
    'an option of another method',
    () => products.update({ id: Uuid.random() }, { price: 1 }, { ifNotExists: true } as never),
    `Product: update has no option 'ifNotExists'`,
  ],
])('refuses %s and sends nothing', async (_name, run, message) => {
  let error: unknown
  const sent = await sentBy(() =>
    run().catch((thrown: unknown) => {
      error = thrown
    }),
  )
  expect(error).toBeInstanceOf(StatementError)
  expect((error as Error).message).toContain(message)
  expect(sent).toEqual([])
})
