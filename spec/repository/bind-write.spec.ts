import {
  Add,
  Append,
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  In,
  MoreThan,
  PartitionKey,
  Remove,
  StaticColumn,
  StatementError,
  Uuid,
} from '../../lib'
import { Both } from '../../lib/statement/change'
import { bindEntity } from '../../lib/repository/write/bind-entity'
import { bindCount, bindDelete, bindUpdate } from '../../lib/repository/write/bind-write'
import { offline, shown } from './offline'

@Entity('rooms')
class Room {
  @PartitionKey('int') house!: number
  @ClusteringKey('int') no!: number
  @StaticColumn('text') street?: string | null
  @Column('text') guest?: string | null
  @Column('int', { default: 2 }) beds?: number | null
}

@Entity('notes')
class Note {
  @PartitionKey('int') id!: number
  @Column('text') text?: string | null
  @Column('text', { ttl: 60 }) hint?: string | null
  @Column('list<int>') list?: number[]
  @Column('set<int>') set?: Set<number>
}

@Entity('hits')
class Hits {
  @PartitionKey('int') page!: number
  @CounterColumn() views?: bigint
  @CounterColumn() clicks?: bigint
}

const { contextOf } = offline()
const rooms = contextOf(Room)
const notes = contextOf(Note)

const message = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(StatementError)
    return (error as Error).message
  }
  throw new Error('was not refused')
}

const insert = 'INSERT INTO ks.rooms (house, no, street, guest, beds) VALUES (?, ?, ?, ?, ?)'

it('binds a save of what is set, and an insert with the defaults', () => {
  const room = { house: 1, no: 2, guest: null }
  expect(shown(bindEntity(rooms, 'save', room, {}))).toEqual([
    [insert, 1, 2, 'unset', null, 'unset'],
  ])
  expect(shown(bindEntity(rooms, 'insert', room, {}))).toEqual([[insert, 1, 2, 'unset', null, 2]])
  expect(room).toEqual({ house: 1, no: 2, guest: null, beds: 2 })
})

it('binds ttl, timestamp and ifNotExists', () => {
  const room = { house: 1, no: 2 }
  expect(shown(bindEntity(rooms, 'save', room, { ttl: 5, timestamp: 9n }))[0]?.slice(-2)).toEqual([
    5,
    '0000000000000009',
  ])
  const write = bindEntity(rooms, 'insert', room, { ifNotExists: true })
  expect(shown(write)[0]?.[0]).toBe(`${insert} IF NOT EXISTS`)
  expect(write.plan.statement.isConditional).toBe(true)
})

it('binds a removal by the key of the entity', () => {
  const room = { house: 1, no: 2, guest: 'Ada' }
  expect(shown(bindEntity(rooms, 'remove', room, { ifExists: true }))).toEqual([
    ['DELETE FROM ks.rooms WHERE house = ? AND no = ? IF EXISTS', 1, 2],
  ])
  expect(message(() => bindEntity(rooms, 'remove', { house: 1 }, {}))).toBe(
    'Room.no belongs to the primary key and needs a value',
  )
})

it('holds the entity itself, or a copy of it', () => {
  const room = { house: 1, no: 2, beds: 1 }
  expect(bindEntity(rooms, 'save', room, {}).request).toHaveProperty('entity', room)
  const { request } = bindEntity(rooms, 'save', room, {}, 'copy')
  room.beds = 5
  expect(request).toMatchObject({ entity: { beds: 1 } })
})

it('refuses what is not an entity, for each verb', () => {
  for (const verb of ['insert', 'save', 'remove'] as const) {
    expect(message(() => bindEntity(rooms, verb, null as never, {}))).toBe(
      'Room: an entity must be an object, got null',
    )
  }
})

it('binds updates and deletes by a filter', () => {
  const where = { house: 1, no: 2 }
  expect(shown(bindUpdate(rooms, { where, changes: { guest: 'Ada' }, ttl: 5 }))).toEqual([
    ['UPDATE ks.rooms USING TTL ? SET guest = ? WHERE house = ? AND no = ?', 5, 'Ada', 1, 2],
  ])
  expect(shown(bindDelete(rooms, { where: { house: 1, no: MoreThan(2) } }))).toEqual([
    ['DELETE FROM ks.rooms WHERE house = ? AND no > ?', 1, 2],
  ])
  expect(shown(bindDelete(rooms, { where, columns: ['guest'] }))).toEqual([
    ['DELETE guest FROM ks.rooms WHERE house = ? AND no = ?', 1, 2],
  ])
})

