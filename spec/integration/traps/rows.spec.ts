import {
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  In,
  Index,
  Not,
  PartitionKey,
  StaticColumn,
} from '../../../lib'
import { useDataSource } from '../../server/data-source'
import { failure } from '../../server/failure'
import { useTraffic } from '../../server/traffic'

@Entity('events')
class Event {
  @PartitionKey('int') stream!: number
  @ClusteringKey('int') at!: number
  @StaticColumn('text') owner?: string | null
  @Column('text') note?: string | null
  @Index() @Column('int') level?: number | null
}

@Entity('hits')
class Hits {
  @PartitionKey('int') id!: number
  @CounterColumn() views!: bigint
}

const { db } = useDataSource([Event, Hits])
const events = db.getRepository(Event)
const traffic = useTraffic()
let next = 0

beforeEach(() => void traffic.take())

describe('A.8 a row made by UPDATE', () => {
  it('goes with its last value; one that save, insert or a batch made stays', async () => {
    const stream = ++next
    await events.update({ stream, at: 0 }, { note: 'x' })
    await events.save({ stream, at: 1, note: 'x' })
    await events.insert({ stream, at: 2, note: 'x' })
    await db.batch().save(Event, { stream, at: 3, note: 'x' }).execute()
    await events.insert({ stream, at: 4, note: 'x' }, { ifNotExists: true })
    await events.save({ stream, at: 5 })
    for (const at of [0, 1, 2, 3, 4]) await events.update({ stream, at }, { note: null })
    expect((await events.findBy({ stream })).map(({ at }) => at)).toEqual([1, 2, 3, 4, 5])
  })

  it('stays when it is saved afterwards, even without a value', async () => {
    const stream = ++next
    await events.update({ stream, at: 0 }, { note: 'x' })
    const event = await events.findOneByOrFail({ stream, at: 0 })
    event.note = null
    await events.save(event)
    expect(await events.findBy({ stream })).toMatchObject([{ at: 0, note: null }])
  })
})

describe('A.21 a partition with statics alone', () => {
  it('is read as one entity without a clustering key, and counted', async () => {
    const stream = ++next
    await events.save({ stream, owner: 'Ada' } as Event)
    expect(await events.findBy({ stream })).toEqual([
      { stream, at: null, owner: 'Ada', note: null, level: null },
    ])
    expect(await events.countBy({ stream })).toBe(1)
    expect(await events.existsBy({ stream })).toBe(true)
    expect(await events.findBy({ stream, at: In([0, 1]) })).toEqual([])
  })

  it('is saved and removed by its partition key, and the rows of the partition stay', async () => {
    const stream = ++next
    await events.save({ stream, owner: 'Ada' } as Event)
    const [event] = await events.findBy({ stream })
    Object.assign(event as Event, { owner: 'Eve' })
    await events.save(event as Event)
    await events.insert({ stream, at: 1, level: 2 })
    expect(await events.findBy({ stream })).toMatchObject([{ at: 1, owner: 'Eve', level: 2 }])
    await events.remove(event as Event)
    expect(await events.findBy({ stream })).toMatchObject([{ at: 1, owner: null, level: 2 }])
    traffic.take()
  })

  it('shows itself to an insert that shall be the first', async () => {
    const stream = ++next
    const statics = { stream, owner: 'Ada' } as Event
    expect(await events.insert(statics, { ifNotExists: true })).toEqual({ applied: true })
    const again = await events.insert(statics, { ifNotExists: true })
    expect(again).toMatchObject({ applied: false, existing: { stream, owner: 'Ada' } })
    // A row of the partition is another matter: it does not exist yet.
    const row = await events.insert({ stream, at: 1 }, { ifNotExists: true })
    expect(row).toEqual({ applied: true })
  })
})

it('A.22 a negative condition creates an absent row, and the absent row tells nothing', async () => {
  const stream = ++next
  const missed = await events.update({ stream, at: 0 }, { level: 1 }, { if: { note: 'x' } })
  expect(missed).toEqual({ applied: false, existing: null })
  expect(await events.findBy({ stream })).toEqual([])
  const made = await events.update({ stream, at: 0 }, { level: 1 }, { if: { note: Not('x') } })
  expect(made).toEqual({ applied: true })
  expect(await events.findBy({ stream })).toMatchObject([{ at: 0, level: 1 }])
})

describe('A.23 In() of one element', () => {
  it('is served as an equality by an index, which serves no longer list', async () => {
    const stream = ++next
    await events.save({ stream, at: 1, level: 77 })
    expect(await events.findBy({ level: In([77]) })).toMatchObject([{ stream, at: 1, level: 77 }])
    traffic.take()
    const error = await failure(() => events.findBy({ level: In([1, 2]) }))
    expect(error.message).toContain('allowFiltering: true')
    expect(traffic.take()).toEqual([])
  })

  it('beside an index is impossible on the partition key, with filtering too, and is said so', async () => {
    for (const streams of [[1], [1, 2]]) {
      const where = { stream: In(streams), level: 1 }
      const error = await failure(() => events.find({ where, allowFiltering: true }))
      expect(error.message).toContain(
        'an index cannot be used together with In() on the partition key',
      )
    }
    expect(traffic.take()).toEqual([])
  })
})

it('A.24 In() gives the order of the table, each row once, and is ordered in one page', async () => {
  const [a, b] = [++next, ++next]
  const rows = [a, b].flatMap((stream) => [1, 2, 3].map((at) => ({ stream, at })))
  await events.save(rows)
  const listed = await events.findBy({ stream: a, at: In([3, 1, 3, 2, 1]) })
  expect(listed.map(({ at }) => at)).toEqual([1, 2, 3])
  const ordered = await events.find({
    where: { stream: In([b, a, b]) },
    orderBy: { at: 'desc' },
    fetchSize: 2,
    limit: 5,
  })
  expect(ordered.map(({ at }) => at)).toEqual([3, 3, 2, 2, 1])
})

describe('A.27 counters', () => {
  it('may lose what is added after a delete; only delete says so, and nothing deletes in passing', async () => {
    const hits = db.getCounterRepository(Hits)
    await hits.increment({ id: 1 }, { views: 2n })
    await hits.increment({ id: 1 }, { views: undefined }).catch(() => undefined)
    expect(await hits.findOneBy({ id: 1 })).toEqual({ id: 1, views: 2n })
    await expect(db.getRepository(Hits).save({ id: 1, views: 0n })).rejects.toThrow(
      'Hits has counters',
    )
    await expect(
      db.getRepository(Hits).update({ id: 1 }, { views: null } as never),
    ).rejects.toThrow('Hits.views is a counter and cannot be set')
    expect(await hits.findOneBy({ id: 1 })).toEqual({ id: 1, views: 2n })
  })

  it('refuse what is more than 64 bits, and null', async () => {
    const hits = db.getCounterRepository(Hits)
    traffic.take()
    const error = await failure(() => hits.increment({ id: 2 }, { views: 2n ** 63n }))
    expect(error.message).toContain('Hits.views: needs a whole number of 64 bits')
    await expect(hits.increment({ id: 2 }, { views: null } as never)).rejects.toThrow(
      'a counter changes by a whole number',
    )
    expect(traffic.take()).toEqual([])
  })
})
