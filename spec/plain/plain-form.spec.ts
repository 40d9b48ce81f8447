import { Exclude, Expose, Transform, Type, instanceToPlain } from 'class-transformer'
import fc from 'fast-check'
import {
  type BigDecimal,
  ChildEntity,
  Column,
  ComputedColumn,
  DataSource,
  Entity,
  Field,
  MaterializedView,
  PartitionKey,
  type Repository,
  TableInheritance,
  UserDefinedType,
  Uuid,
  ValidationError,
  ValueError,
  frozen,
  json,
  list,
  map,
  set,
  tuple,
} from '../../lib'
import { codecFor } from '../../lib/codec/codec-for'
import { printType } from '../../lib/cql/print-type'
import { getEntityMetadata } from '../../lib/metadata/get-entity-metadata'
import { registerPlain } from '../../lib/plain/register'
import { anyValue } from '../codec/any-value'
import { show } from '../codec/edge-values'
import { makeEntity } from '../server/make-entity'
import { isSame } from '../codec/is-same'

const id = Uuid.fromString('c0ffee00-0000-4000-8000-000000000001')

enum Level {
  Low,
  High,
}

@UserDefinedType()
class Geo {
  @Field('double') lat!: number
  @Field('double') lon!: number
}

@UserDefinedType()
class Address {
  @Field('text') street!: string
  @Field('bigint') code!: bigint
  @Field(frozen(() => Geo)) geo?: Geo | null
}

class Money {
  constructor(readonly cents: number) {}
}

@Entity()
class Shop {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name = 'Unnamed'
  @Column('bigint') visits!: bigint
  @Column('decimal') rating?: BigDecimal | null
  @Column('timestamp') opened?: Date | null
  @Column('set<bigint>') codes: Set<bigint> = new Set()
  @Column('map<uuid, bigint>') stock: Map<Uuid, bigint> = new Map()
  @Column('map<int, text>') floors: Map<number, string> = new Map()
  @Column(() => Address) address?: Address | null
  @Column(list(frozen(() => Address))) branches: Address[] = []
  @Column(
    map(
      'text',
      frozen(() => Address),
    ),
  )
  byName: Map<string, Address> = new Map()
  @Column(
    frozen(
      tuple(
        'int',
        frozen(() => Geo),
      ),
    ),
  )
  place?: [number | null, Geo | null] | null
  @Column('int', { enum: Level }) level?: Level
  @Column('text', { transformer: json<{ theme: string }>() }) settings?: { theme: string }
  @Column('bigint', {
    transformer: { to: (money: Money) => BigInt(money.cents), from: (n) => new Money(Number(n)) },
  })
  price?: Money
  @Column('text', { select: false }) secret?: string | undefined = 'initial'
  @ComputedColumn({ function: 'writetime', of: 'name' }) writtenAt?: bigint | null

  /** No column: it is in no plain value. */
  cache = new Map([['a', 1n]])

  get shout(): string {
    return `${this.name}!`
  }
}

const db = new DataSource({
  contactPoints: ['127.0.0.1'],
  localDataCenter: 'datacenter1',
  keyspace: 'shop',
  entities: [Shop],
})
const shops = db.getRepository(Shop)
const repositoryOf = <E extends object>(target: new () => E, ...more: (new () => object)[]) =>
  new DataSource({
    contactPoints: ['127.0.0.1'],
    localDataCenter: 'datacenter1',
    keyspace: 'shop',
    entities: [target, ...more],
  }).getRepository(target)

function given(run: () => unknown): readonly (readonly [string, string, string])[] {
  try {
    run()
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.errors.map(({ property, constraint, message }) => [
        property,
        constraint,
        message,
      ])
    }
    throw error
  }
  throw new Error('nothing was thrown')
}

const address = Object.assign(new Address(), {
  street: 'Main Street',
  code: 12n,
  geo: Object.assign(new Geo(), { lat: 1.5, lon: -2 }),
})
const plainAddress = { street: 'Main Street', code: '12', geo: { lat: 1.5, lon: -2 } }

function full(): Shop {
  return shops.create({
    id,
    name: 'Corner',
    visits: 5n,
    rating: '4.50' as unknown as BigDecimal,
    opened: new Date(0),
    codes: new Set([1n, 2n]),
    stock: new Map([[id, 3n]]),
    floors: new Map([[1, 'first']]),
    address,
    branches: [address],
    byName: new Map([['a', address]]),
    place: [null, address.geo ?? null],
    level: Level.High,
    settings: { theme: 'dark' },
    price: new Money(250),
  })
}

