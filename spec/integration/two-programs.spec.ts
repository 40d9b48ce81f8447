import {
  Append,
  Column,
  DataSource,
  Entity,
  ExecutionError,
  Field,
  PartitionKey,
  SchemaError,
  StatementError,
  UserDefinedType,
  frozen,
  list,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

@UserDefinedType('two_name')
class OldName {
  @Field('text') first?: string | null
  @Field('text') last?: string | null
}

@Entity('two_people')
class OldPerson {
  @PartitionKey('int') id!: number
  @Column(frozen(() => OldName)) name?: OldName | null
  @Column(() => OldName) alias?: OldName | null
  @Column(list(frozen(() => OldName))) former: OldName[] = []
  @Column('text') note?: string | null
  @Column('int') age?: number | null
}

@Entity('two_prices')
class OldPrice {
  @PartitionKey('int') id!: number
  @Column('int') amount?: number | null
}

/** The next version: `first` is called `given`, `email` is new, `age` is gone, `amount` has another type. */
@UserDefinedType('two_name')
class NewName {
  @Field('text') given?: string | null
  @Field('text') last?: string | null
}

@Entity('two_people')
class NewPerson {
  @PartitionKey('int') id!: number
  @Column(frozen(() => NewName)) name?: NewName | null
  @Column(() => NewName) alias?: NewName | null
  @Column(list(frozen(() => NewName))) former: NewName[] = []
  @Column('text') note?: string | null
  @Column('text') email?: string | null
}

@Entity('two_prices')
class NewPrice {
  @PartitionKey('int') id!: number
  @Column('float') amount?: number | null
}

const { name: keyspace, client } = useKeyspace()
const ann = { first: 'Ann', last: 'Smith' }
const bob = { given: 'Bob', last: 'Jones' }
const named = <T>(name: T) => ({ name, alias: name, former: [name] })

/** Two versions of a program, which run in all specs of a describe, and a person at a terminal. */
function usePrograms(
  directRows: boolean,
  oldEntities: readonly (new () => object)[],
  newEntities: readonly (new () => object)[],
) {
  const options = { ...connection(), keyspace, directRows }
  const old = new DataSource({ ...options, entities: [...oldEntities] })
  const newer = new DataSource({ ...options, entities: [...newEntities] })
  beforeAll(async () => {
    await old.initialize()
    await newer.initialize()
  })
  afterAll(async () => {
    await old.destroy()
    await newer.destroy()
  })
  beforeEach(() => old.schema.sync())
  /** Ends when the server has told both programs of each change. */
  const elsewhere = async (...statements: readonly string[]) => {
    for (const statement of statements) {
      const target = /KS\.(\w+)/u.exec(statement)?.[1] ?? ''
      const told = [old, newer].map((db) => isTold(db, target))
      await client.execute(statement.replaceAll('KS', keyspace))
      await Promise.all(told)
    }
  }
  return { old, newer, elsewhere }
}

/** Ends when a program is told of a change of a table or a type. */
function isTold({ client: driver }: DataSource, target: string): Promise<void> {
  return new Promise((resolve) => {
    const onLog = (_level: string, _source: string, _message: string, event: unknown) => {
      const { keyspace: place, table, udt } = (event ?? {}) as Record<string, unknown>
      if (place !== keyspace || (table !== target && udt !== target)) return
      driver.off('log', onLog)
      resolve()
    }
    driver.on('log', onLog)
  })
}

async function stored(table: string, id: number): Promise<unknown> {
  const text = `SELECT JSON * FROM ${keyspace}.${table} WHERE id = ${id}`
  return JSON.parse(String((await client.execute(text)).rows[0]?.['[json]']))
}

describe.each([true, false])('with directRows: %p', (directRows) => {
  const { old, newer, elsewhere } = usePrograms(directRows, [OldPerson], [NewPerson])
  const [olds, news] = [old.getRepository(OldPerson), newer.getRepository(NewPerson)]
  afterEach(() => elsewhere('DROP TABLE KS.two_people', 'DROP TYPE KS.two_name'))

  it('a field and a column that are added: the old program keeps what it does not know', async () => {
    await olds.save(olds.create({ id: 1, ...named(ann), note: 'a', age: 30 }))
    await newer.schema.sync()
    expect(await news.findOneBy({ id: 1 })).toEqual({
      id: 1,
      ...named({ given: null, last: 'Smith' }),
      note: 'a',
      email: null,
    })
    await news.update({ id: 1 }, { ...named(bob), email: 'b@c.de' })
    const seen = await olds.findOneByOrFail({ id: 1 })
    expect(seen).toEqual({ id: 1, ...named({ first: null, last: 'Jones' }), note: 'a', age: 30 })
    await olds.save(Object.assign(seen, { note: 'b', age: 31 }))
    expect(await stored('two_people', 1)).toEqual({
      id: 1,
      ...named({ first: null, ...bob }),
      note: 'b',
      age: 31,
      email: 'b@c.de',
    })
  })

  it('a field that is renamed: its old name is refused, its value is kept', async () => {
    await elsewhere('ALTER TABLE KS.two_people ADD email text')
    await olds.save(olds.create({ id: 1, ...named(ann), note: 'a', age: 30 }))
    const missing = (field: string) =>
      `the type 'two_name' has no field '${field}', which is ${field === 'first' ? 'OldName' : 'NewName'}.${field} in the keyspace '${keyspace}'; create it with db.schema.sync()`
    const early = await failure(() => news.update({ id: 1 }, named(bob)))
    expect(early).toBeInstanceOf(StatementError)
    expect(early.message).toBe(missing('given'))
    await elsewhere('ALTER TYPE KS.two_name RENAME first TO given')
    const seen = await olds.findOneByOrFail({ id: 1 })
    expect(seen).toMatchObject(named({ first: null, last: 'Smith' }))
    for (const way of [
      () => olds.save(olds.create({ id: 1, name: ann })),
      () => olds.update({ id: 1 }, { name: ann }),
      () => olds.update({ id: 1 }, { alias: ann }),
      () => olds.update({ id: 1 }, { former: Append([ann]) }),
      () => old.batch().update(OldPerson, { id: 1 }, { name: ann, age: 1 }).execute(),
    ]) {
      const error = await failure(way)
      expect(error).toBeInstanceOf(StatementError)
      expect(error.message).toBe(missing('first'))
    }
    await olds.save(Object.assign(seen, { note: 'b' }))
    const given = { given: 'Ann', last: 'Smith' }
    const row = { id: 1, note: 'b', age: 30, email: null }
    expect(await stored('two_people', 1)).toEqual({ ...row, ...named(given) })
    expect(await news.findOneByOrFail({ id: 1 })).toMatchObject(named(given))
    await news.update({ id: 1 }, named(bob))
    await elsewhere('ALTER TYPE KS.two_name RENAME given TO first')
    expect(await olds.findOneBy({ id: 1 })).toMatchObject(named({ first: 'Bob', last: 'Jones' }))
    expect((await failure(() => news.update({ id: 1 }, named(bob)))).message).toBe(missing('given'))
    await olds.update({ id: 1 }, named(ann))
    expect(await stored('two_people', 1)).toEqual({ ...row, ...named(ann) })
  })

  it('a column that is dropped: statements of it are refused and name it, others go on', async () => {
    const change = () => olds.update({ id: 1 }, { age: 31 })
    const ways = [
      () => olds.find(),
      () => olds.save(olds.create({ id: 1, note: 'x', age: 30 })),
      change,
      () => old.batch().update(OldPerson, { id: 1 }, { note: 'x', age: 32 }).execute(),
    ]
    for (const way of ways) await way()
    await elsewhere(
      'ALTER TABLE KS.two_people ADD email text',
      'ALTER TABLE KS.two_people DROP age',
    )
    for (const way of ways) {
      const error = await failure(way)
      expect(error).toBeInstanceOf(ExecutionError)
      expect(error.message).toContain(`Undefined column name age in table ${keyspace}.two_people`)
    }
    await olds.update({ id: 1 }, { note: 'old' })
    expect(await olds.find({ select: ['id', 'note'] })).toEqual([{ id: 1, note: 'old' }])
    await news.save(news.create({ id: 1, note: 'new', email: 'b@c.de' }))
    await elsewhere('ALTER TABLE KS.two_people ADD age int')
    expect(await olds.findOneBy({ id: 1 })).toMatchObject({ note: 'new', age: null })
    await change()
    expect(await stored('two_people', 1)).toMatchObject({ note: 'new', email: 'b@c.de', age: 31 })
  })

  it('a type that is created again with its fields in another order: no value is exchanged', async () => {
    await newer.schema.sync()
    await olds.update({ id: 1 }, named(ann))
    await news.update({ id: 2 }, named(bob))
    await elsewhere(
      'DROP TABLE KS.two_people',
      'DROP TYPE KS.two_name',
      'CREATE TYPE KS.two_name (given text, last text, first text)',
    )
    await old.schema.sync()
    await olds.update({ id: 1 }, named(ann))
    await news.update({ id: 2 }, named(bob))
    expect(await stored('two_people', 1)).toMatchObject(named({ given: null, ...ann }))
    expect(await stored('two_people', 2)).toMatchObject(named({ first: null, ...bob }))
    expect(await olds.findOneBy({ id: 1 })).toMatchObject(named(ann))
  })

  it('a table that is dropped: both programs are refused until it is there', async () => {
    await newer.schema.sync()
    const ways = [
      () => olds.update({ id: 1 }, { note: 'old' }),
      () => news.update({ id: 2 }, { note: 'new' }),
      () => olds.find(),
      () => news.find(),
    ]
    for (const way of ways) await way()
    await elsewhere('DROP TABLE KS.two_people')
    for (const way of ways) {
      const error = await failure(way)
      expect(error).toBeInstanceOf(ExecutionError)
      expect(error.message).toContain('table two_people does not exist')
    }
    await newer.schema.sync()
    expect((await failure(() => olds.find())).message).toContain('Undefined column name age')
    await old.schema.sync()
    for (const way of ways) await way()
    expect((await olds.find()).map(({ note }) => note).sort()).toEqual(['new', 'old'])
  })
})

describe.each([true, false])('prices, with directRows: %p', (directRows) => {
  const { old, newer, elsewhere } = usePrograms(directRows, [OldPrice], [NewPrice])
  const [oldPrices, newPrices] = [old.getRepository(OldPrice), newer.getRepository(NewPrice)]
  afterEach(() => elsewhere('DROP TABLE KS.two_prices'))

  it('a table that is created again with another type: the program of the other type is refused', async () => {
    const oldWays = [
      () => oldPrices.update({ id: 1 }, { amount: 7 }),
      () => old.batch().update(OldPrice, { id: 1 }, { amount: 7 }).execute(),
      () => oldPrices.find(),
    ]
    const newWays = [
      () => newPrices.update({ id: 1 }, { amount: 0.5 }),
      () => newer.batch().update(NewPrice, { id: 1 }, { amount: 0.5 }).execute(),
      () => newPrices.find(),
    ]
    for (const way of oldWays) await way()
    // The statements are the same text, so that the server takes those of one program from the other.
    for (const [type, right, wrong, message] of [
      ['float', newWays, oldWays, 'OldPrice.amount is declared as int and is float in the table'],
      ['int', oldWays, newWays, 'NewPrice.amount is declared as float and is int in the table'],
      ['float', newWays, oldWays, 'OldPrice.amount is declared as int and is float in the table'],
    ] as const) {
      await elsewhere(
        'DROP TABLE KS.two_prices',
        `CREATE TABLE KS.two_prices (id int PRIMARY KEY, amount ${type})`,
      )
      for (const way of right) await way()
      for (const way of wrong) {
        const error = await failure(way)
        expect(error).toBeInstanceOf(SchemaError)
        expect(error.message).toBe(message)
      }
      expect(await stored('two_prices', 1)).toEqual({ id: 1, amount: type === 'int' ? 7 : 0.5 })
    }
  })
})
