import fc from 'fast-check'
import {
  Append,
  BeforeUpdate,
  ChildEntity,
  ClusteringKey,
  Column,
  Entity,
  MassWriteError,
  PartitionKey,
  type Repository,
  StatementError,
  StaticColumn,
  TableInheritance,
  UserDefinedType,
  Field,
} from '../../lib'
import {
  Address,
  Tracked,
  TrackedVersioned,
  assign,
  histories,
  structuredCopy,
} from '../repository/containers'
import { show } from '../codec/edge-values'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { sentBy } from '../server/sent-by'

@UserDefinedType('size')
class Size {
  @Field('int') width?: number | null
  @Field('int') height?: number | null
}

@Entity({ name: 'products', trackChanges: true })
class Product {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('double') price?: number | null
  @Column('list<text>') tags: string[] = []
  @Column('set<text>') colors = new Set<string>()
  @Column('map<text, int>') stock = new Map<string, number>()
  @Column(() => Size) size?: Size | null
  @Column('text', { select: false }) secret?: string | null
  @Column('text', { ttl: 1000 }) offer?: string | null
}

@Entity({ name: 'readings', trackChanges: true })
class Reading {
  @PartitionKey('int') sensor!: number
  @ClusteringKey('int') no!: number
  @StaticColumn('text') place?: string | null
  @Column('int') value?: number | null
}

@Entity({ name: 'shapes', trackChanges: true })
@TableInheritance({ column: 'kind' })
class Shape {
  @PartitionKey('int') id!: number
  @Column('text') kind!: string
  @Column('list<int>') points: number[] = []
}
@ChildEntity('circle')
class Circle extends Shape {
  @Column('int') radius?: number | null
}
@ChildEntity('square')
class Square extends Shape {
  @Column('int') side?: number | null
}

@Entity({ name: 'hooked', trackChanges: true })
class Hooked {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('text') slug?: string | null
  ran = 0
  @BeforeUpdate() update(): void {
    this.ran++
    this.slug = this.name?.toLowerCase() ?? null
  }
}

@Entity('plain')
class Plain {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
}

const all = [Product, Reading, Shape, Circle, Square, Hooked, Plain, Tracked, TrackedVersioned]
const { db, keyspace } = useDataSource(all)
const products = db.getRepository(Product)
const readings = db.getRepository(Reading)

const table = (name: string) => `"${keyspace.name}"."${name}"`
let next = 0

/** A product that was written and read again. */
async function loadedProduct(properties: Partial<Product> = {}): Promise<Product> {
  const id = ++next
  await products.insert(products.create({ id, name: 'Anvil', price: 5, ...properties }))
  return products.findOneByOrFail({ id })
}
const readAgain = ({ id }: Product) => products.findOneByOrFail({ id })

