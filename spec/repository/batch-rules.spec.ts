import {
  Add,
  Append,
  BigDecimal,
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Equal,
  Field,
  Fields,
  In,
  LessThan,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  Put,
  Remove,
  SetAt,
  StatementError,
  StaticColumn,
  UserDefinedType,
  VersionColumn,
} from '../../lib'
import type { Batch } from '../../lib/repository/batch/batch'
import { Sent, offline } from './offline'

@Entity('rooms')
class Room {
  @PartitionKey('int') house!: number
  @ClusteringKey('int') floor!: number
  @ClusteringKey('int') no!: number
  @StaticColumn('text') street?: string | null
  @Column('text') guest?: string | null
  @Column('list<int>') list?: number[]
  @Column('set<int>') set?: Set<number>
}

@UserDefinedType('size')
class Size {
  @Field('int') w?: number | null
  @Field('int') h?: number | null
}

@Entity('bags')
class Bag {
  @PartitionKey('int') id!: number
  @Column('list<int>') list?: number[] | null
  @Column('set<text>') set?: Set<string> | null
  @Column('map<text, int>') map?: Map<string, number> | null
  @Column(() => Size) size?: Size | null
  @Column('decimal') amount?: BigDecimal | null
}

@Entity('ordered')
class Ordered {
  @PartitionKey('int') id!: number
  @ClusteringKey('decimal') no!: BigDecimal
  @ClusteringKey('frozen<set<int>>') set!: Set<number>
  @ClusteringKey('double') d!: number
  @Column('text') v?: string | null
}

@Entity('measured')
class Measured {
  @PartitionKey('int') id!: number
  @ClusteringKey('double') d!: number
  @Column('text') v?: string | null
}

@Entity('others')
class Other {
  @PartitionKey('int') id!: number
  @Column('text') name?: string
}

@Entity('hits')
class Hits {
  @PartitionKey('int') page!: number
  @CounterColumn() views?: bigint
}

@Entity('docs')
class Doc {
  @PartitionKey('int') id!: number
  @VersionColumn() version?: number
}

const { batch } = offline()

/** `'sent'`, or why the batch is refused. */
async function verdict(made: Batch): Promise<string> {
  try {
    await made.execute()
    return 'nothing to send'
  } catch (error) {
    if (error instanceof Sent) return 'sent'
    expect(error).toBeInstanceOf(StatementError)
    return (error as Error).message
  }
}

const at = (floor: number, no: number) => ({ house: 1, floor, no })
const writtenTwice = (property: string) =>
  `Room.${property} of one row is written twice in this batch, and Cassandra would keep the greater value; ` +
  'give both a timestamp, or move one of them to another batch'
const deleted =
  'Room: a row is deleted and written in this batch, and the deletion would win in either order; ' +
  'give both a timestamp, or move one of them to another batch'

describe('a batch', () => {
  it('of nothing sends nothing', async () => {
    expect(await batch().execute()).toEqual({ applied: true, existing: [] })
  })

  it('of rows apart is sent', async () => {
    const made = batch()
      .insert(Room, { ...at(1, 1), guest: 'a' })
      .save(Room, { ...at(1, 2), guest: 'b' })
      .update(Other, { id: 1 }, { name: 'c' })
      .delete(Room, { house: 2 })
      .remove(Room, at(2, 1))
    expect(await verdict(made)).toBe('sent')
  })

  it('is executed once', async () => {
    const made = batch()
    await made.execute()
    const again = 'the batch was executed, which is done once; make another with db.batch()'
    expect(() => made.save(Other, { id: 1 })).toThrow(again)
    expect(await verdict(made)).toBe(again)
  })

  it('has counters alone, unlogged and without a timestamp', async () => {
    const counted = (options = {}) => batch(options).increment(Hits, { page: 1 }, { views: 1n })
    expect(await verdict(counted())).toBe('sent')
    expect(await verdict(counted().save(Other, { id: 1 }))).toBe(
      'Hits has counters and Other has not, and Cassandra does not write both in one batch; make two batches',
    )
    expect(await verdict(counted({ logged: true }))).toContain('cannot be logged; leave logged out')
    expect(await verdict(counted({ timestamp: 1n }))).toContain('leave timestamp out')
    expect(() => batch({ logged: 1 as never })).toThrow('logged must be true or false')
  })

  it('has its timestamp or those of its statements', async () => {
    const made = batch({ timestamp: 1n }).save(Other, { id: 1 }, { timestamp: 2n })
    expect(await verdict(made)).toContain('the batch and a statement of it both have a timestamp')
  })

  it('has no more statements than the protocol counts', async () => {
    const made = batch()
    for (let i = 0; i < 65_536; i++) made.delete(Other, { id: i })
    expect(await verdict(made)).toContain('a batch takes 65535 statements at most')
  })

  it('has no entity with a version, whose result could not be told', () => {
    expect(() => batch().save(Doc, { id: 1 })).toThrow(
      'Doc has a version, so save of it is conditional and cannot be in a batch',
    )
  })
})