const plainShop = {
  id: String(id),
  name: 'Corner',
  visits: '5',
  rating: '4.50',
  opened: '1970-01-01T00:00:00.000Z',
  codes: ['1', '2'],
  stock: { [String(id)]: '3' },
  floors: [[1, 'first']],
  address: plainAddress,
  branches: [plainAddress],
  byName: { a: plainAddress },
  place: [null, { lat: 1.5, lon: -2 }],
  level: 1,
  settings: { theme: 'dark' },
  price: '250',
  secret: 'initial',
}

describe('toPlain', () => {
  it('gives what JSON can hold, of columns alone', () => {
    expect(shops.toPlain(full())).toStrictEqual(plainShop)
    expect(shops.toPlain(Object.assign(full(), { writtenAt: 7n }))).toHaveProperty('writtenAt', '7')
  })

  it('leaves out what is undefined, and keeps null', () => {
    expect(shops.toPlain({ id, name: 'x', address: null })).toStrictEqual({
      id: String(id),
      name: 'x',
      address: null,
    })
  })

  it('takes plain objects for user-defined types', () => {
    expect(shops.toPlain({ address: { ...plainAddress, code: 12n } })).toEqual({
      address: plainAddress,
    })
  })

  it('refuses values that their columns do not hold', () => {
    const plain = (entity: object) => () => shops.toPlain(entity)
    expect(plain({ visits: 'many' })).toThrow(ValueError)
    expect(plain({ visits: 'many' })).toThrow('Shop.visits: needs a bigint')
    expect(plain({ address: { street: 5 } })).toThrow('Shop.address: field street needs a string')
    expect(plain({ address: 'Main Street' })).toThrow(
      'Shop.address: needs an instance of Address or an object of its fields; got a string',
    )
    expect(plain([])).toThrow('what toPlain takes must be an object, got an array')
    expect(() => shops.toPlain(full(), { group: [] } as never)).toThrow(
      "toPlain has no option 'group'; did you mean 'groups'?",
    )
    expect(() => shops.toPlain(full(), { groups: 'admin' } as never)).toThrow(
      'Shop: groups must be an array of strings',
    )
  })

  it('gives the same where functions are composed', () => {
    process.env['COODIE_CODE_GENERATION'] = '0'
    try {
      const other = repositoryOf(makeEntity('composed', { value: { type: 'bigint' } }))
      expect(other.toPlain({ id: 1, value: 5n })).toEqual({ id: 1, value: '5' })
      expect(other.toPlain({ value: null })).toEqual({ value: null })
      expect(() => other.toPlain({ value: 'x' })).toThrow('value: needs a bigint')
    } finally {
      delete process.env['COODIE_CODE_GENERATION']
    }
  })

  it('is there for views', () => {
    @MaterializedView({ from: () => Shop })
    class ShopByName {
      @PartitionKey('text') name!: string
      @PartitionKey('uuid') id!: Uuid
    }
    const views = new DataSource({
      contactPoints: ['127.0.0.1'],
      localDataCenter: 'datacenter1',
      keyspace: 'shop',
      entities: [Shop, ShopByName],
    })
    const repository = views.getViewRepository(ShopByName)
    expect(repository.toPlain({ name: 'a', id })).toEqual({ name: 'a', id: String(id) })
  })
})

