import {
  ChildEntity,
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Field,
  Fields,
  Increment,
  PartitionKey,
  TableInheritance,
  UserDefinedType,
  VersionColumn,
  param,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { sentBy } from '../server/sent-by'

@UserDefinedType('place')
class Place {
  @Field('text') zip?: string | null
}

@Entity('accounts')
class Account {
  @PartitionKey('text') id!: string
  @ClusteringKey('int') at!: number
  @Column('text') mail?: string | null
  @Column('map<text, int>') counts = new Map<string, number>()
  @Column(() => Place) place?: Place | null
}

@Entity('versioned')
class Versioned {
  @PartitionKey('text') id!: string
  @Column('text') mail?: string | null
  @VersionColumn() version!: number
}

@Entity('animals')
@TableInheritance({ column: 'kind' })
class Animal {
  @PartitionKey('text') id!: string
  @Column('text') kind!: string
  @Column('text') name?: string | null
}
@ChildEntity('dog')
class Dog extends Animal {
  @Column('text') breed?: string | null
}

@Entity('visits')
class Visits {
  @PartitionKey('text') id!: string
  @CounterColumn() views!: bigint
}

const { db } = useDataSource([Account, Versioned, Animal, Dog, Visits])
const accounts = db.getRepository(Account)
const versioned = db.getRepository(Versioned)
const dogs = db.getRepository(Dog)
const visits = db.getCounterRepository(Visits)

/** As frameworks make their inputs: private state, and accessors. */
class Query {
  readonly #id: string
  constructor(id: string) {
    this.#id = id
  }
  get id(): string {
    return this.#id
  }
  get at(): number {
    return 1
  }
  get mail(): string {
    return 'x'
  }
  get version(): number {
    return 1
  }
  get views(): bigint {
    return 1n
  }
  get counts(): string[] {
    return ['a']
  }
  get zip(): string {
    return 'x'
  }
  get where(): object {
    return { id: 'a' }
  }
  get timestamp(): bigint {
    return 1n
  }
  get logged(): boolean {
    return false
  }
}

const wrong: readonly (readonly [name: string, make: () => never])[] = [
  ['accessors', () => new Query('a') as never],
  ['a Map', () => new Map([['id', 'a']]) as never],
  ['a query string', () => new URLSearchParams('id=a') as never],
  ['a Promise', () => Promise.resolve({ id: 'a' }) as never],
  ['inherited properties', () => Object.create({ id: 'a', mail: 'x', where: {} }) as never],
  ['an instance without properties', () => new (class Nothing {})() as never],
]
const row = { id: 'a', at: 1 }

async function collect(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source) continue
}