describe('a batch with conditions', () => {
  const create = (room: object) => batch().insert(Room, room as Room, { ifNotExists: true })

  it('concerns one partition of one table, and has no timestamp', async () => {
    expect(await verdict(create(at(1, 1)).save(Room, at(1, 2)))).toBe('sent')
    expect(await verdict(create(at(1, 1)).save(Room, { ...at(1, 1), house: 2 }))).toContain(
      "a batch with conditions concerns one partition; all its statements must have the same 'house'",
    )
    expect(await verdict(create(at(1, 1)).save(Other, { id: 1 }))).toContain(
      'a batch with conditions concerns one table, and this one Room and Other',
    )
    expect(await verdict(create(at(1, 1)).save(Room, at(1, 2), { timestamp: 1n }))).toContain(
      'a statement of a conditional batch takes no timestamp',
    )
    const timed = batch({ timestamp: 1n }).insert(Room, at(1, 1), { ifNotExists: true })
    expect(await verdict(timed)).toContain('a batch with conditions takes no timestamp')
  })

  it('has one kind of condition on a row', async () => {
    const mixed = create(at(1, 1)).update(Room, at(1, 1), { guest: 'a' }, { if: { guest: 'b' } })
    expect(await verdict(mixed)).toContain('a row has ifNotExists and if in this batch')
    const apart = create(at(1, 1)).update(Room, at(1, 2), { guest: 'a' }, { ifExists: true })
    expect(await verdict(apart)).toBe('sent')
  })
})

