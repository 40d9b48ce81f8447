import {
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  Field,
  PartitionKey,
  SchemaError,
  TimeUuid,
  UserDefinedType,
  cql,
  frozen,
  list,
  vector,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

const { name: keyspace, client } = useKeyspace()

@UserDefinedType('moved_name')
class Name {
  @Field('text') first?: string | null
  @Field('text') last?: string | null
}

@Entity('moved_people')
class Person {
  @PartitionKey('int') id!: number
  @Column(frozen(() => Name)) name?: Name | null
  @Column(list(frozen(() => Name))) former: Name[] = []
  @Column(vector(() => Name, 1)) one?: Name[] | null
}

@Entity('moved_prices')
class Price {
  @PartitionKey('int') id!: number
  @Column('int') amount?: number | null
}

@Entity('moved_logins')
class Login {
  @PartitionKey('int') user!: number
  @ClusteringKey('timeuuid') at!: TimeUuid
  @Column('timeuuid', { as: 'string' }) session?: string | null
}

/** Another process, or a person at a terminal. */
async function elsewhere(...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.execute(statement.replaceAll('KS', keyspace))
}

const ann = { first: 'Ann', last: 'Smith' }

describe.each([true, false])('with directRows: %p', (directRows) => {
  const db = new DataSource({
    ...connection(),
    keyspace,
    entities: [Person, Price, Login],
    directRows,
  })
  const people = db.getRepository(Person)
  const prices = db.getRepository(Price)
  const logins = db.getRepository(Login)
  beforeAll(() => db.initialize())
  afterAll(() => db.destroy())
  beforeEach(() =>
    elsewhere(
      ...['people', 'prices', 'logins'].map((name) => `DROP TABLE IF EXISTS KS.moved_${name}`),
      'DROP TYPE IF EXISTS KS.moved_name',
    ),
  )
  const person =
    'CREATE TABLE KS.moved_people (id int PRIMARY KEY, name frozen<moved_name>, former list<frozen<moved_name>>, one vector<frozen<moved_name>, 1>)'

  async function stored(id: number): Promise<unknown> {
    const text = `SELECT JSON name, former, one FROM ${keyspace}.moved_people WHERE id = ${id}`
    const { rows } = await client.execute(text)
    return JSON.parse(String(rows[0]?.['[json]']))
  }

  const write = async (id: number) => {
    await people.update({ id }, { name: ann, former: [ann], one: [ann] })
    await db
      .batch()
      .update(Person, { id: id + 100 }, { name: ann, former: [ann], one: [ann] })
      .insert(Person, { id: id + 200, name: ann, former: [ann], one: [ann] })
      .execute()
    const rows = [await stored(id), await stored(id + 100), await stored(id + 200)]
    const found = await people.find()
    const read = found.filter((each) => each.id % 100 === id)
    return { rows, read: read.map((each) => [each.name, each.former[0], each.one?.[0]]) }
  }
  const all = <T>(value: T) => ({
    rows: Array.from({ length: 3 }, () => ({ name: value, former: [value], one: [value] })),
  })

  it('fields follow a type that another process changes', async () => {
    await elsewhere('CREATE TYPE KS.moved_name (first text, last text)', person)
    const before = await write(1)
    expect(before).toMatchObject(all(ann))
    expect(new Set(before.read.flat().map((each) => `${each?.first} ${each?.last}`))).toEqual(
      new Set(['Ann Smith']),
    )
    await elsewhere(
      'ALTER TYPE KS.moved_name RENAME first TO given',
      'ALTER TYPE KS.moved_name ADD first text',
    )
    const renamed = { given: null, last: 'Smith', first: 'Ann' }
    const { rows, read } = await write(2)
    // The server leaves the elements of vectors as they were, so they are written and read in the old order.
    for (const row of rows) expect(row).toEqual({ name: renamed, former: [renamed], one: [ann] })
    for (const each of read) expect(each).toMatchObject([ann, ann, ann])
    await elsewhere(
      'DROP TABLE KS.moved_people',
      'DROP TYPE KS.moved_name',
      'CREATE TYPE KS.moved_name (last text, first text)',
      person,
    )
    const after = await write(3)
    expect(after).toMatchObject(all({ last: 'Smith', first: 'Ann' }))
    expect(after.read.flat()).toHaveLength(9)
    for (const each of after.read.flat()) expect(each).toMatchObject(ann)
  })

  it('no value is exchanged while the type changes under concurrent writes', async () => {
    await elsewhere('CREATE TYPE KS.moved_name (first text, last text)', person)
    const progress = { isOver: false }
    let id = 0
    let firstIsWritten = () => undefined as void
    const first = new Promise<void>((resolve) => void (firstIsWritten = resolve))
    const workers = Array.from({ length: 4 }, async () => {
      while (!progress.isOver) {
        const mine = ++id
        await people.update({ id: mine }, { name: { first: `f${mine}`, last: `l${mine}` } })
        firstIsWritten()
      }
    })
    await first
    await elsewhere(
      'ALTER TYPE KS.moved_name RENAME first TO given',
      'ALTER TYPE KS.moved_name ADD first text',
    )
    const renamed = id
    await new Promise((resolve) => setTimeout(resolve, 300))
    progress.isOver = true
    // Between the two changes the type has no field for a first name.
    for (const each of await Promise.allSettled(workers)) {
      if (each.status === 'rejected') expect(String(each.reason)).toMatch(/has no field 'first'/u)
    }
    const { rows } = await client.execute(
      `SELECT id, name.given AS given, name.first AS first, name.last AS last FROM ${keyspace}.moved_people`,
      [],
      { fetchSize: 0 },
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { id: row, given, first, last } of rows) {
      expect(last).toBe(`l${row}`)
      expect([given, first].filter((each) => each !== null)).toEqual([`f${row}`])
      if (row > renamed + 4) expect(given).toBeNull()
    }
  })

  it('a table that another process creates again with other types is refused, and then used', async () => {
    await elsewhere('CREATE TABLE KS.moved_prices (id int PRIMARY KEY, amount int)')
    const ways = [
      () => prices.update({ id: 1 }, { amount: 5 }),
      () => db.batch().update(Price, { id: 1 }, { amount: 5 }).execute(),
      () => prices.find(),
    ]
    for (const way of ways) await way()
    await elsewhere(
      'DROP TABLE KS.moved_prices',
      'CREATE TABLE KS.moved_prices (id int PRIMARY KEY, amount float)',
      'INSERT INTO KS.moved_prices (id, amount) VALUES (1, 0.5)',
    )
    for (const way of ways) {
      const error = await failure(way)
      expect(error).toBeInstanceOf(SchemaError)
      expect(error.message).toBe('Price.amount is declared as int and is float in the table')
    }
    expect(
      (await client.execute(`SELECT * FROM ${keyspace}.moved_prices`)).rows[0]?.['amount'],
    ).toBe(0.5)
    await elsewhere(
      'DROP TABLE KS.moved_prices',
      'CREATE TABLE KS.moved_prices (id int PRIMARY KEY, amount int)',
    )
    for (const way of ways) await way()
    expect((await prices.findOneByOrFail({ id: 1 })).amount).toBe(5)
  })

  it('a statement that was prepared while a column had a wrong type works after sync', async () => {
    await elsewhere('CREATE TABLE KS.moved_prices (id int PRIMARY KEY, amount uuid)')
    const save = () => prices.save(prices.create({ id: 1, amount: 5 }))
    expect((await failure(save)).message).toBe(
      'Price.amount is declared as int and is uuid in the table',
    )
    await elsewhere('DROP TABLE KS.moved_prices')
    await db.schema.sync()
    await save()
    expect((await prices.findOneByOrFail({ id: 1 })).amount).toBe(5)
  })

  it('values of a query that the server gives the types for follow the table', async () => {
    await elsewhere('CREATE TABLE KS.moved_prices (id int PRIMARY KEY, amount int)')
    const write = () => db.query(cql`UPDATE ${cql.table(Price)} SET amount = ${5} WHERE id = ${1}`)
    await write()
    await elsewhere(
      'DROP TABLE KS.moved_prices',
      'CREATE TABLE KS.moved_prices (id int PRIMARY KEY, amount double)',
    )
    await write()
    expect(
      (await client.execute(`SELECT * FROM ${keyspace}.moved_prices`)).rows[0]?.['amount'],
    ).toBe(5)
  })

  it('the least and the greatest of a timeuuid are one', async () => {
    await elsewhere(
      'CREATE TABLE KS.moved_logins (user int, at timeuuid, session timeuuid, PRIMARY KEY (user, at))',
    )
    const at = TimeUuid.fromString('5e5dbc3f-fe9c-11f0-bb45-87689ecd411e')
    await logins.save(logins.create({ user: 1, at, session: String(at) }))
    for (const found of [
      await logins.maximum('at', { user: 1 }),
      await logins.minimum('at', { user: 1 }),
      (
        await db.query(cql`SELECT min(at) AS first FROM ${cql.table(Login)} WHERE user = ${1}`)
      )[0]?.['first'],
    ]) {
      expect(found).toBeInstanceOf(TimeUuid)
      expect(String(found)).toBe(String(at))
    }
    expect(await logins.maximum('session', { user: 1 })).toBe(String(at))
  })
})
