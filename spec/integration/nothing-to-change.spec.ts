import {
  Add,
  Append,
  ChildEntity,
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Field,
  Fields,
  PartitionKey,
  Prepend,
  Put,
  Remove,
  StaticColumn,
  TableInheritance,
  UpdateDateColumn,
  UserDefinedType,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { sentBy } from '../server/sent-by'

@UserDefinedType('place')
class Place {
  @Field('text') zip?: string | null
}

@Entity('things')
class Thing {
  @PartitionKey('int') p!: number
  @ClusteringKey('int') c!: number
  @StaticColumn('text') note?: string | null
  @Column('int') v?: number | null
  @Column('text', { ttl: 60 }) code?: string | null
  @Column('list<int>') l?: number[]
  @Column('set<int>') s?: Set<number>
  @Column('map<int, int>') m?: Map<number, number>
  @Column('map<text, int>', { as: 'object' }) o?: Record<string, number>
  @Column(() => Place) place?: Place | null
}

@Entity('dated')
class Dated {
  @PartitionKey('int') p!: number
  @Column('set<int>') s?: Set<number>
  @UpdateDateColumn() at?: Date
}

@Entity('animals')
@TableInheritance({ column: 'kind' })
class Animal {
  @PartitionKey('int') p!: number
  @Column('text') kind!: string
}
@ChildEntity('dog')
class Dog extends Animal {
  @Column('set<int>') s?: Set<number>
}

@Entity('visits')
class Visits {
  @PartitionKey('int') p!: number
  @CounterColumn() views!: bigint
}

const { db } = useDataSource([Thing, Dated, Animal, Dog, Visits])
const things = db.getRepository(Thing)
const key = { p: 1, c: 1 }

const idle: readonly (readonly [name: string, changes: object])[] = [
  ['an empty object', {}],
  ['undefined', { v: undefined }],
  ['undefined of a column with a ttl', { code: undefined, v: undefined }],
  ['Append', { l: Append([]) }],
  ['Prepend', { l: Prepend([]) }],
  ['Add', { s: Add([]) }],
  ['Add of a Set', { s: Add(new Set<number>()) }],
  ['Put of a Map', { m: Put(new Map<number, number>()) }],
  ['Put of an object', { o: Put({}) }],
  ['Remove', { l: Remove([]), s: Remove([]), m: Remove([]) }],
  ['Fields', { place: Fields({ zip: undefined }) }],
  ['several', { v: undefined, l: Append([]), place: Fields({ zip: undefined }), note: undefined }],
]

describe.each(idle)('nothing to change: %s', (_, changes) => {
  it('sends nothing', async () => {
    expect(await sentBy(() => things.update(key, changes))).toEqual([])
    expect(await sentBy(() => things.update(key, changes, { ttl: 5, timestamp: 1n }))).toEqual([])
    expect(await sentBy(() => db.batch().update(Thing, key, changes).execute())).toEqual([])
    expect(await things.existsBy({ p: 1 })).toBe(false)
  })

  it('leaves the other statements of a batch', async () => {
    const sent = await sentBy(() =>
      db.batch().update(Thing, key, changes).update(Thing, { p: 2, c: 1 }, { v: 1 }).execute(),
    )
    expect(sent).toHaveLength(1)
    expect(sent[0]?.match(/UPDATE/gu)).toHaveLength(1)
  })

  it('is still checked', async () => {
    await expect(things.update({ p: 'x', c: 1 } as never, changes)).rejects.toThrow('Thing.p: ')
    await expect(things.update({ p: 1 }, changes)).rejects.toThrow(/Thing: the where of an update/u)
  })
})

it('is sent where one change is something', async () => {
  await things.update(key, { v: 1, l: Append([1]) })
  expect(
    await sentBy(() => things.update(key, { v: undefined, l: Append([]), note: 'x' })),
  ).toHaveLength(1)
  expect(await sentBy(() => things.update(key, { l: [] }))).toHaveLength(1)
  expect(await sentBy(() => things.update(key, { v: null, s: Add([]) }))).toHaveLength(1)
  expect(await sentBy(() => things.update(key, { l: Append([]), code: 'x' }))).toHaveLength(1)
  expect(await things.findOneByOrFail(key)).toMatchObject({ v: null, l: [], note: 'x', code: 'x' })
})

it('is sent with a condition, which tells whether it holds', async () => {
  await things.update(key, { v: 1 })
  expect(await things.update(key, { v: undefined }, { if: { v: 1 } })).toEqual({ applied: true })
  expect(await things.update(key, { l: Append([]) }, { if: { v: 2 } })).toMatchObject({
    applied: false,
  })
  expect(await things.update(key, { s: Add([]) }, { ifExists: true })).toEqual({ applied: true })
  expect(await things.update(key, {}, { if: { v: 2 } })).toMatchObject({ applied: false })
  expect(await things.update(key, {}, { if: { v: 1 } })).toEqual({ applied: true })
})

it('moves no date, makes no row of a derived class, counts nothing', async () => {
  expect(await sentBy(() => db.getRepository(Dated).update({ p: 1 }, { s: Add([]) }))).toEqual([])
  expect(await sentBy(() => db.getRepository(Dog).update({ p: 1 }, { s: Add([]) }))).toEqual([])
  expect(await sentBy(() => db.getRepository(Dated).update({ p: 1 }, {}))).toEqual([])
  expect(await sentBy(() => db.getRepository(Dog).update({ p: 1 }, {}))).toEqual([])
  expect(
    await sentBy(() => db.getRepository(Visits).update({ p: 1 }, { views: undefined })),
  ).toEqual([])
})

it('refuses an if that is undefined', async () => {
  const options = { if: undefined }
  const message =
    'Thing: if is undefined and would be no condition; leave it out to write without one'
  expect((await failure(() => things.update(key, { v: 1 }, options))).message).toBe(message)
  expect((await failure(() => things.delete(key, options))).message).toBe(message)
  expect((await failure(() => things.remove(things.create(key), options))).message).toBe(message)
  expect(
    (
      await failure(() =>
        db
          .batch()
          .update(Thing, key, { v: 1 }, options as never)
          .execute(),
      )
    ).message,
  ).toBe(message)
})
