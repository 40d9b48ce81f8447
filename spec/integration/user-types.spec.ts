import {
  Column,
  DataSource,
  Entity,
  Field,
  In,
  PartitionKey,
  StatementError,
  UserDefinedType,
  ValueError,
  frozen,
  list,
  map,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'

/** All fields are texts, so that the server would not notice a value in the wrong place. */
@UserDefinedType('address')
class Address {
  @Field('text') street!: string
  @Field('text', { name: 'Town Name' }) town!: string | null
  @Field('text') zip?: string | null
  @Field('list<text>') notes: string[] | null = []
  greeting = 'not stored'
  get label() {
    return `${this.street}, ${this.town}`
  }
}

@Entity('people')
class Person {
  @PartitionKey('int') id!: number
  @Column(frozen(() => Address)) home?: Address | null
  @Column(
    map(
      'int',
      frozen(() => Address),
    ),
  )
  others = new Map<number, Address>()
  @Column(list(frozen(() => Address))) past: Address[] = []
}

@Entity('by_address')
class ByAddress {
  @PartitionKey(frozen(() => Address)) address!: Address
  @Column('int') n!: number
}

@UserDefinedType('counted')
class Counted {
  @Field('text') text!: string
  @Field('int') n = 7
}

@UserDefinedType()
class Unused {
  @Field('int') n!: number
}

@Entity('open')
class Open {
  @PartitionKey('int') id!: number
  @Column(() => Counted) counted?: Counted | null
}

// Types need not be listed, and may be.
const entities = [Person, ByAddress, Open, Address, Unused]
const { db, keyspace } = useDataSource(entities, { synchronize: false })
const people = db.getRepository(Person)

const address = (street: string, rest: Partial<Address> = {}) =>
  Object.assign(new Address(), { street, town: 'Bern', zip: null }, rest)

beforeAll(async () => {
  // The order of the server is not the one of the class, and it has a field that the class does not map.
  await keyspace.client.execute(
    `CREATE TYPE ${keyspace.name}.address ("Town Name" text, extra text, street text, notes frozen<list<text>>)`,
  )
  const { changes } = await db.schema.plan()
  expect(changes.slice(0, 3).map(({ kind, cql }) => [kind, cql])).toEqual([
    ['addField', `ALTER TYPE "${keyspace.name}"."address" ADD "zip" text`],
    ['createType', `CREATE TYPE IF NOT EXISTS "${keyspace.name}"."counted" ("text" text, "n" int)`],
    ['createType', `CREATE TYPE IF NOT EXISTS "${keyspace.name}"."unused" ("n" int)`],
  ])
  await db.schema.sync()
})

it('finds fields by name, never by position', async () => {
  const home = address('Main St 1', { zip: '3000' })
  const person = people.create({
    id: 1,
    home,
    others: new Map([[1, home]]),
    past: [home, address('x')],
  })
  await people.save(person)
  const { rows } = await keyspace.client.execute(
    `SELECT home.street, home."Town Name" AS town, home.zip, home.extra, home.notes FROM ${keyspace.name}.people WHERE id = 1`,
  )
  expect({ ...rows[0] }).toEqual({
    'home.street': 'Main St 1',
    town: 'Bern',
    'home.zip': '3000',
    'home.extra': null,
    'home.notes': [],
  })
  const found = await people.findOneByOrFail({ id: 1 })
  expect(found).toEqual(person)
  expect(found.home).toBeInstanceOf(Address)
  expect(found.home?.label).toBe('Main St 1, Bern')
})

it('takes an object of the fields; one left out is null, or its default', async () => {
  await people.insert({ id: 2, home: { street: 'x' } as Address } as Person)
  const { home } = await people.findOneByOrFail({ id: 2 })
  expect(home).toEqual(address('x', { town: null, notes: null }))
  const open = db.getRepository(Open)
  await open.insert({ id: 1, counted: { text: 'a' } as Counted })
  expect((await open.findOneByOrFail({ id: 1 })).counted).toEqual({ text: 'a', n: null })
})

it('reads fields that came later as null', async () => {
  await keyspace.client.execute(
    `INSERT INTO ${keyspace.name}.people (id, home) VALUES (3, {street: 'x'})`,
  )
  expect((await people.findOneByOrFail({ id: 3 })).home).toEqual(
    address('x', { town: null, zip: null, notes: null }),
  )
})

it('is a key, and what IN compares', async () => {
  const rows = db.getRepository(ByAddress)
  await rows.insert({ address: address('a'), n: 1 })
  await rows.insert({ address: address('b', { zip: '1' }), n: 2 })
  expect((await rows.findOneByOrFail({ address: address('b', { zip: '1' }) })).n).toBe(2)
  expect(await rows.findOneBy({ address: address('b') })).toBeNull()
  const both = await rows.findBy({ address: In([address('a'), address('b', { zip: '1' })]) })
  expect(both.map(({ n }) => n).sort()).toEqual([1, 2])
})

it('refuses what is not a field, and what does not fit one', async () => {
  const insert = (home: unknown) => people.insert({ id: 9, home } as never)
  await expect(insert({ stret: 'x' })).rejects.toThrow(
    new ValueError(
      'Person',
      'home',
      "has 'stret', which is not a field of Address; did you mean 'street'?",
    ),
  )
  await expect(insert({ street: 5 })).rejects.toThrow(
    new ValueError('Person', 'home', 'field street needs a string; got a number'),
  )
  await expect(insert([1])).rejects.toThrow(
    new ValueError(
      'Person',
      'home',
      'needs an instance of Address or an object of its fields; got an array',
    ),
  )
  await expect(
    people.insert({ id: 9, past: [address('a'), { zipp: '' }] } as never),
  ).rejects.toThrow(
    new ValueError(
      'Person',
      'past',
      "element 1 has 'zipp', which is not a field of Address; did you mean 'zip'?",
    ),
  )
  expect(await people.findOneBy({ id: 9 })).toBeNull()
})

it('keeps the order of each keyspace, and goes on when a type grows or a field is missing', async () => {
  const other = `${keyspace.name.slice(0, 40)}_other`
  const { client } = keyspace
  await client.execute(
    `CREATE KEYSPACE ${other} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  )
  try {
    await client.execute(
      `CREATE TYPE ${other}.address (notes frozen<list<text>>, street text, "Town Name" text)`,
    )
    await client.execute(
      `CREATE TABLE ${other}.people (id int PRIMARY KEY, home frozen<address>, others map<int, frozen<address>>, past list<frozen<address>>)`,
    )
    const elsewhere = people.with({ keyspace: other })
    await elsewhere.insert(people.create({ id: 1, home: address('x') }))
    expect((await elsewhere.findOneByOrFail({ id: 1 })).home).toEqual(address('x'))
    const withZip = people.create({ id: 2, home: address('y', { zip: '3000' }) })
    await expect(elsewhere.insert(withZip)).rejects.toThrow(
      new StatementError(
        `the type 'address' has no field 'zip', which is Address.zip in the keyspace '${other}'; create it with db.schema.sync()`,
      ),
    )
    await client.execute(`ALTER TYPE ${other}.address ADD zip text`)
    await elsewhere.insert(withZip)
    expect((await elsewhere.findOneByOrFail({ id: 2 })).home?.zip).toBe('3000')
    const batch = db.batch()
    batch.insert(Person, people.create({ id: 4, home: address('batch', { zip: '1' }) }))
    await batch.execute()
    expect((await people.findOneByOrFail({ id: 4 })).home?.street).toBe('batch')
  } finally {
    await client.execute(`DROP KEYSPACE ${other}`)
  }
})

it('tells a field of another type, and does nothing then', async () => {
  @UserDefinedType('counted')
  class Recounted {
    @Field('text') n!: string
    @Field('int') more!: number
  }
  @Entity('open')
  class Reopened {
    @PartitionKey('int') id!: number
    @Column(() => Recounted) counted?: Recounted | null
  }
  const again = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [Reopened],
  }).initialize()
  try {
    await expect(again.schema.sync()).rejects.toThrow(
      'field counted.n is declared as text and is int in the cluster',
    )
  } finally {
    await again.destroy()
  }
  const { rows } = await keyspace.client.execute(
    'SELECT field_names FROM system_schema.types WHERE keyspace_name = ? AND type_name = ?',
    [keyspace.name, 'counted'],
  )
  expect(rows[0]?.['field_names']).toEqual(['text', 'n'])
})