describe('fromPlain', () => {
  it('reads back what toPlain gives, into the types of the properties', () => {
    const read = shops.fromPlain(JSON.parse(JSON.stringify(shops.toPlain(full()))))
    expect(read).toBeInstanceOf(Shop)
    expect(read.id).toEqual(id)
    expect(read.codes).toEqual(new Set([1n, 2n]))
    expect(read.floors).toEqual(new Map([[1, 'first']]))
    expect(read.address).toBeInstanceOf(Address)
    expect(read.address?.geo).toBeInstanceOf(Geo)
    expect(read.byName.get('a')).toEqual(address)
    expect(read.price).toEqual(new Money(250))
    expect(read.settings).toEqual({ theme: 'dark' })
    expect(String(read.rating)).toBe('4.50')
    expect(shops.toPlain(read)).toStrictEqual(plainShop)
  })

  it('calls the constructor, and leaves columns undefined that are not read', () => {
    const read = shops.fromPlain({ id: String(id), visits: 7 })
    expect(read).toMatchObject({ name: 'Unnamed', visits: 7n, cache: new Map([['a', 1n]]) })
    expect(read.secret).toBeUndefined()
    expect(shops.fromPlain({ address: null })).toHaveProperty('address', null)
  })

  it('stops after 100 problems, however many a body has', () => {
    const unknown = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 0]))
    for (const plain of [unknown, { codes: Array.from({ length: 20_000 }, () => 'x') }]) {
      const told = given(() => shops.fromPlain(plain))
      expect(told).toHaveLength(101)
      expect(told.at(-1)).toEqual(['', 'maxProblems', 'reading stopped after 100 problems'])
    }
  })

  it('refuses a body that is larger or deeper than any entity', () => {
    const many = 'has more than 100000 values'
    const deep = 'is nested more than 100 levels deep'
    const nested = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as unknown
    const names = Object.fromEntries(Array.from({ length: 100_001 }, (_, i) => [`k${i}`, 0]))
    for (const [plain, message] of [
      [{ codes: Array.from({ length: 100_001 }, () => 1) }, many],
      [{ codes: Array.from({ length: 400 }, () => Array.from({ length: 300 }, () => 1)) }, many],
      [names, many],
      [{ settings: nested }, deep],
      [{ unknown: nested }, deep],
    ] as const) {
      expect(given(() => shops.fromPlain(plain))).toEqual([['', 'maxSize', message]])
    }
  })

  it('shows the beginning of a long name', () => {
    const [problem] = given(() => shops.fromPlain({ ['z'.repeat(1_000_000)]: 1 }))
    expect(problem).toEqual([
      `${'z'.repeat(100)}…`,
      'unknownProperty',
      'is not a property that Shop takes',
    ])
  })

  it('refuses numbers and durations of more digits than have a use', () => {
    const digits = '1'.repeat(10_001)
    const message = 'needs at most 10000 digits; got a text of 10001 characters'
    expect(given(() => shops.fromPlain({ visits: digits, rating: digits }))).toEqual([
      ['visits', 'type', message],
      ['rating', 'type', message],
    ])
    expect(() => codecFor({ kind: 'native', name: 'duration' }).check('1h'.repeat(101))).toThrow(
      'needs a Duration or its text, such as 1mo2d3h; got another text',
    )
  })

  it('tells everything that is wrong at once', () => {
    expect(
      given(() =>
        shops.fromPlain({
          id: 'x',
          nmae: 'Corner',
          visits: 2 ** 60,
          codes: ['1', 'x', null],
          address: { stret: 'a', code: 1.5 },
          branches: [plainAddress, { geo: { lat: 'north' } }],
          level: 7,
          cache: {},
        }),
      ),
    ).toEqual([
      ['id', 'type', 'needs a uuid or its text of 36 characters; got another text'],
      ['nmae', 'unknownProperty', "is not a property that Shop takes; did you mean 'name'?"],
      ['visits', 'type', expect.stringContaining('beyond 2 ** 53')],
      ['codes[1]', 'type', expect.stringContaining('needs a bigint')],
      ['codes[2]', 'type', 'is null; a collection holds no null'],
      ['address.stret', 'unknownProperty', expect.stringContaining("did you mean 'street'?")],
      ['address.code', 'type', expect.stringContaining('got a fraction')],
      ['branches[1].geo.lat', 'type', 'needs a number; got a string'],
      ['level', 'type', 'must be one of 0 (Low), 1 (High)'],
      ['cache', 'unknownProperty', expect.stringContaining('is not a property that Shop takes')],
    ])
  })

  it('says what it is about, and no value', () => {
    const run = () => shops.fromPlain({ id: 'secret value', name: 5 })
    expect(run).toThrow(ValidationError)
    expect(run).toThrow(
      'Shop has 2 problems:\n' +
        '  - Shop.id: needs a uuid or its text of 36 characters; got another text (type)\n' +
        '  - Shop.name: needs a string; got a number (type)',
    )
    expect(() => shops.fromPlain({ name: 5 })).toThrow(
      /^Shop\.name: needs a string; got a number \(type\)$/u,
    )
  })

  it.each([
    ['text', 'fromPlain takes an object; got a string; parse a text first, with JSON.parse'],
    [[], 'fromPlain takes an object; got an array; of many, call it for each'],
    [null, 'fromPlain takes an object; got null'],
    [undefined, 'fromPlain takes an object; got undefined'],
  ])('refuses %p', (plain, message) => {
    expect(given(() => shops.fromPlain(plain))).toEqual([['', 'type', message]])
  })

  it('takes no prototype for a property', () => {
    const plain: unknown = JSON.parse('{"__proto__": {"name": "x"}, "constructor": 1}')
    expect(given(() => shops.fromPlain(plain)).map(([property]) => property)).toEqual([
      '__proto__',
      'constructor',
    ])
  })
})