describe('save of a loaded entity', () => {
  it('sends one update of the one column, and then nothing', async () => {
    const product = await loadedProduct({ tags: ['a'] })
    product.tags.push('b')
    expect(products.changes(product)).toEqual({ tags: { from: ['a'], to: ['a', 'b'] } })
    expect(await sentBy(() => products.save(product))).toEqual([
      `UPDATE ${table('products')} SET "tags" = "tags" + ? WHERE "id" = ?`,
    ])
    expect(products.changes(product)).toEqual({})
    expect(await sentBy(() => products.save(product))).toEqual([])
    expect(await readAgain(product)).toEqual(product)
  })

  it('gives back the entity, also when nothing was sent', async () => {
    const product = await loadedProduct()
    expect(await products.save(product)).toBe(product)
    product.name = 'Hammer'
    expect(await products.save(product)).toBe(product)
  })

  it('writes each column in its own way, in one statement', async () => {
    const product = await loadedProduct({
      colors: new Set(['red', 'blue']),
      stock: new Map([['here', 1], ['there', 2]]), // prettier-ignore
      size: Object.assign(new Size(), { width: 1, height: 2 }),
    })
    product.name = null
    product.colors.delete('red')
    product.colors.add('green')
    product.stock.set('here', 5)
    product.stock.delete('there')
    ;(product.size as Size).width = 9
    const [sent, ...others] = await sentBy(() => products.save(product))
    expect(others).toEqual([])
    expect(sent).toBe(
      `UPDATE ${table('products')} SET "name" = ?, "colors" = "colors" + ?, "colors" = "colors" - ?, ` +
        `"stock" = "stock" + ?, "stock" = "stock" - ?, "size"."width" = ? WHERE "id" = ?`,
    )
    expect(await readAgain(product)).toEqual(product)
  })

  it('leaves what others wrote to columns and elements that did not change here', async () => {
    const product = await loadedProduct({ tags: ['a'], colors: new Set(['red']) })
    await keyspace.client.execute(
      `UPDATE ${table('products')} SET price = 99, tags = tags + ['other'], colors = colors + {'blue'} WHERE id = ${product.id}`,
    )
    product.name = 'Hammer'
    product.tags.push('b')
    product.colors.add('green')
    await products.save(product)
    expect(await readAgain(product)).toMatchObject({
      name: 'Hammer',
      price: 99,
      tags: ['a', 'other', 'b'],
      colors: new Set(['blue', 'green', 'red']),
    })
  })

  it('deletes what became null or empty, and leaves what became undefined', async () => {
    const product = await loadedProduct({ tags: ['a'] })
    product.tags = []
    product.price = null
    product.name = undefined as never
    expect(await sentBy(() => products.save(product))).toEqual([
      `UPDATE ${table('products')} SET "price" = ?, "tags" = ? WHERE "id" = ?`,
    ])
    expect(await readAgain(product)).toMatchObject({ name: 'Anvil', price: null, tags: [] })
    product.name = 'Anvil'
    expect(await sentBy(() => products.save(product))).toEqual([])
  })

  it('knows an entity from its first save on, and after insert', async () => {
    const product = products.create({ id: ++next, name: 'Anvil' })
    expect((await sentBy(() => products.save(product)))[0]).toMatch(/^INSERT/u)
    product.price = 1
    expect(await sentBy(() => products.save(product))).toEqual([
      `UPDATE ${table('products')} SET "price" = ? WHERE "id" = ?`,
    ])
    const other = products.create({ id: ++next })
    await products.insert(other)
    other.name = 'x'
    expect(products.changes(other)).toEqual({ name: { from: undefined, to: 'x' } })
    const { existing } = await products.insert(products.create({ id: other.id }), {
      ifNotExists: true,
    })
    expect(existing && products.changes(existing)).toEqual({})
  })

  it('keeps a row that it leaves without any value', async () => {
    const id = ++next
    await products.update({ id }, { name: 'made by an update' })
    const product = await products.findOneByOrFail({ id })
    product.name = null
    const [sent] = await sentBy(() => products.save(product))
    expect(sent).toMatch(/^INSERT/u)
    expect(await readAgain(product)).toMatchObject({ id, name: null })
  })

  it('takes its options along', async () => {
    const product = await loadedProduct({ tags: ['a'] })
    product.tags.push('b')
    const sent = await sentBy(() =>
      products.save(product, { timestamp: new Date(), consistency: 'one' }),
    )
    expect(sent).toEqual([
      `UPDATE ${table('products')} USING TIMESTAMP ? SET "tags" = "tags" + ? WHERE "id" = ?`,
    ])
  })

  it('writes all of it with a ttl, which concerns all of it', async () => {
    const product = await loadedProduct()
    const [sent, ...others] = await sentBy(() => products.save(product, { ttl: 100 }))
    expect(sent).toMatch(/INSERT [^;]* USING TTL \?/u)
    expect(others).toEqual([])
    const { rows } = await keyspace.client.execute(
      `SELECT ttl(name) AS left FROM ${table('products')} WHERE id = ${product.id}`,
    )
    expect(rows[0]?.['left']).toBeGreaterThan(50)
  })

  it('renews the ttl of its own of a column that changed', async () => {
    const product = await loadedProduct({ offer: 'a' })
    product.offer = 'b'
    product.price = 6
    const sent = await sentBy(() => products.save(product))
    expect(sent.join()).toContain('USING TTL ? SET "offer" = ?')
    expect(await readAgain(product)).toMatchObject({ offer: 'b', price: 6 })
  })

  it('sends a column that is not read unless selected when it is set', async () => {
    const product = await loadedProduct({ secret: 'x' })
    expect(product.secret).toBeUndefined()
    product.secret = 'y'
    expect(products.changes(product)).toEqual({ secret: { from: undefined, to: 'y' } })
    expect(await sentBy(() => products.save(product))).toHaveLength(1)
    expect(await sentBy(() => products.save(product))).toEqual([])
  })

  it('names the partition alone for statics alone', async () => {
    await readings.insert(readings.create({ sensor: 1, no: 1, place: 'roof', value: 1 }))
    const reading = await readings.findOneByOrFail({ sensor: 1, no: 1 })
    reading.place = 'cellar'
    expect(await sentBy(() => readings.save(reading))).toEqual([
      `UPDATE ${table('readings')} SET "place" = ? WHERE "sensor" = ?`,
    ])
    reading.place = null
    reading.value = 2
    await readings.save(reading)
    expect(await readings.findOneBy({ sensor: 1, no: 1 })).toEqual(reading)
  })

  it('works from every read', async () => {
    const { id } = await loadedProduct()
    const prepared = products.prepare({ where: { id } })
    const reads: (() => Promise<Product | undefined | null>)[] = [
      async () => (await products.find({ where: { id } }))[0],
      async () => (await products.findPage({ where: { id } })).items[0],
      async () => {
        for await (const each of products.stream({ where: { id } })) return each
        return null
      },
      async () => (await prepared.find({}))[0],
      async () => {
        for await (const each of products.scan({ where: { id }, allowFiltering: true })) return each
        return null
      },
    ]
    for (const read of reads) {
      const product = await read()
      expect(product && products.changes(product)).toEqual({})
    }
  })
})

