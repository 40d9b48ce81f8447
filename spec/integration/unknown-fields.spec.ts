import {
  Column,
  DataSource,
  Entity,
  Field,
  IsNull,
  PartitionKey,
  Put,
  UserDefinedType,
  frozen,
  list,
  map,
  set,
  tuple,
} from '../../lib'
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

@Entity({ name: 'routes', trackChanges: true })
class OldRoute {
  @PartitionKey('int') id!: number
  @Column(set(frozen(() => Old))) stops = new Set<Old>()
  @Column(
    map(
      frozen(() => Old),
      'int',
    ),
  )
  visits = new Map<Old, number>()
}

@Entity('routes')
class NewRoute {
  @PartitionKey('int') id!: number
  @Column(set(frozen(() => New))) stops = new Set<New>()
  @Column(
    map(
      frozen(() => New),
      'int',
    ),
  )
  visits = new Map<New, number>()
}

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
const olds = new DataSource({
  ...options,
  entities: [OldPerson, OldTracked, OldRoute],
  synchronize: true,
})
/** Its rows are decoded by the driver. */
const oldRows = new DataSource({
  ...options,
  entities: [OldPerson, OldTracked, OldRoute],
  directRows: false,
})
const news = new DataSource({ ...options, entities: [NewPerson, NewRoute], synchronize: true })
beforeAll(async () => {
  await olds.initialize()
  await news.initialize()
  await oldRows.initialize()
})
afterAll(async () => {
  await olds.destroy()
  await news.destroy()
  await oldRows.destroy()
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
  ['whole entities', OldPerson, olds, 1],
  ['tracked entities', OldTracked, olds, 2],
  ['whole entities that the driver decoded', OldPerson, oldRows, 3],
  ['tracked entities that the driver decoded', OldTracked, oldRows, 4],
] as const)(
  'survive a read and a save of %s by a program that does not know them',
  async (_, Person, db, id) => {
    const [people, newer] = [db.getRepository(Person), news.getRepository(NewPerson)]
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

it.each([
  ['in the frame', olds, 5],
  ['by the driver', oldRows, 6],
] as const)(
  'survive changes of parts, and conditions hold with what was read: decoded %s',
  async (_, db, id) => {
    const [people, newer] = [db.getRepository(OldPerson), news.getRepository(NewPerson)]
    await newer.save(newer.create(everything(id)))
    const { work, named } = await people.findOneByOrFail({ id })
    const { applied } = await people.update(
      { id },
      { named: Put({ b: named.get('a') as Old }) },
      { if: { work: work as Old } },
    )
    expect(applied).toBe(true)
    const { named: now } = await newer.findOneByOrFail({ id })
    expect(now).toEqual(
      new Map([
        ['a', address('named')],
        ['b', address('named')],
      ]),
    )
  },
)

it.each([
  ['in the frame', olds, 7],
  ['by the driver', oldRows, 8],
] as const)(
  'survive a save of what a conditional write found, where rows are decoded %s',
  async (_, db, id) => {
    const [people, newer] = [db.getRepository(OldPerson), news.getRepository(NewPerson)]
    await newer.save(newer.create(everything(id)))
    const { existing } = await people.insert(people.create({ id }), { ifNotExists: true })
    await people.save(Object.assign(existing as OldPerson, { note: 'found' }))
    expect(await newer.findOneByOrFail({ id })).toEqual({ ...everything(id), note: 'found' })
    const batch = db.batch().update(OldPerson, { id }, { note: 'x' }, { if: { work: IsNull() } })
    const [found] = (await batch.execute()).existing
    await people.update({ id }, { work: found?.['work'] as Old })
    expect(await newer.findOneByOrFail({ id })).toEqual({ ...everything(id), note: 'found' })
  },
)

it.each([
  ['in the frame', olds, 1],
  ['by the driver', oldRows, 2],
] as const)(
  'survive changes of the elements of tracked sets, and of the keys of tracked maps: decoded %s',
  async (_, db, id) => {
    const [routes, newer] = [db.getRepository(OldRoute), news.getRepository(NewRoute)]
    const [a, b, c] = ['a', 'b', 'c'].map(address) as [New, New, New]
    await newer.insert(
      newer.create({
        id,
        stops: new Set([a, b, c]),
        visits: new Map([
          [a, 1],
          [b, 2],
          [c, 3],
        ]),
      }),
    )
    const seen = await routes.findOneByOrFail({ id })
    for (const stop of seen.stops) if (stop.street === 'a') seen.stops.delete(stop)
    seen.stops.add({ street: 'd' })
    for (const stop of seen.visits.keys()) {
      if (stop.street === 'a') seen.visits.delete(stop)
      if (stop.street === 'b') seen.visits.set(stop, 20)
    }
    await routes.save(seen)
    const d = { street: 'd', country: null, tags: null }
    expect(await newer.findOneByOrFail({ id })).toEqual({
      id,
      stops: new Set([b, c, d]),
      visits: new Map([
        [b, 20],
        [c, 3],
      ]),
    })
  },
)