it('any entity comes back through JSON, with any type in any container', () => {
  const types = Object.keys(anyValue) as (keyof typeof anyValue)[]
  const typed = (prefix: string, around: (type: string) => string) =>
    Object.fromEntries(types.map((type) => [`${prefix}_${type}`, { type: around(type) }]))
  const target = makeEntity('every_type', {
    ...typed('a', (type) => type),
    ...typed('l', (type) => `list<${type}>`),
    ...typed('m', (type) => `map<text, frozen<list<${type}>>>`),
  })
  const entities = repositoryOf(target)
  const { columns } = getEntityMetadata(target)
  const values = fc.record(
    Object.fromEntries([
      ['id', anyValue.int],
      ...types.flatMap((type) => [
        [`a_${type}`, fc.option(anyValue[type])],
        [`l_${type}`, fc.array(anyValue[type], { maxLength: 3 })],
        [
          `m_${type}`,
          fc
            .dictionary(
              fc.string(),
              anyValue[type].map((value) => [value]),
              {
                maxKeys: 3,
              },
            )
            .map((object) => new Map(Object.entries(object))),
        ],
      ]),
    ]),
  ) as fc.Arbitrary<Record<string, unknown>>
  fc.assert(
    fc.property(values, (properties) => {
      const entity = Object.assign(new target(), properties)
      const read = entities.fromPlain(JSON.parse(JSON.stringify(entities.toPlain(entity))))
      for (const { property, type, codec } of columns) {
        const [a, b] = [read[property], entity[property]]
        if (show(a) !== show(b) && !isSame(codec, a, b)) {
          throw new Error(`${printType(type)}: ${show(a)} is not ${show(b)}`)
        }
      }
    }),
    { numRuns: 30 },
  )
})

describe('several classes in one table', () => {
  @Entity()
  @TableInheritance({ column: 'kind' })
  class Vehicle {
    @PartitionKey('uuid') id!: Uuid
    @Column('text') kind?: string
  }
  @ChildEntity('car')
  class Car extends Vehicle {
    @Column('bigint') doors!: bigint
  }
  @ChildEntity('boat')
  class Boat extends Vehicle {
    @Column('double') length!: number
  }
  const vehicles: Repository<Vehicle> = repositoryOf(Vehicle, Car, Boat)

  it('gives each its own columns, and reads them back into its class', () => {
    const car = Object.assign(new Car(), { id, kind: 'car', doors: 5n })
    expect(vehicles.toPlain(car)).toEqual({ id: String(id), kind: 'car', doors: '5' })
    expect(vehicles.toPlain(Object.assign(new Boat(), { length: 2 }))).toEqual({ length: 2 })
    const read = vehicles.fromPlain(vehicles.toPlain(car))
    expect(read).toBeInstanceOf(Car)
    expect(read).toEqual(car)
    expect(given(() => vehicles.fromPlain({ kind: 'boat', doors: '5' }))).toEqual([
      ['doors', 'unknownProperty', expect.stringContaining('Boat')],
    ])
  })
})

