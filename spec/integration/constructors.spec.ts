import {
  AfterLoad,
  ChildEntity,
  ClusteringKey,
  Column,
  ComputedColumn,
  Entity,
  Field,
  Index,
  PartitionKey,
  TableInheritance,
  UserDefinedType,
  ValueError,
  VersionColumn,
  cql,
  frozen,
  list,
  param,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@UserDefinedType<Money>({
  name: 'money',
  construct: (row) => new Money(row.amount, row.currency),
})
class Money {
  @Field('decimal', { as: 'string' }) readonly amount: string
  @Field('text') readonly currency: string
  readonly label: string
  constructor(amount: string, currency: string) {
    this.amount = amount
    this.currency = currency.toUpperCase()
    this.label = `${amount} ${this.currency}`
    Object.freeze(this)
  }
}

@Entity<Offer>({ name: 'offers', construct: (row) => new Offer(row.id, row.first, row.last) })
class Offer {
  @PartitionKey('int') readonly id: number
  @Column('text') readonly first: string
  @Column('text') readonly last: string
  @Column(frozen(() => Money)) price?: Money | null
  @Column(list(frozen(() => Money))) others: Money[] = []
  @Column('text', { select: false }) secret?: string | null
  @ComputedColumn({ function: 'writetime', of: 'first' }) writtenAt?: bigint
  readonly full: string
  constructor(id: number, first: string, last: string) {
    if (first === undefined) throw new TypeError('needs a first name')
    this.id = id
    this.first = first
    this.last = last
    this.full = `${first} ${last}`
  }
}

interface UserProperties {
  readonly id: number
  readonly name: string
}

@Entity<User>({ name: 'users', construct: (row) => new User(row) })
class User {
  @PartitionKey('int') readonly id: number
  @Index() @Column('text') readonly name: string
  constructor(from: UserProperties) {
    this.id = from.id
    this.name = from.name
    Object.freeze(this)
  }
}

@Entity<Loose>({ name: 'loose', construct: ({ id }) => Object.freeze(new Loose(id)) })
class Loose {
  @PartitionKey('int') readonly id: number
  @Column('text') name?: string | null
  constructor(id: number) {
    if (id === undefined) throw new TypeError('needs an id')
    this.id = id
  }
}

@Entity('shapes')
@TableInheritance({ column: 'kind' })
abstract class Shape {
  @PartitionKey('int') readonly id: number
  @ClusteringKey('text') kind!: string
  constructor(id: number) {
    if (id === undefined) throw new TypeError('needs an id')
    this.id = id
  }
}

@ChildEntity<Circle>('circle', { construct: (row) => new Circle(row.id, row.radius) })
class Circle extends Shape {
  @Column('double') readonly radius: number
  constructor(id: number, radius: number) {
    super(id)
    this.radius = radius
  }
}

@ChildEntity<Square>('square', { construct: (row) => new Square(row.id, row.side ?? 0) })
class Square extends Shape {
  @Column('int') readonly side?: number | null
  constructor(id: number, side: number) {
    super(id)
    this.side = side
  }
}

@Entity<Versioned>({
  name: 'versioned',
  trackChanges: true,
  construct: (row) => new Versioned(row.id),
})
class Versioned {
  @PartitionKey('int') readonly id: number
  @Column('text') name?: string | null
  @VersionColumn() version?: number
  constructor(id: number) {
    if (id === undefined) throw new TypeError('needs an id')
    this.id = id
  }
}

@Entity<Place>({ name: 'places', construct: (row) => new Place(row.id) })
class Place {
  @PartitionKey('int') readonly id: number
  @Index({ using: 'sai' }) @Column('vector<float, 2>') at?: number[] | null
  loaded = 0
  constructor(id: number) {
    if (id === undefined) throw new TypeError('needs an id')
    this.id = id
  }
  @AfterLoad()
  count(): void {
    this.loaded += 1
  }
}

@Entity<Wrong>({ name: 'wrong', construct: () => ({ id: 1 }) })
class Wrong {
  @PartitionKey('int') readonly id: number
  constructor(id: number) {
    this.id = id
  }
}

const { db } = useDataSource([Offer, User, Loose, Shape, Circle, Square, Versioned, Place, Wrong])
const offers = db.getRepository(Offer)
const users = db.getRepository(User)

describe('a class with construct', () => {
  it('is read through it, with what its constructor derives; the rest is set', async () => {
    const price = new Money('1.50', 'eur')
    const offer = new Offer(1, 'Ann', 'Lee')
    offer.price = price
    offer.others = [new Money('2', 'usd')]
    await offers.save(offer)
    const found = await offers.findOneByOrFail({ id: 1 })
    expect(found).toBeInstanceOf(Offer)
    expect(found.full).toBe('Ann Lee')
    expect(found.price).toEqual(price)
    expect(found.price).toBeInstanceOf(Money)
    expect(Object.isFrozen(found.price)).toBe(true)
    expect(found.price?.label).toBe('1.50 EUR')
    expect(found.others).toEqual([new Money('2', 'USD')])
    expect(found.secret).toBeUndefined()
    expect(typeof found.writtenAt).toBe('bigint')
    found.others.push(new Money('3', 'usd'))
    await offers.save(found)
    expect((await offers.findOneByOrFail({ id: 1 })).others).toHaveLength(2)
  })

  it('gives null where nothing is stored', async () => {
    await offers.save([new Offer(2, 'Bob', 'Lee'), new Offer(12, 'Bea', 'Lee')])
    expect(await offers.findOneByOrFail({ id: 2 })).toMatchObject({ price: null, others: [] })
  })

  it('is a plain object in a projection', async () => {
    await users.save(new User({ id: 9, name: 'Zoe' }))
    const [found] = await users.find({ where: { id: 9 }, select: ['name'] })
    expect({ ...found }).toEqual({ name: 'Zoe' })
  })

  it('is read by prepared queries, raw queries, streams, pages and of conditional writes', async () => {
    await users.truncate()
    await users.save(new User({ id: 1, name: 'Ann' }))
    const ann = new User({ id: 1, name: 'Ann' })
    const prepared = users.prepare({ where: { id: param('id') } })
    expect(await prepared.find({ id: 1 })).toEqual([ann])
    expect(await users.query(cql`SELECT * FROM ${cql.table(User)}`)).toEqual([ann])
    for await (const each of users.stream()) expect(each).toEqual(ann)
    expect((await users.findPage({ where: { name: 'Ann' } })).items).toEqual([ann])
    const other = new User({ id: 1, name: 'Bob' })
    const result = await users.insert(other, { ifNotExists: true })
    expect(result).toEqual({ applied: false, existing: ann })
    expect(result.applied ? undefined : result.existing).toBeInstanceOf(User)
    expect(await users.insert(new User({ id: 2, name: 'Bob' }), { ifNotExists: true })).toEqual({
      applied: true,
    })
    await users.remove(ann)
    expect(await users.count()).toBe(1)
  })

  it('is made by create() of the given properties, and by fromPlain()', () => {
    const created = offers.create({ id: 3, first: 'Cid', last: 'Lee', secret: 'x' })
    expect(created).toBeInstanceOf(Offer)
    expect(created).toMatchObject({ full: 'Cid Lee', secret: 'x', others: [] })
    expect(() => offers.create({ id: 3 })).toThrow('needs a first name')
    const plain = { id: 4, first: 'Dan', last: 'Lee', price: { amount: '1', currency: 'chf' } }
    const made = offers.fromPlain(plain)
    expect(made).toBeInstanceOf(Offer)
    expect(made.full).toBe('Dan Lee')
    expect(made.price).toBeInstanceOf(Money)
    expect(made.price?.currency).toBe('CHF')
    expect(offers.toPlain(made)).toMatchObject({ id: 4, price: { amount: '1', currency: 'CHF' } })
  })

  it('loses nothing: a frozen instance without a value of the row is refused', async () => {
    const loose = db.getRepository(Loose)
    await loose.save({ id: 1, name: null })
    expect(await loose.findOneByOrFail({ id: 1 })).toEqual({ id: 1 })
    await loose.save({ id: 2, name: 'x' })
    await expect(loose.findOneBy({ id: 2 })).rejects.toThrow(
      'Loose.name: construct does not read it, and the instance is frozen; read row.name in construct',
    )
    await expect(loose.findOneBy({ id: 2 })).rejects.toThrow(ValueError)
  })

  it('is refused if construct returns something else', async () => {
    const wrong = db.getRepository(Wrong)
    await wrong.save(new Wrong(1))
    await expect(wrong.find()).rejects.toThrow('Wrong.construct: must return an instance of Wrong')
  })

  it('may be one of several in a table', async () => {
    const shapes = db.getRepository(Shape)
    await shapes.save(new Circle(1, 2))
    await shapes.save(new Square(1, 3))
    const found = await shapes.findBy({ id: 1 })
    expect(found).toEqual([
      Object.assign(new Circle(1, 2), { kind: 'circle' }),
      Object.assign(new Square(1, 3), { kind: 'square' }),
    ])
    expect(found.map((each) => each.constructor)).toEqual([Circle, Square])
    const circle = db.getRepository(Circle).create({ id: 5, radius: 1 })
    expect(circle).toBeInstanceOf(Circle)
    expect(circle.kind).toBe('circle')
  })

  it('is among the nearest, and its hooks are called', async () => {
    const places = db.getRepository(Place)
    await places.save([places.create({ id: 1, at: [1, 0] }), places.create({ id: 2, at: [0, 1] })])
    const [first, second] = await places.findNearest('at', [1, 0.1], { limit: 2 })
    expect(first?.entity).toBeInstanceOf(Place)
    expect(first?.entity).toMatchObject({ id: 1, at: [1, 0], loaded: 1 })
    expect(second?.entity.id).toBe(2)
  })

  it('is tracked and versioned', async () => {
    const versioned = db.getRepository(Versioned)
    const first = versioned.create({ id: 1, name: 'a' })
    await versioned.save(first)
    const found = await versioned.findOneByOrFail({ id: 1 })
    found.name = 'b'
    expect(versioned.changes(found)).toEqual({ name: { from: 'a', to: 'b' } })
    await versioned.save(found)
    expect(await versioned.findOneByOrFail({ id: 1 })).toMatchObject({ name: 'b', version: 2 })
  })
})