describe('what is not tracked', () => {
  it('is a projection, which is written as it stands', async () => {
    const { id } = await loadedProduct()
    const projection = await products.findOneOrFail({ where: { id }, select: ['id', 'name'] })
    const error = await failure(() => products.changes(projection as Product))
    expect(error).toBeInstanceOf(StatementError)
    expect(error.message).toBe(
      'Product: the entity was neither read whole nor written here, so its changes are not known; ' +
        'read it without select, with a repository of the same keyspace',
    )
    projection.name = 'x'
    const [sent] = await sentBy(() => products.save(projection as Product))
    expect(sent).toMatch(/^INSERT/u)
    expect(await products.findOneBy({ id })).toMatchObject({ name: 'x', price: 5 })
  })

  it('is an entity of a class that does not say so', async () => {
    const plain = db.getRepository(Plain)
    const error = await failure(() => plain.changes(plain.create({ id: 1 })))
    expect(error.message).toBe(
      'Plain does not track changes; write @Entity({ trackChanges: true })',
    )
  })

  it('is what was removed', async () => {
    const product = await loadedProduct()
    await products.remove(product)
    await failure(() => products.changes(product))
    expect((await sentBy(() => products.save(product)))[0]).toContain('INSERT')
  })
})

describe('refusals', () => {
  it('refuses another key, naming the way', async () => {
    const product = await loadedProduct()
    const { id } = product
    product.id = ++next
    const message =
      'Product.id belongs to the primary key and has changed since the entity was read or written; ' +
      'create() an entity with the new key, save that, and remove this one under its old key'
    for (const write of [() => products.save(product), () => products.remove(product)]) {
      expect((await failure(write)).message).toBe(message)
    }
    expect(products.changes(product)).toEqual({ id: { from: id, to: product.id } })
    const mass = await failure(() => products.save([product]))
    expect((mass as MassWriteError).failures[0]?.cause).toBeInstanceOf(StatementError)
    await products.insert(product)
    expect(await products.existsBy({ id })).toBe(true)
    expect(products.changes(product)).toEqual({})
  })

  it('refuses a value that does not fit, an operator and what is no column, and nothing is forgotten', async () => {
    const product = await loadedProduct()
    product.price = 'x' as never
    expect((await failure(() => products.save(product))).message).toContain('Product.price')
    product.price = 7
    const tags = product.tags
    product.tags = { __proto__: null } as never
    await failure(() => products.save(product))
    product.tags = Append(['x']) as never
    expect((await failure(() => products.save(product))).message).toBe(
      'Product.tags is given a change operator, which only update() takes; give it a value',
    )
    product.tags = tags
    Object.assign(product, { prise: 1 })
    expect((await failure(() => products.save(product))).message).toContain(
      `Product.prise is not a column and would not be saved; did you mean 'price'?`,
    )
    delete (product as { prise?: number }).prise
    expect(products.changes(product)).toEqual({ price: { from: 5, to: 7 } })
    await products.save(product)
    expect(await readAgain(product)).toMatchObject({ price: 7 })
  })
})

