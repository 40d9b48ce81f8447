import {
  Column,
  DataSource,
  Entity,
  Field,
  PartitionKey,
  Put,
  UserDefinedType,
  frozen,
  list,
  map,
  tuple,
} from '../../lib'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'

/** The program as it was, and as it is after a field was added to a type, and a type with it. */
@UserDefinedType('address')
class Old {
  @Field('text') street!: string | null
}

@UserDefinedType('holder')
class OldHolder {
  @Field(frozen(() => Old)) address!: Old | null
}

@UserDefinedType('address')
class New {
  @Field('text') street!: string | null
  @Field('text') country?: string | null
  @Field('frozen<set<text>>') tags?: Set<string> | null
}

@UserDefinedType('holder')
class NewHolder {
  @Field(frozen(() => New)) address!: New | null
}

@Entity('people')
class OldPerson {
  @PartitionKey('int') id!: number
  @Column('text') note?: string | null
  @Column(() => Old) home?: Old | null
  @Column(frozen(() => Old)) work?: Old | null
  @Column(list(frozen(() => Old))) past: Old[] = []
  @Column(
    map(
      'text',
      frozen(() => Old),
    ),
  )
  named = new Map<string, Old>()
  @Column(frozen(() => OldHolder)) holder?: OldHolder | null
  @Column(tuple('int', () => Old)) pair?: [number | null, Old | null] | null
}

@Entity({ name: 'people', trackChanges: true })
class OldTracked extends OldPerson {}

@Entity('people')
class NewPerson {
  @PartitionKey('int') id!: number
  @Column('text') note?: string | null
  @Column(() => New) home?: New | null
  @Column(frozen(() => New)) work?: New | null
  @Column(list(frozen(() => New))) past: New[] = []
  @Column(
    map(
      'text',
      frozen(() => New),
    ),
  )
  named = new Map<string, New>()
  @Column(frozen(() => NewHolder)) holder?: NewHolder | null
  @Column(tuple('int', () => New)) pair?: [number | null, New | null] | null
}

const keyspace = useKeyspace()
const options = { ...connection(), keyspace: keyspace.name }
const olds = new DataSource({ ...options, entities: [OldPerson, OldTracked], synchronize: true })
const news = new DataSource({ ...options, entities: [NewPerson], synchronize: true })
beforeAll(async () => {
  await olds.initialize()
  await news.initialize()
})
afterAll(async () => {
  await olds.destroy()
  await news.destroy()
})

const address = (street: string): New => ({ street, country: 'DE', tags: new Set(['b', 'a']) })
const everything = (id: number): NewPerson => ({
  id,
  note: null,
  home: address('home'),
  work: address('work'),
  past: [address('one'), { street: 'two', country: null, tags: null }],
  named: new Map([['a', address('named')]]),
  holder: { address: address('held') },
  pair: [1, address('pair')],
})

it.each([
  ['whole entities', OldPerson],
  ['tracked entities', OldTracked],
] as const)(
  'survive a read and a save of %s by a program that does not know them',
  async (_, Person) => {
    const id = Person === OldPerson ? 1 : 2
    const [people, newer] = [olds.getRepository(Person), news.getRepository(NewPerson)]
    await newer.save(newer.create(everything(id)))
    const seen = await people.findOneByOrFail({ id })
    expect(seen.work).toEqual({ street: 'work' })
    seen.note = 'called'
    await people.save(seen)
    expect(await newer.findOneByOrFail({ id })).toEqual({ ...everything(id), note: 'called' })
    for (const each of [
      seen.home,
      seen.work,
      seen.past[0],
      seen.named.get('a'),
      seen.holder?.address,
      seen.pair?.[1],
    ]) {
      if (each) each.street += '!'
    }
    await people.save(seen)
    expect(await newer.findOneByOrFail({ id })).toEqual({
      id,
      note: 'called',
      home: address('home!'),
      work: address('work!'),
      past: [address('one!'), { street: 'two', country: null, tags: null }],
      named: new Map([['a', address('named!')]]),
      holder: { address: address('held!') },
      pair: [1, address('pair!')],
    })
  },
)

it('survive changes of parts, and conditions hold with what was read', async () => {
  const [people, newer] = [olds.getRepository(OldPerson), news.getRepository(NewPerson)]
  await newer.save(newer.create(everything(3)))
  const { work, named } = await people.findOneByOrFail({ id: 3 })
  const { applied } = await people.update(
    { id: 3 },
    { named: Put({ b: named.get('a') as Old }) },
    { if: { work: work as Old } },
  )
  expect(applied).toBe(true)
  const { named: now } = await newer.findOneByOrFail({ id: 3 })
  expect(now).toEqual(
    new Map([
      ['a', address('named')],
      ['b', address('named')],
    ]),
  )
})

it('are never lost where the driver decodes the rows: the write is refused', async () => {
  const rows = await new DataSource({
    ...options,
    entities: [OldPerson],
    directRows: false,
  }).initialize()
  try {
    const newer = news.getRepository(NewPerson)
    await newer.save(newer.create(everything(4)))
    const people = rows.getRepository(OldPerson)
    const seen = await people.findOneByOrFail({ id: 4 })
    expect((await failure(() => people.save(seen))).message).toContain(
      "was read with a value of the field 'tags', which Old does not have and which is kept only with directRows; " +
        'declare the field, or give a new value',
    )
    await people.update({ id: 4 }, { note: 'called' })
    expect(await newer.findOneByOrFail({ id: 4 })).toEqual({ ...everything(4), note: 'called' })
  } finally {
    await rows.destroy()
  }
})