describe('with decorators of class-transformer', () => {
  @UserDefinedType()
  class Owner {
    @Field('text') name!: string
    @Expose({ name: 'mail' }) @Field('text') email!: string
    @Exclude() @Field('text') password?: string | null
  }

  @Entity()
  class Account {
    @PartitionKey('uuid') id!: Uuid
    @Expose({ name: 'title' }) @Column('text') name = 'none'
    @Exclude() @Column('text') hash = ''
    @Exclude({ toPlainOnly: true }) @Column('text') password?: string
    @Exclude({ toClassOnly: true }) @Column('bigint') balance = 0n
    @Expose({ groups: ['admin'] }) @Column('bigint') limit = 1n
    @Transform(({ value }) => (value as string).toLowerCase(), { toClassOnly: true })
    @Transform(({ value }) => (value as string).toUpperCase(), { toPlainOnly: true })
    @Column('text')
    code = 'a'
    @Transform(({ value, type }) =>
      type === 1 ? (value as Date).getTime() : new Date(value as number),
    )
    @Column('timestamp')
    at = new Date(5)
    @Type(() => Owner) @Column(() => Owner) owner?: Owner
    @Column(list(frozen(() => Owner))) owners: Owner[] = []
    note = 'no column'
    @Expose() tag = 'a tag'

    @Expose()
    get big(): Map<string, bigint> {
      return new Map([['a', 1n]])
    }
    @Expose({ groups: ['admin'] })
    describe(): string {
      return `${this.name} of ${this.owner?.name}`
    }
  }
  const accounts = repositoryOf(Account)
  const owner = Object.assign(new Owner(), { name: 'Ann', email: 'a@b.c', password: 'p' })
  const account = () =>
    accounts.create({ id, name: 'Savings', hash: 'h', password: 'p', owner, owners: [owner] })
  const plainOwner = { name: 'Ann', mail: 'a@b.c' }
  const plain = {
    id: String(id),
    title: 'Savings',
    balance: '0',
    code: 'A',
    at: 5,
    owner: plainOwner,
    owners: [plainOwner],
    tag: 'a tag',
    big: { a: '1' },
  }

  it('exposes, excludes and renames, in user-defined types too', () => {
    expect(accounts.toPlain(account())).toEqual(plain)
  })

  it('gives more to a group', () => {
    expect(accounts.toPlain(account(), { groups: ['admin'] })).toEqual({
      ...plain,
      limit: '1',
      describe: 'Savings of Ann',
    })
    expect(accounts.toPlain(account(), { groups: ['other'] })).toEqual(plain)
  })

  it('reads back what it gave', () => {
    const read = accounts.fromPlain(JSON.parse(JSON.stringify(plain)))
    expect(read).toMatchObject({ name: 'Savings', code: 'a', at: new Date(5), tag: 'a tag' })
    expect(read.owner).toBeInstanceOf(Owner)
    expect(read.owner).toMatchObject({ name: 'Ann', email: 'a@b.c' })
    // What no plain value tells would overwrite what is stored.
    expect(read.hash).toBeUndefined()
    expect(read.owner?.password).toBeUndefined()
    // Excluded on this way, and given on the other: it comes back and is not taken.
    expect(read.balance).toBe(0n)
    expect(accounts.fromPlain({ ...plain, balance: '500' }).balance).toBe(0n)
    expect(accounts.fromPlain({ password: 'new' }).password).toBe('new')
    expect(accounts.fromPlain({ limit: '9' }, { groups: ['admin'] }).limit).toBe(9n)
  })

  it('refuses what is excluded, renamed or of another group', () => {
    expect(
      given(() => accounts.fromPlain({ hash: 'x', name: 'x', limit: '9', note: 'x', code: 5 })),
    ).toEqual([
      ['hash', 'unknownProperty', expect.any(String)],
      ['name', 'unknownProperty', expect.any(String)],
      ['limit', 'unknownProperty', expect.any(String)],
      ['note', 'unknownProperty', expect.any(String)],
      ['code', 'type', 'its @Transform threw: TypeError'],
    ])
    expect(given(() => accounts.fromPlain({ owner: { password: 'x' } }))).toEqual([
      ['owner.password', 'unknownProperty', expect.any(String)],
    ])
  })

  it('exposes nothing by itself where the class is excluded', () => {
    @Entity()
    @Exclude()
    class Secret {
      @Expose() @PartitionKey('uuid') id!: Uuid
      @Column('text') text = 'x'
    }
    const secrets = repositoryOf(Secret)
    expect(secrets.toPlain(secrets.create({ id }))).toEqual({ id: String(id) })
    expect(secrets.fromPlain({ id: String(id) })).toEqual({ id, text: undefined })
  })

  it('finds what comes from a getter or @Transform by what it is', () => {
    class Detail {
      @Exclude() hidden = 1
      shown = 2n
    }
    @Entity()
    class Odd {
      @PartitionKey('uuid') id!: Uuid
      @Transform(({ value }) => (value === undefined ? 'nothing' : (value as unknown)))
      @Expose()
      @Column('text')
      text?: string
      @Expose() get all() {
        return {
          detail: new Detail(),
          owner,
          bytes: Buffer.from('a'),
          set: new Set([1n]),
          map: new Map([[1, 2n]]),
          date: new Date(0),
          id,
          numbers: Float32Array.of(1, 2),
          nan: NaN,
          none: undefined,
          run: () => 1,
          list: [undefined, Symbol('s')],
        }
      }
    }
    const odds = repositoryOf(Odd)
    expect(JSON.parse(JSON.stringify(odds.toPlain(Object.assign(new Odd(), { id }))))).toEqual({
      id: String(id),
      text: 'nothing',
      all: {
        detail: { shown: '2' },
        owner: plainOwner,
        bytes: 'YQ==',
        set: ['1'],
        map: [[1, '2']],
        date: '1970-01-01T00:00:00.000Z',
        id: String(id),
        numbers: [1, 2],
        nan: 'NaN',
        list: [null, null],
      },
    })
    // Exposed and absent, it is given to @Transform all the same, as class-transformer does.
    expect(odds.fromPlain({ id: String(id) })).toMatchObject({ text: 'nothing' })
  })

  it('makes no more of sets of groups than it needs', () => {
    for (let i = 0; i < 200; i++) accounts.toPlain(account(), { groups: [`group ${i}`] })
    expect(accounts.toPlain(account(), { groups: ['admin', 'x'] })).toHaveProperty('limit')
  })

  describe('instanceToPlain, as the interceptor of Nest calls it,', () => {
    const through = (entity: object, options?: Parameters<typeof instanceToPlain>[1]): unknown =>
      JSON.parse(JSON.stringify(instanceToPlain(entity, options)))

    beforeAll(() => {
      registerPlain(shops.metadata)
      registerPlain(accounts.metadata)
      // Once more is not twice.
      registerPlain(accounts.metadata)
    })

    it('gives what fromPlain reads back', () => {
      const { cache: _, ...shop } = full()
      Object.setPrototypeOf(shop, Shop.prototype)
      expect(through(shop)).toEqual(plainShop)
      expect(shops.toPlain(shops.fromPlain(through(shop)))).toEqual(plainShop)
    })

    it('goes by the decorators', () => {
      const { note: _, ...own } = account()
      Object.setPrototypeOf(own, Account.prototype)
      expect(through(own)).toEqual(plain)
      expect(through(own, { groups: ['admin'] })).toEqual({
        ...plain,
        limit: '1',
        describe: 'Savings of Ann',
      })
      expect(accounts.fromPlain(through(own))).toMatchObject({ name: 'Savings', at: new Date(5) })
    })

    it('leaves toPlain as it was', () => {
      expect(accounts.toPlain(account())).toEqual(plain)
      expect(shops.toPlain(full())).toStrictEqual(plainShop)
    })

    it('takes plain objects for user-defined types, and what does not fit as it is', () => {
      const shop = Object.assign(Object.create(Shop.prototype) as Shop, {
        address: { ...plainAddress, code: 12n },
        visits: 'many',
      })
      expect(through(shop)).toEqual({ address: plainAddress, visits: 'many' })
    })

    it('gives @Transform of a derived class what the property has', () => {
      @Entity()
      @TableInheritance({ column: 'kind' })
      class Vehicle {
        @PartitionKey('uuid') id!: Uuid
        @Column('text') kind = 'car'
        @Column('bigint') code = 5n
      }
      @ChildEntity('car')
      class Car extends Vehicle {
        @Transform(({ value }) => (value as bigint) + 1n, { toPlainOnly: true })
        override code = 5n
      }
      for (const target of [Vehicle, Car]) registerPlain(getEntityMetadata(target))
      const vehicle = { id: String(id), kind: 'car' }
      expect(through(Object.assign(new Vehicle(), { id }))).toEqual({ ...vehicle, code: '5' })
      expect(through(Object.assign(new Car(), { id }))).toEqual({ ...vehicle, code: '6' })
    })

    it('knows classes that are derived from others', () => {
      class Base {
        @Transform(({ value }) => `${value as string}!`, { toPlainOnly: true })
        @Column('text')
        name!: string
        @Column(frozen(set('bigint'))) codes!: Set<bigint>
      }
      @Entity()
      class One extends Base {
        @PartitionKey('uuid') id!: Uuid
      }
      class Two extends One {}
      registerPlain(getEntityMetadata(One))
      for (const target of [One, Two]) {
        expect(
          through(Object.assign(new target(), { id, name: 'a', codes: new Set([1n]) })),
        ).toEqual({ id: String(id), name: 'a!', codes: ['1'] })
      }
    })
  })
})