it('is void where an IN is empty', () => {
  expect(bindDelete(rooms, { where: { house: In([]) } }).isVoid).toBe(true)
  expect(bindDelete(rooms, { where: { house: In([1]) } }).isVoid).toBe(false)
})

it('is void where nothing is changed, unless there is a condition', () => {
  const bind = (changes: object, more = {}) =>
    bindUpdate(notes, { where: { id: 1 }, changes, ...more }).isVoid
  expect(bind({ text: undefined })).toBe(true)
  expect(bind({ text: undefined, hint: undefined })).toBe(true)
  expect(bind({ list: Append([]), text: undefined })).toBe(true)
  expect(bind({ set: Both(Add([]), Remove([])) })).toBe(true)
  expect(bind({ list: Remove([]) })).toBe(true)
  expect(bind({ list: [] })).toBe(false)
  expect(bind({ list: Append([1]) })).toBe(false)
  expect(bind({ text: null })).toBe(false)
  expect(bind({ text: undefined }, { ifExists: true })).toBe(false)
  expect(bind({})).toBe(true)
  expect(bind({}, { ifExists: true })).toBe(false)
  expect(message(() => bind(new Map() as never))).toContain('changes')
  expect(message(() => bind({ txt: undefined }))).toContain("did you mean 'text'?")
})

it('gives columns with a TTL of their own a statement of their own', () => {
  expect(shown(bindEntity(notes, 'save', { id: 1, text: 'a', hint: 'b' }, { ttl: 5 }))).toEqual([
    [
      'INSERT INTO ks.notes (id, text, list, set) VALUES (?, ?, ?, ?) USING TTL ?',
      1,
      'a',
      'unset',
      'unset',
      5,
    ],
    ['UPDATE ks.notes USING TTL ? SET hint = ? WHERE id = ?', 60, 'b', 1],
  ])
  const changes = { text: 'a', hint: 'b', list: Append([1]) }
  expect(shown(bindUpdate(notes, { where: { id: 1 }, changes }))).toEqual([
    [
      'UPDATE ks.notes SET text = ?, list = list + ? WHERE id = ?',
      'a',
      '000000010000000400000001',
      1,
    ],
    ['UPDATE ks.notes USING TTL ? SET hint = ? WHERE id = ?', 60, 'b', 1],
  ])
})

it('deletes elements of a list from the last to the first', () => {
  const write = bindDelete(notes, { where: { id: 1 }, elements: { list: [0, 2, 0] } })
  expect(shown(write)).toEqual([
    ['UPDATE ks.notes SET list[?] = null, list[?] = null WHERE id = ?', 2, 0, 1],
  ])
})

it('adds to counters and subtracts from them', () => {
  const hits = contextOf(Hits)
  expect(shown(bindCount(hits, 'increment', { page: 1 }, { views: 2n }))).toEqual([
    ['UPDATE ks.hits SET views = views + ? WHERE page = ?', '0000000000000002', 1],
  ])
  const [[cql] = []] = shown(
    bindCount(hits, 'decrement', { page: 1 }, { views: 1n, clicks: undefined }),
  )
  expect(cql).toBe('UPDATE ks.hits SET views = views - ? WHERE page = ?')
  expect(message(() => bindCount(hits, 'increment', { page: 1 }, { clicks: undefined }))).toBe(
    'Hits: increment names no counter; give at least one a value',
  )
  expect(message(() => bindCount(hits, 'decrement', { page: 1 }, { page: 2 }))).toBe(
    'Hits.page is not a counter, and decrement() changes counters only',
  )
})

it('create() of an undefined property keeps the initializer, and refuses one that is not a column', () => {
  const rooms = offline().repository(Room)
  const given = Object.fromEntries(Object.keys(rooms.create()).map((name) => [name, undefined]))
  expect(rooms.create(given)).toEqual(rooms.create())
  expect(() => rooms.create({ nothing: undefined } as never)).toThrow('is not a column')
})

@Entity('tickets')
class Ticket {
  @PartitionKey('uuid', { default: () => Uuid.random() }) id!: Uuid
}

it('says that save() sets no default of a key', async () => {
  const tickets = offline().repository(Ticket)
  await expect(tickets.save(new Ticket())).rejects.toThrow(
    'Ticket.id: belongs to the primary key and needs a value; create() and insert() set its default, save() does not',
  )
})