describe('a write whose outcome is not known', () => {
  it('is followed by whole values, so that nothing is added twice', async () => {
    const product = await loadedProduct({ tags: ['a'], colors: new Set(['red']) })
    product.tags.push('b')
    product.price = 6
    await failure(() => products.save(product, { consistency: 'three' }))
    expect(products.changes(product)).toEqual({
      price: { from: 5, to: 6 },
      tags: { from: ['a'], to: ['a', 'b'] },
    })
    product.price = 5
    product.colors.add('blue')
    expect(await sentBy(() => products.save(product))).toEqual([
      `UPDATE ${table('products')} SET "price" = ?, "tags" = ?, "colors" = "colors" + ? WHERE "id" = ?`,
    ])
    expect(await readAgain(product)).toEqual(product)
    expect(await sentBy(() => products.save(product))).toEqual([])
  })

  it('is followed by whole values while it is under way', async () => {
    const product = await loadedProduct({ tags: ['a'] })
    product.tags.push('b')
    const first = products.save(product)
    product.tags.push('c')
    const sent = await sentBy(() => Promise.all([first, products.save(product)]))
    expect(sent).toContain(`UPDATE ${table('products')} SET "tags" = ? WHERE "id" = ?`)
    expect((await readAgain(product)).tags).toEqual(['a', 'b', 'c'])
    expect(products.changes(product)).toEqual({})
  })
})

describe('many', () => {
  it('sends what changed of each, and nothing for the others', async () => {
    const given = [await loadedProduct(), await loadedProduct(), await loadedProduct()]
    for (const product of given.slice(1)) product.price = 8
    const sent = await sentBy(() => products.save(given))
    const update = `UPDATE ${table('products')} SET "price" = ? WHERE "id" = ?`
    expect(sent).toEqual([update, update])
    expect(await sentBy(() => products.saveAll(given))).toEqual([])
  })

  it('is in a batch as in a save', async () => {
    const [one, two] = [await loadedProduct({ tags: ['a'] }), await loadedProduct()]
    one.tags.push('b')
    const batch = db.batch().save(Product, one).save(Product, two)
    expect(await sentBy(() => batch.execute())).toEqual([
      `BEGIN BATCH UPDATE ${table('products')} SET "tags" = "tags" + ? WHERE "id" = ?; APPLY BATCH`,
    ])
    expect(products.changes(one)).toEqual({})
    expect((await readAgain(one)).tags).toEqual(['a', 'b'])
    expect(await sentBy(() => db.batch().save(Product, one).execute())).toEqual([])
  })
})

