import {
  AfterLoad,
  AfterUpdate,
  Append,
  BeforeInsert,
  BeforeUpdate,
  ChildEntity,
  Column,
  CreateDateColumn,
  Entity,
  Equal,
  In,
  IsNull,
  LwtOutcomeUnknownError,
  MassWriteError,
  OptimisticLockError,
  PartitionKey,
  StatementError,
  TableInheritance,
  UpdateDateColumn,
  ValueError,
  VersionColumn,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { sentBy } from '../server/sent-by'

@Entity('products')
class Product {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('int') stock = 0
  @Column('list<text>') tags: string[] = []
  @Column('text', { ttl: 1000 }) offer?: string | null
  @VersionColumn() version?: number
}

@Entity({ name: 'tracked', trackChanges: true })
class Tracked {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('list<text>') tags: string[] = []
  @VersionColumn() version?: number
}

@Entity('hooked')
class Hooked {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @VersionColumn() version?: number
  loads = 0
  updates: number[] = []
  @AfterLoad() load(): void {
    this.loads++
  }
  @BeforeUpdate() before(): void {
    this.name = this.name?.toUpperCase() ?? null
  }
  @AfterUpdate() after(): void {
    this.updates.push(Number(this.version))
  }
}

@Entity({ name: 'dated', trackChanges: true })
class Dated {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @CreateDateColumn() createdAt?: Date
  @UpdateDateColumn() updatedAt?: Date
  @VersionColumn() version?: number
  ran: string[] = []
  @BeforeInsert() insert(): void {
    this.ran.push('insert')
  }
  @BeforeUpdate() update(): void {
    this.ran.push('update')
  }
}

@Entity('animals')
@TableInheritance({ column: 'kind', unknown: 'base' })
class Animal {
  @PartitionKey('int') id!: number
  @Column('text') kind!: string
  @VersionColumn() version?: number
}
@ChildEntity('dog')
class Dog extends Animal {
  @Column('text') breed?: string | null
}

const { db, keyspace } = useDataSource([Product, Tracked, Hooked, Dated, Animal, Dog])
const products = db.getRepository(Product)

const table = (name: string) => `"${keyspace.name}"."${name}"`
let next = 0

async function inserted(properties: Partial<Product> = {}): Promise<Product> {
  const product = products.create({ id: ++next, name: 'Anvil', ...properties })
  await products.insert(product)
  return product
}
const read = (id: number) => products.findOneByOrFail({ id })
const stored = async (id: number) => (await products.findOneBy({ id }))?.version

/** The error of a write that was not applied. */
async function lock(write: () => Promise<unknown>): Promise<OptimisticLockError> {
  const error = await failure(write)
  expect(error).toBeInstanceOf(OptimisticLockError)
  expect(error).toMatchObject({ code: 'OPTIMISTIC_LOCK' })
  return error as OptimisticLockError
}

describe('a new entity', () => {
  it.each(['insert', 'save'] as const)('gets version 1 by %s, if there is none', async (verb) => {
    const product = products.create({ id: ++next, name: 'Anvil' })
    const sent = await sentBy(() => products[verb](product))
    expect(sent).toEqual([expect.stringMatching(/^INSERT INTO .* IF NOT EXISTS$/u)])
    expect(product.version).toBe(1)
    const other = products.create({ id: product.id, name: 'Other' })
    const error = await lock(() => products[verb](other))
    expect(error.entity).toBe('Product')
    expect(error.message).toBe(
      'Product: a row with this key already exists, so the new entity was not written; ' +
        'read that row and save it, or give the entity another key',
    )
    expect(error.existing).toEqual({ ...product, offer: null })
    expect(error.existing).toBeInstanceOf(Product)
    expect(other.version).toBeUndefined()
    expect(await read(product.id)).toMatchObject({ name: 'Anvil', version: 1 })
    const existing = error.existing as unknown as Product
    existing.name = 'Mended'
    await products.save(existing)
    expect(existing.version).toBe(2)
  })

  it('is told by a result where it is asked for', async () => {
    const product = products.create({ id: ++next })
    expect(await products.insert(product, { ifNotExists: true })).toEqual({ applied: true })
    expect(product.version).toBe(1)
    const other = products.create({ id: product.id })
    const result = await products.insert(other, { ifNotExists: true })
    expect(result).toMatchObject({ applied: false, existing: { id: product.id, version: 1 } })
    expect(other.version).toBeUndefined()
    await lock(() => products.insert(other, { ifNotExists: false } as never))
    expect(
      (await failure(() => products.insert(other, { ifNotExists: 'x' } as never))).message,
    ).toBe('Product: ifNotExists must be true or false')
  })

  it('returns nothing, and the entity of a save', async () => {
    const product = products.create({ id: ++next })
    expect(await products.insert(product)).toBeUndefined()
    expect(await products.save(product)).toBe(product)
    expect(await products.remove(product)).toBeUndefined()
  })

  it('begins with 1 whatever its property says to insert', async () => {
    const product = products.create({ id: ++next, version: 7 })
    await products.insert(product)
    expect(product.version).toBe(1)
    const zero = products.create({ id: ++next, version: 0 })
    await products.save(zero)
    expect(zero.version).toBe(1)
  })
})

describe('a known entity', () => {
  it('is saved as the version that it was read with', async () => {
    const { id } = await inserted()
    const [one, two] = [await read(id), await read(id)]
    one.name = 'one'
    const sent = await sentBy(() => products.save(one))
    expect(sent).toHaveLength(1)
    expect(sent[0]).toContain(
      `UPDATE ${table('products')} SET "name" = ?, "stock" = ?, "tags" = ?, "version" = ? WHERE "id" = ? IF "version" = ?`,
    )
    expect(one.version).toBe(2)
    two.name = 'two'
    const error = await lock(() => products.save(two))
    expect(error.message).toBe(
      'Product: the row was changed since the entity was read, so nothing was written; ' +
        'read it again, make the change there and save that',
    )
    expect(error.existing).toEqual({ version: 2 })
    expect(two.version).toBe(1)
    expect(await read(id)).toMatchObject({ name: 'one', version: 2 })
    await products.save(one)
    expect(one.version).toBe(3)
  })

  it('is an error where the row is gone', async () => {
    const product = await inserted()
    await products.delete({ id: product.id })
    const error = await lock(() => products.save(product))
    expect(error.existing).toBeNull()
    expect(error.message).toBe(
      'Product: the row is no longer there, so nothing was written; ' +
        'insert the entity to create the row again',
    )
    expect(product.version).toBe(1)
    await lock(() => products.remove(product))
    await products.insert(product)
    expect(await stored(product.id)).toBe(1)
  })

  it('is removed as the version that it was read with', async () => {
    const { id } = await inserted()
    const [one, two] = [await read(id), await read(id)]
    await products.save(two)
    const error = await lock(() => products.remove(one))
    expect(error.existing).toEqual({ version: 2 })
    expect(one.version).toBe(1)
    expect(await sentBy(() => products.remove(two))).toEqual([
      `DELETE FROM ${table('products')} WHERE "id" = ? IF "version" = ?`,
    ])
    expect(await stored(id)).toBeUndefined()
    expect((await lock(() => products.save(two))).existing).toBeNull()
  })

  it('is removed with a condition beside, and then the result tells', async () => {
    const product = await inserted()
    expect(await products.remove(product, { if: { name: 'x' } })).toEqual({
      applied: false,
      existing: { name: 'Anvil', version: 1 },
    })
    const other = await read(product.id)
    await products.save(other)
    expect(await products.remove(product, { ifExists: true })).toEqual({
      applied: false,
      existing: { version: 2 },
    })
    const sent = await sentBy(async () => {
      expect(await products.remove(other, { if: { name: 'Anvil' } })).toEqual({ applied: true })
    })
    expect(sent).toEqual([
      `DELETE FROM ${table('products')} WHERE "id" = ? IF "name" = ? AND "version" = ?`,
    ])
    expect((await failure(() => products.remove(other, { if: {} }))).message).toContain('empty if')
    const both = { if: { name: 'x' }, ifExists: true } as never
    expect((await failure(() => products.remove(other, both))).message).toContain(
      'exclude each other',
    )
    const text = { ifExists: 'x' } as never
    expect((await failure(() => products.remove(other, text))).message).toContain('true or false')
  })

  it('is read first where it has no version', async () => {
    const { id } = await inserted()
    const projection = await products.findOneOrFail({ where: { id }, select: ['id', 'name'] })
    const message = `Product.version is the version, and the entity has none; read it whole, or with 'version' in select, `
    for (const [write, instead] of [
      [() => products.save(projection as Product), 'or call update() with if'],
      [() => products.remove(projection as Product), 'or call delete() by its key'],
    ] as const) {
      const error = await failure(write)
      expect(error).toBeInstanceOf(StatementError)
      expect(error.message).toBe(message + instead)
    }
    const selected = await products.findOneOrFail({
      where: { id },
      select: ['id', 'name', 'version'],
    })
    selected.name = 'selected'
    expect(await sentBy(() => products.save(selected as Product))).toEqual([
      `UPDATE ${table('products')} SET "name" = ?, "version" = ? WHERE "id" = ? IF "version" = ?`,
    ])
    expect(await stored(id)).toBe(2)
  })

  it('gets its first version where the row is older than the column', async () => {
    const id = ++next
    await keyspace.client.execute(
      `INSERT INTO ${table('products')} (id, name) VALUES (${id}, 'old')`,
    )
    const [product, late] = [await read(id), await read(id)]
    expect(product.version).toBeNull()
    await products.save(product)
    expect(product.version).toBe(1)
    await lock(() => products.save(late))
    await lock(() => products.remove(late))
  })

  it('refuses another key, and another kind of version', async () => {
    const product = await inserted()
    const { id } = product
    product.id = ++next
    expect((await failure(() => products.save(product))).message).toContain(
      'Product.id belongs to the primary key and has changed',
    )
    expect((await failure(() => products.remove(product))).message).toContain('has changed since')
    product.id = id
    product.version = '1' as never
    const error = await failure(() => products.save(product))
    expect(error).toBeInstanceOf(ValueError)
    expect(error.message).toContain('Product.version')
    product.version = 1
    Object.assign(product, { nam: 'x' })
    expect((await failure(() => products.save(product))).message).toContain(
      'Product.nam is not a column and would not be saved',
    )
    delete (product as { nam?: string }).nam
    product.tags = Append(['x']) as never
    expect((await failure(() => products.save(product))).message).toContain(
      'Product.tags is given a change operator',
    )
    expect(product.version).toBe(1)
  })
})

describe('an entity that came back from elsewhere', () => {
  it('is saved as the version that it says', async () => {
    const { id } = await inserted({ stock: 5 })
    const json = JSON.parse(JSON.stringify({ id, name: 'from a form', version: 1 })) as Product
    const sent = await sentBy(() => products.save(json))
    expect(sent).toEqual([
      `UPDATE ${table('products')} SET "name" = ?, "version" = ? WHERE "id" = ? IF "version" = ?`,
    ])
    expect(json.version).toBe(2)
    expect(await read(id)).toMatchObject({ name: 'from a form', stock: 5, version: 2 })
    const late = { id, name: 'late', version: 1 } as Product
    expect((await lock(() => products.save(late))).existing).toEqual({ version: 2 })
    expect((await lock(() => products.remove(late))).existing).toEqual({ version: 2 })
    expect(late.version).toBe(1)
    await products.remove({ id, version: 2 } as Product)
    expect(await stored(id)).toBeUndefined()
  })
})

describe('options', () => {
  it('takes a ttl, and columns with one of their own', async () => {
    const product = await inserted({ offer: 'a' })
    expect(product.version).toBe(1)
    product.offer = 'b'
    const [sent, ...others] = await sentBy(() => products.save(product, { ttl: 500 }))
    expect(others).toEqual([])
    expect(sent).toContain('USING TTL ? SET "name" = ?')
    expect(sent).toContain('IF "version" = ?')
    expect(await read(product.id)).toMatchObject({ offer: 'b', version: 2 })
    const late = products.create({ id: product.id, version: 1, offer: 'c' })
    expect((await lock(() => products.save(late))).existing).toMatchObject({ version: 2 })
    expect(await read(product.id)).toMatchObject({ offer: 'b', version: 2 })
  })

  it('refuses a timestamp', async () => {
    const product = await inserted()
    const message =
      'Product: a conditional write takes no timestamp, since Cassandra gives it its own; leave timestamp out'
    for (const write of [
      () => products.insert(products.create({ id: ++next }), { timestamp: 1n }),
      () => products.save(product, { timestamp: 1n }),
      () => products.remove(product, { timestamp: 1n }),
    ]) {
      expect((await failure(write)).message).toBe(message)
    }
    expect(product.version).toBe(1)
  })

  it('leaves the version as it was when the server fails', async () => {
    const product = await inserted()
    await failure(() => products.save(product, { consistency: 'three' }))
    expect(product.version).toBe(1)
  })
})

describe('update of a versioned entity', () => {
  it('says which version it changes, and sets the next', async () => {
    const { id } = await inserted()
    const sent = await sentBy(async () => {
      const result = await products.update(
        { id },
        { stock: 4 },
        { if: { version: 1, name: 'Anvil' } },
      )
      expect(result).toEqual({ applied: true })
    })
    expect(sent).toEqual([
      `UPDATE ${table('products')} SET "stock" = ?, "version" = ? WHERE "id" = ? IF "name" = ? AND "version" = ?`,
    ])
    expect(await read(id)).toMatchObject({ stock: 4, version: 2 })
    expect(await products.update({ id }, { stock: 5 }, { if: { version: 1 } })).toEqual({
      applied: false,
      existing: { version: 2 },
    })
    await products.update({ id }, { tags: Append(['x']) }, { if: { version: Equal(2) } })
    expect(await read(id)).toMatchObject({ tags: ['x'], version: 3 })
    const old = ++next
    await products.update({ id: old }, { stock: 1 }, { if: { version: IsNull() } })
    expect(await read(old)).toMatchObject({ stock: 1, version: 1 })
  })

  it('is refused without, and of the version itself', async () => {
    const { id } = await inserted()
    const needs =
      'Product.version is a version, so an update must say which one it changes; write ' +
      'update(where, changes, { if: { version: … } }), or read the entity and save() it'
    for (const options of [
      {},
      { ifExists: true },
      { if: { name: 'Anvil' } },
      { if: { version: In([1, 2]) } },
      { if: null },
    ]) {
      const update = () => products.update({ id }, { stock: 1 }, options as never)
      expect((await failure(update)).message).toBe(needs)
      const batch = () => db.batch().update(Product, { id }, { stock: 1 }, options as never)
      expect((await failure(batch)).message).toBe(needs)
    }
    const own = () => products.update({ id }, { version: 5 }, { if: { version: 1 } })
    expect((await failure(own)).message).toBe(
      'Product.version is counted by the repository; leave it out of changes',
    )
    const wrong = () => products.update({ id }, { stock: 5 }, { if: { version: 'x' as never } })
    expect(await failure(wrong)).toBeInstanceOf(ValueError)
    await products.delete({ id })
    expect(await stored(id)).toBeUndefined()
  })
})

describe('a batch', () => {
  it('refuses the entity, naming what to do', async () => {
    const product = await inserted()
    for (const verb of ['insert', 'save', 'remove'] as const) {
      const error = await failure(() => db.batch()[verb](Product, product))
      expect(error).toBeInstanceOf(StatementError)
      expect(error.message).toBe(
        `Product has a version, so ${verb} of it is conditional and cannot be in a batch; call ${verb}() of its repository, ` +
          'or put update(Product, where, changes, { if: { version } }) into the batch',
      )
    }
  })

  it('takes an update that names the version', async () => {
    const { id } = await inserted()
    const update = (version: number) =>
      db.batch().update(Product, { id }, { stock: 9 }, { if: { version } }).execute()
    expect(await update(1)).toMatchObject({ applied: true })
    expect(await update(1)).toMatchObject({ applied: false, existing: [{ id, version: 2 }] })
  })
})

it('tells in a mass save which were not applied', async () => {
  const [one, two] = [await inserted(), await inserted()]
  await products.save(await read(two.id))
  const error = (await failure(() => products.save([one, two]))) as MassWriteError
  expect(error.failures).toEqual([
    { index: 1, entity: two, cause: expect.any(OptimisticLockError) },
  ])
  expect([one.version, two.version]).toEqual([2, 1])
})

describe('with tracked changes', () => {
  it('sends what changed and the version, or nothing', async () => {
    const tracked = db.getRepository(Tracked)
    await tracked.insert(tracked.create({ id: 1, name: 'a', tags: ['x'] }))
    const [entity, late] = [
      await tracked.findOneByOrFail({ id: 1 }),
      await tracked.findOneByOrFail({ id: 1 }),
    ]
    expect(await sentBy(() => tracked.save(entity))).toEqual([])
    expect(entity.version).toBe(1)
    entity.tags.push('y')
    expect(await sentBy(() => tracked.save(entity))).toEqual([
      `UPDATE ${table('tracked')} SET "tags" = "tags" + ?, "version" = ? WHERE "id" = ? IF "version" = ?`,
    ])
    expect(entity.version).toBe(2)
    expect(tracked.changes(entity)).toEqual({})
    late.name = 'b'
    await lock(() => tracked.save(late))
    expect(tracked.changes(late)).toEqual({ name: { from: 'a', to: 'b' } })
    expect(late.version).toBe(1)
    entity.name = null
    await tracked.save(entity)
    expect(await tracked.findOneBy({ id: 1 })).toEqual(entity)
  })
})

it('calls hooks around it, with the version that was written', async () => {
  const hooked = db.getRepository(Hooked)
  await hooked.insert(hooked.create({ id: 1, name: 'a' }))
  const [entity, late] = [
    await hooked.findOneByOrFail({ id: 1 }),
    await hooked.findOneByOrFail({ id: 1 }),
  ]
  await hooked.save(entity)
  expect(entity).toMatchObject({ name: 'A', updates: [2] })
  await lock(() => hooked.save(late))
  expect(late).toMatchObject({ updates: [], version: 1 })
  const error = await lock(() => hooked.insert(hooked.create({ id: 1 })))
  expect(error.existing).toMatchObject({ name: 'A', loads: 1 })
})

describe('with dates', () => {
  it('moves them with the version, and not when nothing has changed', async () => {
    const dated = db.getRepository(Dated)
    await dated.insert(dated.create({ id: 1, name: 'a' }))
    const entity = await dated.findOneByOrFail({ id: 1 })
    const before = { ...entity }
    expect(await sentBy(() => dated.save(entity))).toEqual([])
    expect(entity).toMatchObject({ updatedAt: before.updatedAt, version: 1 })
    entity.name = 'b'
    expect(await sentBy(() => dated.save(entity))).toEqual([
      `UPDATE ${table('dated')} SET "name" = ?, "updated_at" = ?, "version" = ? WHERE "id" = ? IF "version" = ?`,
    ])
    expect(entity).toMatchObject({ createdAt: before.createdAt, version: 2 })
    expect(await dated.findOneBy({ id: 1 })).toMatchObject({ ...entity, ran: [] })
    expect(await sentBy(() => dated.save(entity))).toEqual([])
    expect(await dated.update({ id: 1 }, { name: 'c' }, { if: { version: 2 } })).toEqual({
      applied: true,
    })
  })

  it('leaves the first date as it is of what came from elsewhere, which is an update', async () => {
    const dated = db.getRepository(Dated)
    await dated.insert(dated.create({ id: 2, name: 'a' }))
    const stored = await dated.findOneByOrFail({ id: 2 })
    const form = dated.create({ id: 2, name: 'b', version: 1, createdAt: new Date(0) })
    const [sent] = await sentBy(() => dated.save(form))
    expect(sent).toContain('UPDATE')
    expect(sent).not.toContain('created_at')
    expect(form.ran).toEqual(['update'])
    expect((await dated.findOneBy({ id: 2 }))?.createdAt).toEqual(stored.createdAt)
    const bare = dated.create({ id: 2, name: 'c', version: 2 })
    await dated.save(bare)
    expect((await dated.findOneBy({ id: 2 }))?.createdAt).toEqual(stored.createdAt)
  })
})

it('concerns all classes of a table', async () => {
  const [animals, dogs] = [db.getRepository(Animal), db.getRepository(Dog)]
  await dogs.save(dogs.create({ id: 1, breed: 'pug' }))
  const [one, two] = [
    await dogs.findOneByOrFail({ id: 1 }),
    await animals.findOneByOrFail({ id: 1 }),
  ]
  one.breed = 'one'
  await dogs.save(one)
  ;(two as Dog).breed = 'two'
  expect((await lock(() => animals.save(two))).existing).toEqual({ version: 2 })
  two.version = 2
  await animals.save(two)
  expect(await animals.findOneBy({ id: 1 })).toEqual(two)
  await lock(() => dogs.remove(one))
  await animals.insert(animals.create({ id: 2, kind: 'cat' }))
  const noDog = { id: 2, breed: 'pug', version: 1 } as Dog
  expect((await lock(() => dogs.save(noDog))).existing).toEqual({ kind: 'cat', version: 1 })
  expect((await lock(() => dogs.remove(noDog))).existing).toEqual({ kind: 'cat', version: 1 })
  expect(await dogs.update({ id: 1 }, { breed: 'x' }, { if: { version: 3 } })).toEqual({
    applied: true,
  })
})

it('counts exactly what was applied of a hundred concurrent saves', async () => {
  const { id } = await inserted({ stock: 0 })
  const versions: number[] = []
  let unknown = 0
  await Promise.all(
    Array.from({ length: 100 }, async () => {
      const product = await products.findOneOrFail({ where: { id }, consistency: 'serial' })
      const before = product.version
      product.stock++
      try {
        await products.save(product)
        versions.push(Number(product.version))
      } catch (error) {
        if (error instanceof LwtOutcomeUnknownError) unknown++
        else expect(error).toBeInstanceOf(OptimisticLockError)
        expect(product.version).toBe(before)
      }
    }),
  )
  const product = await products.findOneOrFail({ where: { id }, consistency: 'serial' })
  expect(new Set(versions).size).toBe(versions.length)
  expect(versions.length).toBeGreaterThan(0)
  expect(product.stock).toBe(Number(product.version) - 1)
  expect(product.stock).toBeGreaterThanOrEqual(versions.length)
  expect(product.stock).toBeLessThanOrEqual(versions.length + unknown)
})

it('lets one of a hundred inserts win', async () => {
  const id = ++next
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, async (_, stock) => {
      const product = products.create({ id, stock })
      try {
        await products.insert(product)
        return stock
      } catch (error) {
        if (error instanceof LwtOutcomeUnknownError) return 'unknown'
        expect(error).toBeInstanceOf(OptimisticLockError)
        expect(product.version).toBeUndefined()
        return 'lost'
      }
    }),
  )
  const winners = outcomes.filter((each) => typeof each === 'number')
  const product = await products.findOneOrFail({ where: { id }, consistency: 'serial' })
  expect(winners.length).toBeLessThanOrEqual(1)
  if (winners.length === 1) expect(product.stock).toBe(winners[0])
  else expect(outcomes).toContain('unknown')
})