describe('two writes of one row', () => {
  const update = (changes: object, more = {}) =>
    batch().update(Room, at(1, 1), { guest: 'a' }).update(Room, at(1, 1), changes, more)

  it('are refused where they give one column two values', async () => {
    expect(await verdict(update({ guest: 'b' }))).toBe(writtenTwice('guest'))
    expect(await verdict(update({ guest: null }))).toBe(writtenTwice('guest'))
    expect(await verdict(update({ guest: 'a' }))).toBe('sent')
    expect(await verdict(update({ list: [1] }))).toBe('sent')
    expect(await verdict(update({ guest: 'b' }, { timestamp: 5n }))).toBe('sent')
  })

  it('are refused where they give a static column of a partition two values', async () => {
    const streets = (street: string) =>
      batch()
        .save(Room, { ...at(1, 1), street: 'a' })
        .save(Room, { ...at(2, 2), street })
    expect(await verdict(streets('b'))).toBe(writtenTwice('street'))
    expect(await verdict(streets('a'))).toBe('sent')
  })

  it('conflict where they touch one cell, and not where they touch others', async () => {
    const both = (one: object, other: object) =>
      verdict(batch().update(Bag, { id: 1 }, one).update(Bag, { id: 1 }, other))
    const twice = 'of one row is written twice in this batch'
    const apart: readonly (readonly [one: object, other: object])[] = [
      [{ list: SetAt(0, 1) }, { list: SetAt(1, 1) }],
      [{ list: SetAt(0, 1) }, { list: SetAt(0, 1) }],
      [{ list: SetAt(0, 1) }, { list: Append([2]) }],
      [{ list: Remove([1]) }, { list: Remove([2]) }],
      [{ list: Remove([1]) }, { list: Append([2]) }],
      [{ list: [] }, { list: null }],
      [{ set: Add(['a']) }, { set: Remove(['b']) }],
      [{ set: Remove(['a']) }, { set: Remove(['b']) }],
      [{ set: new Set(['a', 'b']) }, { set: new Set(['b', 'a']) }],
      [{ map: Put({ a: 1 }) }, { map: Put({ b: 1 }) }],
      [{ map: Put({ a: 1 }) }, { map: Put(new Map([['a', 1]])) }],
      [{ map: Put({ a: 1 }) }, { map: Remove(['b']) }],
      [{ size: Fields({ w: 1 }) }, { size: Fields({ h: 1 }) }],
      [{ size: Fields({ w: 1, h: undefined }) }, { size: Fields({ h: 1, w: 1 }) }],
    ]
    for (const [one, other] of apart) {
      expect([one, other, await both(one, other)]).toEqual([one, other, 'sent'])
    }
    const together: readonly (readonly [one: object, other: object])[] = [
      [{ list: [1] }, { list: [1] }],
      [{ list: [1] }, { list: Append([1]) }],
      [{ list: SetAt(0, 1) }, { list: SetAt(0, 2) }],
      [{ list: SetAt(0, 1) }, { list: Remove([2]) }],
      [{ list: Remove([1]) }, { list: Append([1]) }],
      [{ set: Add(['a', 'b']) }, { set: Remove(['b']) }],
      [{ set: new Set(['a']) }, { set: Add(['b']) }],
      [{ set: null }, { set: Add(['b']) }],
      [{ map: Put({ a: 1, b: 2 }) }, { map: Put({ b: 3 }) }],
      [{ map: Put({ a: 1 }) }, { map: Remove(['a']) }],
      [{ size: Fields({ w: 1 }) }, { size: Fields({ w: 2 }) }],
      [{ size: Fields({ w: 1 }) }, { size: Fields({ w: null }) }],
      [{ size: Fields({ w: 1 }) }, { size: null }],
    ]
    for (const [one, other] of together) {
      expect([one, other, await both(one, other)]).toEqual([
        one,
        other,
        expect.stringContaining(twice),
      ])
    }
    const del = (elements: object) =>
      verdict(
        batch()
          .update(Bag, { id: 1 }, { list: SetAt(1, 1), set: Add(['a']), size: Fields({ w: 1 }) })
          .delete(Bag, { id: 1 }, { elements }),
      )
    for (const elements of [{ list: [0] }, { set: ['b'] }, { size: ['h'] }, { map: ['a'] }]) {
      expect([elements, await del(elements)]).toEqual([elements, 'sent'])
    }
    for (const elements of [{ list: [1] }, { set: ['a'] }, { size: ['w'] }]) {
      expect([elements, await del(elements)]).toEqual([elements, expect.stringContaining(twice)])
    }
  })

  it('conflict with all of several that went before', async () => {
    const made = batch()
    for (const n of [1, 2, 3]) made.update(Bag, { id: 1 }, { map: Put({ [`k${n}`]: n }) })
    expect(await verdict(made.update(Bag, { id: 1 }, { map: Put({ k1: 5 }) }))).toContain(
      'Bag.map of one row is written twice in this batch',
    )
  })

  it('are one row where the server holds their keys equal', async () => {
    const decimal = (text: string) => BigDecimal.fromString(text)
    const ordered = (key: Partial<Ordered>) =>
      ({ id: 1, no: decimal('1.0'), set: [1, 2], d: 0, ...key }) as Ordered
    const second = (key: Partial<Ordered>) =>
      verdict(
        batch()
          .save(Ordered, { ...ordered({}), v: 'a' })
          .save(Ordered, { ...ordered(key), v: 'b' }),
      )
    const twice = expect.stringContaining('Ordered.v of one row is written twice')
    expect(await second({ no: decimal('1.00') })).toEqual(twice)
    expect(await second({ set: [2, 1] as never })).toEqual(twice)
    expect(await second({ no: decimal('1.01') })).toBe('sent')
    expect(await second({ d: -0 })).toBe('sent')
    const deleting = (key: Partial<Ordered>) =>
      verdict(
        batch()
          .save(Ordered, { ...ordered({}), v: 'a' })
          .delete(Ordered, ordered(key) as Omit<Ordered, 'v'>),
      )
    expect(await deleting({ no: decimal('1.000'), set: [2, 1] as never })).toContain(
      'a row is deleted and written',
    )
  })

  it('are one value where the server holds the values equal', async () => {
    const amounts = (a: string, b: string) =>
      verdict(
        batch()
          .update(Bag, { id: 1 }, { amount: BigDecimal.fromString(a) })
          .update(Bag, { id: 1 }, { amount: BigDecimal.fromString(b) }),
      )
    expect(await amounts('1.0', '1.00')).toBe('sent')
    expect(await amounts('1.0', '1.01')).toContain('Bag.amount of one row is written twice')
  })

  it('meet a range in the order of the server', async () => {
    const ranged = (d: number, range: unknown) =>
      verdict(
        batch()
          .save(Measured, { id: 1, d, v: 'a' })
          .delete(Measured, { id: 1, d: range as number }),
      )
    const hit = expect.stringContaining('a row is deleted and written')
    expect(await ranged(Number.NaN, MoreThan(5))).toEqual(hit)
    expect(await ranged(Number.NaN, LessThan(5))).toBe('sent')
    expect(await ranged(-0, LessThan(0))).toEqual(hit)
    expect(await ranged(0, MoreThan(-0))).toEqual(hit)
    expect(await ranged(0, MoreThan(0))).toBe('sent')
    expect(await ranged(5, LessThan(Number.NaN))).toEqual(hit)
    const amounts = (no: string, range: string) =>
      verdict(
        batch()
          .save(Ordered, {
            id: 1,
            no: BigDecimal.fromString(no),
            set: new Set<number>(),
            d: 0,
            v: 'a',
          })
          .delete(Ordered, { id: 1, no: MoreThan(BigDecimal.fromString(range)) }),
      )
    expect(await amounts('10', '9.5')).toEqual(hit)
    expect(await amounts('1.00', '1.0')).toBe('sent')
  })

  it('may both add elements', async () => {
    const adding = batch()
      .update(Room, at(1, 1), { list: Append([1]), set: Add([1]) })
      .update(Room, at(1, 1), { list: Append([2]), set: Add([2]) })
    expect(await verdict(adding)).toBe('sent')
  })

  it('are refused where one deletes the row', async () => {
    const removed = () => batch().save(Room, { ...at(1, 1), guest: 'a' })
    expect(await verdict(removed().remove(Room, at(1, 1)))).toBe(deleted)
    expect(await verdict(removed().delete(Room, { house: 1 }))).toBe(deleted)
    expect(await verdict(removed().delete(Room, { house: 1, floor: In([1, 2]) }))).toBe(deleted)
    expect(await verdict(removed().delete(Room, { house: Equal(1), floor: 1 }))).toBe(deleted)
    expect(await verdict(removed().delete(Room, at(1, 1), { columns: ['list'] }))).toBe('sent')
    expect(await verdict(removed().delete(Room, at(1, 1), { timestamp: 1n }))).toBe('sent')
  })

  it('are refused where a range may have the row', async () => {
    const ranged = (no: unknown) =>
      batch()
        .save(Room, { ...at(1, 5), guest: 'a' })
        .delete(Room, { house: 1, floor: 1, no: no as number })
    for (const no of [MoreThan(4), MoreThanOrEqual(5), LessThan(6)]) {
      expect(await verdict(ranged(no))).toBe(deleted)
    }
    for (const no of [MoreThan(5), MoreThanOrEqual(6), LessThan(5)]) {
      expect(await verdict(ranged(no))).toBe('sent')
    }
    const statics = batch().update(Room, { house: 1 }, { street: 'a' })
    expect(await verdict(statics.delete(Room, { house: 1, floor: 1 }))).toBe('sent')
  })

  it('are compared as they were when they were added', async () => {
    const room = { ...at(1, 1), guest: 'a' }
    const made = batch().save(Room, room)
    room.no = 2
    expect(await verdict(made.save(Room, { ...at(1, 2), guest: 'b' }))).toBe('sent')
  })
})