it('tracks classes in one table, read through the base or their own repository', async () => {
  const [shapes, circles] = [db.getRepository(Shape), db.getRepository(Circle)]
  await circles.insert(circles.create({ id: 1, radius: 2, points: [1] }))
  for (const [read, write] of [
    [shapes, circles],
    [circles, shapes],
  ] as readonly (readonly [Repository<Shape>, Repository<Shape>])[]) {
    const circle = (await read.findOneByOrFail({ id: 1 })) as Circle
    circle.radius = Number(circle.radius) + 1
    circle.points.push(2)
    expect(Object.keys(write.changes(circle))).toEqual(['points', 'radius'])
    const [sent] = await sentBy(() => write.save(circle))
    expect(sent).toBe(
      `UPDATE ${table('shapes')} SET "kind" = ?, "points" = "points" + ?, "radius" = ? WHERE "id" = ?`,
    )
    expect(await sentBy(() => write.save(circle))).toEqual([])
    expect(await shapes.findOneBy({ id: 1 })).toEqual(circle)
  }
})

it('runs hooks first, and sends what they changed', async () => {
  const hooked = db.getRepository(Hooked)
  await hooked.save(hooked.create({ id: 1, name: 'A', slug: 'a' }))
  const entity = await hooked.findOneByOrFail({ id: 1 })
  expect(await sentBy(() => hooked.save(entity))).toEqual([])
  entity.name = 'B'
  expect(await sentBy(() => hooked.save(entity))).toEqual([
    `UPDATE ${table('hooked')} SET "name" = ?, "slug" = ? WHERE "id" = ?`,
  ])
  expect(entity.ran).toBe(2)
})

it('keeps to the keyspace', async () => {
  const product = await loadedProduct()
  const elsewhere = products.with({ keyspace: `${keyspace.name}_other` })
  await failure(() => elsewhere.changes(product))
})

it.each([
  ['', Tracked],
  [', with a version', TrackedVersioned],
] as const)('stores exactly the entity, whatever changes of it%s', async (_, target) => {
  const repository = db.getRepository<Tracked>(target)
  let id = 0
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.boolean(),
      fc.boolean(),
      async ([first, others], inPlace, isRead) => {
        let entity = Object.assign(new target(), { id: ++id }, structuredCopy({ ...first }))
        await repository.insert(entity)
        for (const state of others) {
          if (isRead) entity = await repository.findOneByOrFail({ id })
          for (const [property, value] of Object.entries(state)) {
            assign(entity, property, value, inPlace)
          }
          await repository.save(entity)
          expect(repository.changes(entity)).toEqual({})
          expect(await sentBy(() => repository.save(entity))).toEqual([])
          const stored = await repository.findOneByOrFail({ id })
          for (const { property } of repository.metadata.columns) {
            const column = repository.metadata.byProperty[property]
            const [is, was] = [stored, entity].map(
              (each) => (each as unknown as Record<string, unknown>)[property],
            )
            expect(`${property} ${show(normal(column?.codec, is))}`).toBe(
              `${property} ${show(normal(column?.codec, was))}`,
            )
          }
        }
      },
    ),
    { numRuns: 40 },
  )
})

/** As it is read, since an empty list may be written as null, and members in any order. */
function normal(
  codec: Repository<Tracked>['metadata']['columns'][number]['codec'] | undefined,
  value: unknown,
): unknown {
  const given = value ?? codec?.absent()
  if (given instanceof Address) {
    const isNothing =
      codec?.type.kind === 'udt' && Object.values(given).every((each) => each === null)
    return isNothing ? null : { ...given }
  }
  if (codec?.type.kind === 'set' && Array.isArray(given)) return new Set(given)
  if (typeof given === 'object' && given !== null && Object.getPrototypeOf(given) === null) {
    return new Map(Object.entries(given))
  }
  if (Object.getPrototypeOf(given ?? 0) === Object.prototype)
    return new Map(Object.entries(given as object))
  return given
}
