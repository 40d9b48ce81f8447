import {
  Between,
  ClusteringKey,
  Column,
  Contains,
  Entity,
  In,
  Index,
  MoreThan,
  Not,
  PartitionKey,
  StaticColumn,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { useTraffic } from '../server/traffic'

@Entity('readings')
class Reading {
  @PartitionKey('text') tenant!: string
  @PartitionKey('int') day!: number
  @ClusteringKey('int') hour!: number
  @ClusteringKey('int') minute!: number
  @StaticColumn('text') unit?: string | null
  @Column('double') value?: number | null
  @Index() @Column('text') sensor?: string | null
  @Column('text') note?: string | null
  @Column('set<text>') tags?: Set<string> | null
}

const { db } = useDataSource([Reading])
const readings = db.getRepository(Reading)
const traffic = useTraffic()

beforeEach(() => void traffic.take())

const key = { tenant: 't', day: 1, hour: 2, minute: 3 }
const partition = { tenant: 't', day: 1 }

/** Arguments that do not compile, as they come from JavaScript, JSON or `any`. */
type Loose = Record<
  | 'create'
  | 'save'
  | 'insert'
  | 'update'
  | 'delete'
  | 'remove'
  | 'truncate'
  | 'with'
  | 'find'
  | 'findBy'
  | 'findOne'
  | 'findOneBy'
  | 'findOneOrFail'
  | 'findOneByOrFail'
  | 'findSingle'
  | 'findPage'
  | 'stream'
  | 'exists'
  | 'existsBy'
  | 'count'
  | 'countBy',
  (...args: unknown[]) => unknown
>
const loose = () => readings as unknown as Loose

/** What a refused call says; nothing may have been sent. */
async function refusal(call: (repository: Loose) => unknown): Promise<string> {
  const error = await failure(() => call(loose()))
  expect(traffic.take()).toEqual([])
  expect(error.code).toBe('STATEMENT')
  return error.message
}

type Call = (repository: Loose) => unknown
type Case = readonly [name: string, call: Call, message: string | RegExp]

function refuses(cases: readonly Case[]): void {
  it.each(cases)('in %s', async (_, call, message) => {
    const said = await refusal(call)
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  })
}

describe('an unknown property is refused with the nearest name', () => {
  const unsaved =
    `Reading.vlaue is not a column and would not be saved; did you mean 'value'?; ` +
    'state that is not stored is declared with an initializer, as #private or as a getter'
  const named = (clause: string) =>
    `Reading.vlaue, named in ${clause}, is not a column; did you mean 'value'?`
  refuses([
    ['create', (r) => r.create({ ...key, vlaue: 1 }), named('create')],
    ['save', (r) => r.save({ ...key, vlaue: 1 }), unsaved],
    ['save of an entity', (r) => r.save(Object.assign(new Reading(), key, { vlaue: 1 })), unsaved],
    ['insert', (r) => r.insert({ ...key, vlaue: 1 }), unsaved],
    ['the changes of update', (r) => r.update(key, { vlaue: 1 }), named('changes')],
    ['the where of update', (r) => r.update({ ...key, vlaue: 1 }, { value: 1 }), named('where')],
    ['the where of delete', (r) => r.delete({ ...key, vlaue: 1 }), named('where')],
    ['the columns of delete', (r) => r.delete(key, { columns: ['vlaue'] }), named('columns')],
    ['find', (r) => r.find({ where: { vlaue: 1 } }), named('where')],
    ['findBy', (r) => r.findBy({ vlaue: 1 }), named('where')],
    ['findOne', (r) => r.findOne({ where: { vlaue: 1 } }), named('where')],
    ['findOneBy', (r) => r.findOneBy({ vlaue: 1 }), named('where')],
    ['findOneOrFail', (r) => r.findOneOrFail({ where: { vlaue: 1 } }), named('where')],
    ['findOneByOrFail', (r) => r.findOneByOrFail({ vlaue: 1 }), named('where')],
    ['findSingle', (r) => r.findSingle({ where: { vlaue: 1 } }), named('where')],
    ['findPage', (r) => r.findPage({ where: { vlaue: 1 } }), named('where')],
    ['stream', (r) => r.stream({ where: { vlaue: 1 } }), named('where')],
    ['exists', (r) => r.exists({ where: { vlaue: 1 } }), named('where')],
    ['existsBy', (r) => r.existsBy({ vlaue: 1 }), named('where')],
    ['count', (r) => r.count({ where: { vlaue: 1 } }), named('where')],
    ['countBy', (r) => r.countBy({ vlaue: 1 }), named('where')],
    ['select', (r) => r.find({ select: ['vlaue'] }), named('select')],
    ['orderBy', (r) => r.find({ where: partition, orderBy: { vlaue: 'asc' } }), named('orderBy')],
    ['a where with a name of the database', (r) => r.findBy({ Tenant: 't' }), /mean 'tenant'\?$/u],
    ['a where with no name like it', (r) => r.findBy({ zzzzzzzz: 1 }), /is not a column$/u],
  ])
})

describe('an option that a method does not have is refused', () => {
  const options = { consistancy: 'one' }
  const told = (method: string) =>
    `Reading: ${method} has no option 'consistancy'; did you mean 'consistency'?`
  refuses([
    ['find', (r) => r.find(options), told('find')],
    ['findOne', (r) => r.findOne(options), told('findOne')],
    ['findOneOrFail', (r) => r.findOneOrFail(options), told('findOne')],
    ['findSingle', (r) => r.findSingle(options), told('findSingle')],
    ['findPage', (r) => r.findPage(options), told('findPage')],
    ['stream', (r) => r.stream(options), told('stream')],
    ['exists', (r) => r.exists(options), told('exists')],
    ['count', (r) => r.count(options), told('count')],
    ['save', (r) => r.save(key, options), told('save')],
    ['save of many', (r) => r.save([key], options), told('save')],
    ['insert', (r) => r.insert(key, options), told('insert')],
    ['update', (r) => r.update(key, { value: 1 }, options), told('update')],
    ['delete', (r) => r.delete(key, options), told('delete')],
    ['remove', (r) => r.remove(key, options), told('remove')],
    ['truncate', (r) => r.truncate(options), told('truncate')],
    ['with', (r) => r.with(options), told('with')],
    [
      'find: a where in place of options',
      (r) => r.find({ tenant: 't' }),
      /^Reading: find has no option 'tenant'/u,
    ],
    ['find: pageState', (r) => r.find({ pageState: 'x' }), /^Reading: find has no option/u],
    ['delete: ttl', (r) => r.delete(key, { ttl: 1 }), /^Reading: delete has no option 'ttl'/u],
    [
      'skip',
      (r) => r.find({ skip: 10 }),
      `Reading: find has no 'skip', since Cassandra cannot jump over rows; use findPage() and its pageState`,
    ],
    ['skip of findPage', (r) => r.findPage({ skip: 1 }), /use findPage\(\) and its pageState$/u],
    [
      'options of save that are null',
      (r) => r.save(key, null),
      /^Reading: the options of save must be/u,
    ],
    [
      'options of with that are null',
      (r) => r.with(null),
      /^Reading: the options of with must be/u,
    ],
    ['options that are null', (r) => r.find(null), /^Reading: the options of find must be an obj/u],
    [
      'options that are a text',
      (r) => r.find('x'),
      /^Reading: the options of find must be an obj/u,
    ],
  ])
})

describe('a filter of nothing is refused', () => {
  const would = (value: string) =>
    `Reading.note: ${value} in a where would not filter; give a value, or leave the property out to read without it`
  const all = 'Reading: where is undefined and would not filter; leave it out to read all'
  refuses([
    ['null', (r) => r.findBy({ ...partition, note: null }), would('null')],
    ['undefined', (r) => r.findBy({ ...partition, note: undefined }), would('undefined')],
    ['where: undefined', (r) => r.find({ where: undefined }), all],
    ['findBy(undefined)', (r) => r.findBy(undefined), all],
    ['findBy()', (r) => r.findBy(), all],
    ['findOneBy(undefined)', (r) => r.findOneBy(undefined), all],
    ['findOneByOrFail()', (r) => r.findOneByOrFail(), all],
    ['existsBy(undefined)', (r) => r.existsBy(undefined), all],
    ['countBy(undefined)', (r) => r.countBy(undefined), all],
    ['stream', (r) => r.stream({ where: undefined }), all],
    ['where: null', (r) => r.find({ where: null }), 'Reading: where must be an object, got null'],
    [
      'where: a text',
      (r) => r.findBy('x'),
      'Reading: where must be an object, got string; write { tenant, day, hour, minute }',
    ],
    [
      'where: an array',
      (r) => r.findBy([partition]),
      'Reading: where must be an object, got an array; Cassandra has no OR: use In([…]), or make a query for each',
    ],
  ])

  it.each([
    [
      'In([null])',
      { ...partition, hour: In([null]) },
      /^Reading\.hour: In\(\) has null at index 0/u,
    ],
    ['In of a hole', { ...partition, hour: In([1, undefined]) }, /undefined at index 1/u],
    [
      'In of no array',
      { ...partition, hour: In('x' as never) },
      /^Reading\.hour: In\(\) takes an arr/u,
    ],
    ['MoreThan(undefined)', { ...partition, hour: MoreThan(undefined) }, /undefined in a where/u],
    ['MoreThan(null)', { ...partition, hour: MoreThan(null) }, /^Reading\.hour: null in a where/u],
    [
      'Between(1, undefined)',
      { ...partition, hour: Between(1, undefined as never) },
      /undefined in/u,
    ],
    ['Between(null, 1)', { ...partition, hour: Between(null, 1 as never) }, /null in a where/u],
    ['Contains(null)', { ...partition, tags: Contains(null) }, /null in a where/u],
  ])('within %s', async (_, where, message) => {
    const options = { where, allowFiltering: true }
    for (const call of [
      () => loose().find(options),
      () => loose().findPage(options),
      () => loose().stream(options),
      () => loose().count(options),
    ]) {
      expect((await failure(call)).message).toMatch(message)
    }
    expect(traffic.take()).toEqual([])
  })
})

describe('what the key and the indexes cannot serve is refused with the missing column', () => {
  refuses([
    [
      'a part of the partition key',
      (r) => r.findBy({ tenant: 't' }),
      /^Reading: the partition key needs 'tenant', 'day' by = or In\(\), and 'day' is missing; .*allowFiltering: true$/u,
    ],
    ['a range of it', (r) => r.findBy({ tenant: 't', day: MoreThan(1) }), /'day' has a range/u],
    ['a clustering column alone', (r) => r.findBy({ hour: 1 }), /'tenant', 'day' are missing/u],
    [
      'a gap',
      (r) => r.findBy({ ...partition, minute: 1 }),
      /'minute' cannot be restricted while the clustering column 'hour' before it is not/u,
    ],
    [
      'something after a range',
      (r) => r.findBy({ ...partition, hour: MoreThan(1), minute: 1 }),
      /'minute' cannot be restricted while the clustering column 'hour' before it has a range/u,
    ],
    [
      'a column without an index',
      (r) => r.findBy({ ...partition, note: 'x' }),
      `Reading: 'note' is neither in the primary key nor indexed; add @Index() to it, or pass allowFiltering: true`,
    ],
    [
      'a range on an index',
      (r) => r.findBy({ sensor: MoreThan('x') }),
      /does not serve this cond/u,
    ],
    [
      'an index beside In on the partition key, even with filtering',
      (r) => r.find({ where: { tenant: 't', day: In([1]), sensor: 'x' }, allowFiltering: true }),
      /an index cannot be used together with In\(\) on the partition key/u,
    ],
    ['Not', (r) => r.findBy({ ...partition, note: Not('x') }), /Not\(\) exists only in the 'if'/u],
    [
      'orderBy of a column',
      (r) => r.find({ where: partition, orderBy: { note: 'asc' } }),
      /'note' is not one/u,
    ],
    [
      'orderBy without a partition',
      (r) => r.find({ orderBy: { hour: 'asc' } }),
      /'tenant', 'day' are missing/u,
    ],
    [
      'orderBy of the second column',
      (r) => r.find({ where: partition, orderBy: { minute: 'asc' } }),
      /'hour' comes before 'minute'/u,
    ],
    [
      'a direction',
      (r) => r.find({ where: partition, orderBy: { hour: 'ASC' } }),
      /takes 'asc' or 'desc'$/u,
    ],
    ['select of nothing', (r) => r.find({ select: [] }), /select must name at least one property/u],
  ])

  it('and goes through with allowFiltering', async () => {
    await readings.save({ ...key, note: 'found' } as Reading)
    const found = await readings.find({ where: { note: 'found' }, allowFiltering: true })
    expect(found).toMatchObject([key])
  })
})

describe('a write without its key is refused', () => {
  refuses([
    [
      'update with an empty where',
      (r) => r.update({}, { value: 1 }),
      'Reading: update with an empty where would concern the whole table; name the key',
    ],
    [
      'delete with an empty where',
      (r) => r.delete({}),
      'Reading: delete with an empty where would concern the whole table; name the key, or call truncate()',
    ],
    ['delete()', (r) => r.delete(), /^Reading: where must be an object, got undefined$/u],
    [
      'update of a part of the key',
      (r) => r.update(partition, { value: 1 }),
      /'hour', 'minute' are missing/u,
    ],
    [
      'update of a key column',
      (r) => r.update(key, { hour: 1 }),
      /'hour|\.hour belongs to the primary key and cannot change/u,
    ],
    [
      'update by another column',
      (r) => r.update({ ...key, note: 'x' }, { value: 1 }),
      /'note' is not in it/u,
    ],
    ['update by null', (r) => r.update({ ...key, hour: null }, { value: 1 }), /null in a where/u],
    [
      'update of statics by the whole key',
      (r) => r.update(key, { unit: 'K' }),
      /leave 'hour', 'minute' out of where/u,
    ],
    ['delete of half a partition key', (r) => r.delete({ tenant: 't' }), /'day' is missing/u],
    [
      'delete with a gap',
      (r) => r.delete({ ...partition, minute: 1 }),
      /'hour' before it is missing/u,
    ],
    [
      'delete of key columns',
      (r) => r.delete(key, { columns: ['hour'] }),
      /cannot be deleted alone/u,
    ],
    [
      'delete of no columns',
      (r) => r.delete(key, { columns: [] }),
      /columns must name at least one/u,
    ],
    [
      'remove without a key',
      (r) => r.remove({ tenant: 't' }),
      /^Reading\.day belongs to the primary key/u,
    ],
    ['save of null', (r) => r.save(null), 'Reading: an entity must be an object, got null'],
    ['save of a text', (r) => r.save('x'), 'Reading: an entity must be an object, got string'],
    ['save()', (r) => r.save(), 'Reading: an entity must be an object, got undefined'],
    [
      'insert of nothing',
      (r) => r.insert(undefined),
      'Reading: an entity must be an object, got undefined',
    ],
    ['remove of nothing', (r) => r.remove(null), 'Reading: an entity must be an object, got null'],
    ['create of an array', (r) => r.create([]), 'Reading: create must be an object, got an array'],
  ])
})

describe('what comes from JSON', () => {
  const parsed = (text: string) => JSON.parse(text) as Record<string, unknown>

  it.each([
    '{"hour":{"kind":"range","operator":"moreThan","value":0}}',
    '{"hour":{"Symbol(coodie.condition)":true,"operator":"moreThan","value":0}}',
    '{"hour":{"$gt":0}}',
    '{"hour":[1,2]}',
    '{"hour":{"__proto__":{"operator":"moreThan","value":0}}}',
  ])('is no operator: %s', async (text) => {
    const error = await failure(() => loose().findBy({ ...partition, ...parsed(text) }))
    expect(error).toMatchObject({ code: 'VALUE', property: 'hour' })
    expect(traffic.take()).toEqual([])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
    'names no column with %s',
    async (name) => {
      const evil = parsed(`{"tenant":"t","day":1,"hour":2,"minute":3,"${name}":{"x":1}}`)
      const message = new RegExp(`^Reading\\.${name}`, 'u')
      expect(await refusal((r) => r.findBy(evil))).toMatch(message)
      expect(await refusal((r) => r.save(evil))).toMatch(message)
      expect(await refusal((r) => r.create(evil))).toMatch(message)
      expect(await refusal((r) => r.update(evil, { value: 1 }))).toMatch(message)
      expect(await refusal((r) => r.update(key, parsed(`{"${name}":1}`)))).toMatch(message)
      expect(await refusal((r) => r.delete(evil))).toMatch(message)
      expect(await refusal((r) => r.find({ select: [name] }))).toMatch(message)
      expect(({} as { x?: unknown }).x).toBeUndefined()
    },
  )

  it.each(['__proto__', 'constructor', 'toString'])('names no option with %s', async (name) => {
    const options = parsed(`{"${name}":{"consistency":"one"}}`)
    expect(await refusal((r) => r.find(options))).toMatch(/^Reading: find has no option/u)
    expect(await refusal((r) => r.save(key, options))).toMatch(/^Reading: save has no option/u)
  })

  it.each(['constructor', 'toString', '__proto__'])(
    'is no consistency: %s',
    async (consistency) => {
      expect(await refusal((r) => r.find({ consistency }))).toMatch(
        /^Reading: consistency must be one of 'any', .*'localOne'$/u,
      )
    },
  )
})

describe('plain objects', () => {
  it('with the properties of an entity are saved, inserted and removed', async () => {
    await readings.save({ ...key, minute: 10, note: 'plain' } as Reading)
    await readings.insert(Object.assign(Object.create(null), { ...key, minute: 11 }) as Reading)
    const found = await readings.findBy({ ...partition, hour: 2 })
    expect(found.map(({ minute }) => minute)).toEqual(expect.arrayContaining([10, 11]))
    expect(found[0]).toBeInstanceOf(Reading)
    await readings.remove({ ...key, minute: 10 })
    expect(await readings.existsBy({ ...key, minute: 10 })).toBe(false)
  })
})

describe('values of options', () => {
  it.each([
    ['limit', { limit: 0 }, 'Reading.limit: must be a whole number from 1 to 2147483647'],
    ['limit', { limit: 1.5 }, 'Reading.limit: must be a whole number from 1 to 2147483647'],
    ['limit', { limit: '10' }, 'Reading.limit: must be a whole number from 1 to 2147483647'],
    ['limit', { limit: null }, 'Reading.limit: needs a value; leave the option out instead'],
    [
      'perPartitionLimit',
      { perPartitionLimit: -1 },
      /^Reading\.perPartitionLimit: must be a whole/u,
    ],
    ['fetchSize', { fetchSize: 0 }, 'Reading: fetchSize must be a whole number from 1'],
    ['fetchSize', { fetchSize: '5' }, 'Reading: fetchSize must be a whole number from 1'],
    ['timeout', { timeout: -1 }, 'Reading: timeout must be a whole number from 0'],
    [
      'consistency',
      { consistency: 'LOCAL_QUORUM' },
      /consistency must be one of .*; did you mean 'localQuorum'\?$/u,
    ],
    ['consistency', { consistency: 6 }, /consistency must be one of .*'localOne'$/u],
    ['serialConsistency', { serialConsistency: 'one' }, /must be one of 'serial', 'localSerial'$/u],
  ])('of %s are checked: %p', async (_, options, message) => {
    const said = (await failure(() => loose().find({ where: partition, ...options }))).message
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
    expect(traffic.take()).toEqual([])
  })

  it.each([
    [{ ttl: -1 }, 'Reading.ttl: must be a whole number from 0 to 630720000'],
    [{ ttl: 630_720_001 }, 'Reading.ttl: must be a whole number from 0 to 630720000'],
    [{ ttl: '60' }, 'Reading.ttl: must be a whole number from 0 to 630720000'],
    [{ timestamp: 5 }, 'Reading.timestamp: must be a bigint of microseconds or a valid Date'],
    [{ timestamp: new Date(Number.NaN) }, /^Reading\.timestamp: must be a bigint/u],
    [{ timestamp: null }, /^Reading\.timestamp: needs a value/u],
  ])('of writes are checked: %p', async (options, message) => {
    const said = (await failure(() => loose().save(key, options))).message
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
    expect(traffic.take()).toEqual([])
  })
})