const places: readonly (readonly [name: string, use: (given: never) => unknown])[] = [
  ['find', (given) => accounts.find(given)],
  ['find where', (where) => accounts.find({ where })],
  ['findBy', (where) => accounts.findBy(where)],
  ['findOneBy', (where) => accounts.findOneBy(where)],
  ['findPage', (where) => accounts.findPage({ where })],
  ['exists', (given) => accounts.exists(given)],
  ['existsBy', (where) => accounts.existsBy(where)],
  ['countBy', (where) => accounts.countBy(where)],
  ['sum', (where) => accounts.sum('at', where)],
  ['orderBy', (orderBy) => accounts.find({ where: { id: 'a' }, orderBy })],
  ['tuple', (tuple) => accounts.find({ where: { id: 'a' }, tuple })],
  ['stream', (where) => collect(accounts.stream({ where }))],
  ['scan', (where) => collect(accounts.scan({ where }))],
  ['prepare', (where) => accounts.prepare({ where })],
  ['prepare options', (given) => accounts.prepare(given)],
  ['findBy of a derived class', (where) => dogs.findBy(where)],
  ['create', (given) => accounts.create(given)],
  ['save', (given) => accounts.save(given)],
  ['save options', (given) => accounts.save(accounts.create(row), given)],
  ['insert', (given) => accounts.insert(given)],
  ['update where', (where) => accounts.update(where, { mail: 'x' })],
  ['update changes', (changes) => accounts.update(row, changes)],
  ['update if', (given) => accounts.update(row, { mail: 'x' }, { if: given })],
  ['update options', (given) => accounts.update(row, { mail: 'x' }, given)],
  ['update of Fields', (given) => accounts.update(row, { place: Fields(given) })],
  ['update of a version', (given) => versioned.update({ id: 'a' }, { mail: 'x' }, { if: given })],
  ['changes of a version', (given) => versioned.update({ id: 'a' }, given, { if: { version: 1 } })],
  ['update of a derived class', (where) => dogs.update(where, { breed: 'x' })],
  ['changes of a derived class', (given) => dogs.update({ id: 'a' }, given)],
  ['if of a derived class', (given) => dogs.update({ id: 'a' }, { breed: 'x' }, { if: given })],
  ['delete', (where) => accounts.delete(where)],
  ['delete elements', (elements) => accounts.delete(row, { elements })],
  ['delete if', (given) => accounts.delete(row, { if: given })],
  ['delete of a derived class', (where) => dogs.delete(where)],
  ['remove', (given) => accounts.remove(given)],
  ['remove if', (given) => accounts.remove(accounts.create(row), { if: given })],
  [
    'remove if of a version',
    (given) =>
      versioned.remove(Object.assign(new Versioned(), { id: 'a', version: 1 }), { if: given }),
  ],
  ['increment where', (where) => visits.increment(where, { views: 1n })],
  ['increment', (by) => visits.increment({ id: 'a' }, by)],
  ['batch', (given) => db.batch(given)],
  ['batch insert', (given) => db.batch().insert(Account, given).execute()],
  ['batch update where', (where) => db.batch().update(Account, where, { mail: 'x' }).execute()],
  ['batch update changes', (given) => db.batch().update(Account, row, given).execute()],
  [
    'batch update if',
    (given) => db.batch().update(Account, row, { mail: 'x' }, { if: given }).execute(),
  ],
  ['batch delete', (where) => db.batch().delete(Account, where).execute()],
  ['batch delete elements', (elements) => db.batch().delete(Account, row, { elements }).execute()],
  ['batch increment', (where) => db.batch().increment(Visits, where, { views: 1n }).execute()],
]

describe.each(places)('%s', (_, use) => {
  it.each(wrong)('refuses %s and sends nothing', async (_name, make) => {
    let error: Error | undefined
    const sent = await sentBy(async () => {
      error = await failure(async () => use(make()))
    })
    expect(error).toMatchObject({ name: 'StatementError' })
    expect(error?.message).toMatch(
      /: .+ is (?:a Promise; await it first|an? \w+ (?:that does not have '\w+' as its own|without own properties))/u,
    )
    expect(sent).toEqual([])
  })
})

it.each([
  ['where', () => accounts.findBy({ ...row, [Symbol('or')]: [] })],
  ['changes', () => accounts.update(row, { mail: 'x', [Symbol('inc')]: 1 })],
  ['if', () => accounts.update(row, { mail: 'x' }, { if: { mail: 'y', [Symbol('or')]: 1 } })],
  ['elements', () => accounts.delete(row, { elements: { counts: ['a'], [Symbol('all')]: 1 } })],
])('refuses a symbol in %s', async (clause, run) => {
  const error = await failure(run)
  expect(error.message).toMatch(new RegExp(`^Account: ${clause} has the key Symbol\\(\\w+\\)`, 'u'))
})

it('takes plain objects, entities and instances with properties of their own', async () => {
  class Input {
    mail = 'x'
  }
  const where = Object.assign(Object.create(null), row) as typeof row
  await accounts.save(Object.assign(new Account(), row, { mail: 'a' }))
  await accounts.update(where, new Input())
  expect((await accounts.findOneByOrFail(where)).mail).toBe('x')
  expect((await accounts.prepare({ where: { id: param('id') } }).find({ id: 'a' })).length).toBe(1)
  expect(await accounts.find(Object.assign(Object.create(null), { where }))).toHaveLength(1)
  await visits.increment({ id: 'a' }, { views: 1n })
  await db.getRepository(Visits).update({ id: 'a' }, { views: Increment(1n) })
  expect((await visits.findOneByOrFail({ id: 'a' })).views).toBe(2n)
})
