import {
  ArrayMaxSize,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  MinLength,
  Validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator'
import {
  Add,
  Append,
  BeforeInsert,
  ChildEntity,
  Column,
  DataSource,
  DeclarationError,
  Entity,
  Field,
  Fields,
  MassWriteError,
  PartitionKey,
  Put,
  Remove,
  SetAt,
  StatementError,
  TableInheritance,
  UserDefinedType,
  ValidationError,
  frozen,
  getEntityMetadata,
  list,
  map,
  set,
} from '../../lib'
import { ownContext } from '../../lib/repository/own-context'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { useTraffic } from '../server/traffic'

const later = () => new Promise<void>((done) => setImmediate(done))

@ValidatorConstraint({ name: 'isFree', async: true })
class IsFree {
  async validate(value: string): Promise<boolean> {
    await later()
    return value !== 'taken'
  }
  defaultMessage(): string {
    return '$property is taken'
  }
}

@UserDefinedType()
class Geo {
  @Min(-90) @Field('double') lat!: number
}

@UserDefinedType()
class Address {
  @MinLength(3) @Field('text') street!: string
  @IsOptional() @Matches(/^\d{5}$/u) @Field('text') zip?: string | null
  @Field(frozen(() => Geo)) geo?: Geo | null
}

@Entity('people')
class Person {
  @IsInt() @PartitionKey('int') id!: number
  @Length(2, 20) @Column('text') name!: string
  @IsOptional() @IsEmail() @Column('text') email?: string | null
  @IsOptional() @IsIn(['gold'], { groups: ['premium'] }) @Column('text') tier?: string | null
  @MinLength(2, { each: true }) @ArrayMaxSize(3) @Column('list<text>') tags: string[] = []
  @MinLength(2, { each: true }) @Column('set<text>') codes: Set<string> = new Set()
  @Min(1, { each: true }) @Column('map<text, int>') counts: Map<string, number> = new Map()
  @Column(() => Address) address?: Address | null
  @ValidateNested() @Column(list(frozen(() => Address))) homes: Address[] = []
  @Column(
    map(
      'text',
      frozen(() => Address),
    ),
  )
  byName: Map<string, Address> = new Map()
  @Column(frozen(set(frozen(() => Geo)))) places: Set<Geo> = new Set()
  @IsDefined() @Column('text', { select: false }) secret?: string | undefined = 'secret'
}

@Entity({ name: 'users', validate: true })
class User {
  @PartitionKey('int') id!: number
  @Validate(IsFree) @IsString() @Column('text') name!: string

  @BeforeInsert() normalize() {
    if (this.name === 'made valid') this.name = 'valid'
    if (this.name === 'made invalid') this.name = 5 as never
  }
}

@Entity({ name: 'notes', validate: false })
class Note {
  @PartitionKey('int') id!: number
  @MinLength(3) @Column('text') text!: string
}

@Entity('vehicles')
@TableInheritance({ column: 'kind' })
class Vehicle {
  @PartitionKey('int') id!: number
  @Column('text') kind?: string
}
@ChildEntity('car')
class Car extends Vehicle {
  @Min(2) @Column('int') doors!: number
}

@Entity('plain_things')
class Thing {
  @PartitionKey('int') id!: number
  @Column('text') text?: string | null
}

const entities = [Person, User, Note, Vehicle, Car, Thing]
const { db, keyspace } = useDataSource(entities)
const people = db.getRepository(Person)
const users = db.getRepository(User)
const options = { ...connection(), keyspace: keyspace.name, entities }
const validating = new DataSource({ ...options, validate: true })
const strict = validating.getRepository(Person)
const traffic = useTraffic()
beforeAll(() => validating.initialize())
afterAll(() => validating.destroy())

async function problemsOf(run: () => unknown): Promise<readonly string[]> {
  traffic.take()
  try {
    await run()
  } catch (error) {
    expect(traffic.take()).toEqual([])
    if (!(error instanceof ValidationError)) throw error
    expect(error.code).toBe('VALIDATION')
    return error.errors.map(({ property, constraint }) => `${property}: ${constraint}`)
  }
  return []
}

const address = (street: string, zip?: string) => Object.assign(new Address(), { street, zip })
const person = (properties: Partial<Person> = {}) =>
  people.create({ id: 1, name: 'Ann', ...properties })

describe('a data source that validates', () => {
  it('refuses what breaks constraints before anything is sent', async () => {
    const broken = person({ name: 'A', email: 'none', tags: ['a'] })
    for (const verb of ['insert', 'save'] as const) {
      expect(await problemsOf(() => strict[verb](broken))).toEqual([
        'name: isLength',
        'email: isEmail',
        'tags: minLength',
      ])
    }
    await expect(strict.save(person({ name: 'A' }))).rejects.toThrow(
      'Person.name: name must be longer than or equal to 2 characters (isLength)',
    )
    expect(await strict.findOneBy({ id: 1 })).toBeNull()
  })

  it('writes what is as it should be', async () => {
    await strict.save(person({ id: 2, address: address('Main Street', '12345') }))
    await strict.insert(person({ id: 3, tier: 'none' }), { groups: ['other'] })
    const found = await strict.findOneByOrFail({ id: 2 })
    expect(found.address?.zip).toBe('12345')
    // What is not read by itself is undefined in it, and stays as it is.
    expect(found.secret).toBeUndefined()
    await strict.save(found)
    expect(await problemsOf(() => strict.insert(found))).toEqual(['secret: isDefined'])
  })

  it('goes into user-defined types, wherever they are, and names the place', async () => {
    const geo = Object.assign(new Geo(), { lat: -100 })
    const bad = address('A', 'x')
    expect(
      await problemsOf(() =>
        strict.save(
          person({
            address: Object.assign(address('Main'), { geo }),
            homes: [address('Main'), bad],
            byName: new Map([['private', bad]]),
            places: new Set([geo]),
          }),
        ),
      ),
    ).toEqual([
      'homes[1].street: minLength',
      'homes[1].zip: matches',
      'address.geo.lat: min',
      'byName[0].street: minLength',
      'byName[0].zip: matches',
      'places[0].lat: min',
    ])
  })

  it('takes plain objects for entities and user-defined types', async () => {
    const plain = { ...person(), name: 'A', address: { street: 'A' }, homes: [{ street: 'B' }] }
    expect(await problemsOf(() => strict.save(plain as Person))).toEqual([
      'name: isLength',
      'address.street: minLength',
      'homes[0].street: minLength',
    ])
  })

  it('does as the entity and the call say', async () => {
    const notes = validating.getRepository(Note)
    await notes.save({ id: 1, text: 'a' })
    expect(await problemsOf(() => notes.save({ id: 1, text: 'a' }, { validate: true }))).toEqual([
      'text: minLength',
    ])
    await strict.save(person({ id: 4, name: 'A' }), { validate: false })
    expect((await strict.findOneByOrFail({ id: 4 })).name).toBe('A')
  })

  it('finds the constraints of the class of several in one table', async () => {
    const vehicles = validating.getRepository(Vehicle)
    const car = Object.assign(new Car(), { id: 1, doors: 1 })
    expect(await problemsOf(() => vehicles.save(car))).toEqual(['doors: min'])
    await vehicles.save(Object.assign(new Car(), { id: 1, doors: 2 }))
    expect(await vehicles.count()).toBe(1)
  })

  it('costs a class without constraints nothing', async () => {
    const things = validating.getRepository(Thing)
    expect(things[ownContext].behavior).toBeUndefined()
    await things.save({ id: 1, text: null })
    await things.save({ id: 1, text: null }, { validate: true })
  })

  it('takes options of class-validator', async () => {
    const grouped = await new DataSource({
      ...connection(),
      keyspace: keyspace.name,
      entities,
      validate: { groups: ['premium'], stopAtFirstError: true, always: false },
    }).initialize()
    const repository = grouped.getRepository(Person)
    expect(await problemsOf(() => repository.save(person({ name: 'A', tier: 'silver' })))).toEqual([
      'tier: isIn',
    ])
    await grouped.destroy()
  })
})

describe('a call', () => {
  it('may ask for it', async () => {
    const broken = person({ name: 'A' })
    await people.save(broken)
    expect(await problemsOf(() => people.save(broken, { validate: true }))).toEqual([
      'name: isLength',
    ])
    expect(await problemsOf(() => people.insert(broken, { validate: true }))).toEqual([
      'name: isLength',
    ])
    expect(
      await problemsOf(() => people.update({ id: 1 }, { name: 'A' }, { validate: true })),
    ).toEqual(['name: isLength'])
  })

  it('may name groups, beside which constraints without groups count', async () => {
    const silver = person({ name: 'A', tier: 'silver' })
    expect(await problemsOf(() => people.save(silver, { groups: ['premium'] }))).toEqual([
      'name: isLength',
      'tier: isIn',
    ])
    expect(await problemsOf(() => people.save(silver, { groups: ['other'] }))).toEqual([
      'name: isLength',
    ])
  })

  it('is refused where it says what it cannot mean', async () => {
    const refused = (options: object, message: string) =>
      expect(people.save(person(), options)).rejects.toThrow(message)
    await refused({ validate: 'yes' }, 'Person: validate must be true or false')
    await refused(
      { validate: false, groups: ['a'] },
      'Person: groups have no effect with validate: false; leave one of them out',
    )
    await refused({ groups: [1] }, 'Person: groups must be an array of strings')
    await refused({ valdate: true }, "save has no option 'valdate'; did you mean 'validate'?")
  })
})

describe('update', () => {
  const update = (changes: Parameters<typeof strict.update>[1]) =>
    problemsOf(() => strict.update({ id: 9 }, changes))

  it('looks at what is changed, and at nothing else', async () => {
    expect(await update({ name: 'A' })).toEqual(['name: isLength'])
    expect(await update({ email: 'a@b.cd' })).toEqual([])
    expect(await update({ email: 'none', tags: ['a'] })).toEqual([
      'email: isEmail',
      'tags: minLength',
    ])
    expect(await update({ address: address('A') })).toEqual(['address.street: minLength'])
    expect(await update({ email: null })).toEqual([])
    expect(await update({ name: null as never })).toEqual(['name: isLength'])
    expect(await update({ name: undefined, tier: 'x' })).toEqual(['tier: isIn'])
  })

  it('looks at the elements that operators give, by the constraints of elements', async () => {
    expect(await update({ tags: Append(['ok', 'a']) })).toEqual(['tags: minLength'])
    // How many there are in all is not known.
    expect(await update({ tags: Append(['aa', 'bb', 'cc', 'dd']) })).toEqual([])
    expect(await update({ codes: Add(new Set(['a'])) })).toEqual(['codes: minLength'])
    expect(await update({ counts: Put({ a: 0 }) })).toEqual(['counts: min'])
    expect(await update({ counts: Put({ a: 1 }) })).toEqual([])
    expect(await update({ tags: SetAt(0, 'a') })).toEqual(['tags: minLength'])
    expect(await update({ tags: Remove(['a']) })).toEqual([])
    expect(await update({ homes: Append([address('A')]) })).toEqual(['homes[0].street: minLength'])
    expect(await update({ byName: Put(new Map([['a', address('A')]])) })).toEqual([
      'byName[0].street: minLength',
    ])
  })

  it('looks at the fields that are set', async () => {
    await strict.update({ id: 9 }, { address: address('Main') })
    expect(await update({ address: Fields({ zip: 'x' }) })).toEqual(['address.zip: matches'])
    expect(await update({ address: Fields({ zip: '12345' }) })).toEqual([])
    expect((await strict.findOneByOrFail({ id: 9 })).address?.zip).toBe('12345')
  })

  it('leaves what is no object to be refused, and sends nothing for no changes', async () => {
    await expect(strict.update({ id: 9 }, 5 as never)).rejects.toThrow(StatementError)
    await expect(strict.update({ id: 9 }, {})).resolves.toBeUndefined()
  })
})

describe('a hook', () => {
  it('comes before, and what it made is looked at', async () => {
    await users.insert({ id: 1, name: 'made valid' } as User)
    expect((await users.findOneByOrFail({ id: 1 })).name).toBe('valid')
    expect(await problemsOf(() => users.insert({ id: 1, name: 'made invalid' } as User))).toEqual([
      'name: isString',
    ])
  })
})

describe('an asynchronous constraint', () => {
  const user = (name: string) => Object.assign(new User(), { id: 5, name })

  it('is awaited', async () => {
    expect(await problemsOf(() => users.save(user('taken')))).toEqual(['name: isFree'])
    expect(await problemsOf(() => users.update({ id: 5 }, { name: 'taken' }))).toEqual([
      'name: isFree',
    ])
    await users.save(user('free'))
    expect(await users.existsBy({ id: 5 })).toBe(true)
  })

  it('is refused by fromPlain, and awaited by fromPlainAsync', async () => {
    expect(() => users.fromPlain({ id: 5, name: 'free' })).toThrow(
      'User has constraints that are asynchronous, which fromPlain cannot wait for; use fromPlainAsync',
    )
    expect(await users.fromPlainAsync({ id: 5, name: 'free' })).toBeInstanceOf(User)
    expect(await problemsOf(() => users.fromPlainAsync({ id: 5, name: 'taken' }))).toEqual([
      'name: isFree',
    ])
    expect(await problemsOf(() => users.fromPlainAsync({ id: 'x' }))).toEqual(['id: type'])
  })
})

it('fromPlain always validates, under its groups', async () => {
  const plain = {
    id: 1,
    name: 'A',
    tier: 'silver',
    secret: 's',
    address: { street: 'A', zip: 'x' },
  }
  expect(await problemsOf(() => people.fromPlain(plain))).toEqual([
    'name: isLength',
    'tier: isIn',
    'address.street: minLength',
    'address.zip: matches',
  ])
  expect(await problemsOf(() => people.fromPlain(plain, { groups: ['other'] }))).not.toContain(
    'tier: isIn',
  )
  await people.save(
    people.fromPlain({ ...plain, id: 20, name: 'Ann', tier: 'gold', address: null }),
  )
  expect((await people.findOneByOrFail({ id: 20 })).name).toBe('Ann')
})

it('a mass save writes the others', async () => {
  const saved = strict.save([person({ id: 30 }), person({ id: 31, name: 'A' }), person({ id: 32 })])
  await expect(saved).rejects.toThrow(MassWriteError)
  await saved.catch(({ failures }: MassWriteError) => {
    expect(failures).toMatchObject([{ index: 1, cause: expect.any(ValidationError) }])
  })
  const ids = [30, 31, 32]
  const found = await Promise.all(ids.map((id) => people.existsBy({ id })))
  expect(found).toEqual([true, false, true])
  await expect(people.saveAll([person({ name: 'A' })], { validate: true })).rejects.toThrow(
    'isLength',
  )
})

describe('a batch', () => {
  it('refuses as a whole', async () => {
    const batch = () => validating.batch().save(Person, person({ id: 40 }))
    expect(
      await problemsOf(() =>
        batch()
          .insert(Person, person({ id: 41, name: 'A' }))
          .execute(),
      ),
    ).toEqual(['name: isLength'])
    expect(
      await problemsOf(() => batch().update(Person, { id: 42 }, { name: 'A' }).execute()),
    ).toEqual(['name: isLength'])
    expect(
      await problemsOf(() =>
        db
          .batch()
          .save(Person, person({ name: 'A' }), { validate: true })
          .execute(),
      ),
    ).toEqual(['name: isLength'])
    expect(await people.existsBy({ id: 40 })).toBe(false)
    await batch().update(Person, { id: 42 }, { name: 'Ann' }).execute()
    expect(await people.existsBy({ id: 40 })).toBe(true)
  })

  it('awaits what is asynchronous when it is executed', async () => {
    const batch = db.batch().update(User, { id: 50 }, { name: 'taken' })
    expect(await problemsOf(() => batch.execute())).toEqual(['name: isFree'])
    await db.batch().update(User, { id: 50 }, { name: 'free' }).execute()
    expect(await users.existsBy({ id: 50 })).toBe(true)
  })
})

it('sees conditions of class-validator on the whole entity', async () => {
  @Entity('people')
  class Conditional {
    @PartitionKey('int') id!: number
    @Column('text') name?: string
    @ValidateIf(({ name }: Conditional) => name === 'Ann') @IsEmail() @Column('text') email?: string
  }
  const source = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Conditional],
    validate: true,
  }).initialize()
  const repository = source.getRepository(Conditional)
  await repository.save({ id: 60, name: 'Bob', email: 'x' })
  expect(await problemsOf(() => repository.save({ id: 60, name: 'Ann', email: 'x' }))).toEqual([
    'email: isEmail',
  ])
  await source.destroy()
})

it.each([
  [5, 'must be true, false or options such as { groups: [] }'],
  [[], 'must be true, false or options such as { groups: [] }'],
  [{ group: [] }, "has no option 'group'; did you mean 'groups'?"],
  [{ groups: 'a' }, 'has groups, which must be an array of strings'],
  [{ always: 1 }, 'has always, which must be true or false'],
])('refuses validate: %p', (validate, message) => {
  @Entity({ validate: validate as never })
  class Wrong {
    @PartitionKey('int') id!: number
  }
  expect(() => new DataSource({ ...connection(), entities, validate: validate as never })).toThrow(
    `DataSource: validate ${message}`,
  )
  expect(() => getEntityMetadata(Wrong)).toThrow(DeclarationError)
  expect(() => getEntityMetadata(Wrong)).toThrow(
    `Wrong: the option 'validate' of @Entity() ${message}`,
  )
})
