import {
  Append,
  ClusteringKey,
  Column,
  Entity,
  In,
  PartitionKey,
  StatementError,
  StaticColumn,
} from '../../lib'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { buildInsert } from '../../lib/statement/insert'
import { splitInsert, splitUpdate } from '../../lib/statement/own-ttl'
import { buildUpdate } from '../../lib/statement/update'

@Entity('sessions')
class Session {
  @PartitionKey('int') user!: number
  @ClusteringKey('int') id!: number
  @StaticColumn('text', { ttl: 60 }) code?: string | null
  @Column('text') name?: string | null
  @Column('text', { ttl: 60 }) token?: string | null
  @Column('text', { ttl: 0 }) kept?: string | null
}
const session = buildMetadata(Session)

/** Every part as its text, with the values of its SET and its TTL. */
function inserted(entity: object, more = {}) {
  const { insert, updates } = splitInsert(session, { entity, ...more })
  return [
    ...(insert === undefined ? [] : [[buildInsert(session, 'ks', insert).cql, insert.ttl]]),
    ...updates.map((update) => [buildUpdate(session, 'ks', update).cql, update.ttl]),
  ]
}
const insert = 'INSERT INTO "ks"."sessions" ("user", "id", "name") VALUES (?, ?, ?)'
const row = 'WHERE "user" = ? AND "id" = ?'

describe('an insert', () => {
  it('is one statement while no such column has a value', () => {
    expect(inserted({ user: 1, id: 2, name: 'x', token: undefined })).toEqual([[insert, undefined]])
  })

  it('has one more for each TTL', () => {
    expect(inserted({ user: 1, id: 2, token: 't', kept: null, code: 'c' }, { ttl: 5 })).toEqual([
      [`${insert} USING TTL ?`, 5],
      [`UPDATE "ks"."sessions" USING TTL ? SET "code" = ?, "token" = ? ${row}`, 60],
      [`UPDATE "ks"."sessions" USING TTL ? SET "kept" = ? ${row}`, 0],
    ])
  })

  it('hands its timestamp to all', () => {
    expect(inserted({ user: 1, id: 2, token: 't' }, { timestamp: 7n }).map(([cql]) => cql)).toEqual(
      [
        `${insert} USING TIMESTAMP ?`,
        `UPDATE "ks"."sessions" USING TTL ? AND TIMESTAMP ? SET "token" = ? ${row}`,
      ],
    )
  })

  it('of statics alone concerns the partition, and is no insert when nothing is left for it', () => {
    expect(inserted({ user: 1, code: 'c' })).toEqual([
      ['UPDATE "ks"."sessions" USING TTL ? SET "code" = ? WHERE "user" = ?', 60],
    ])
  })
})

describe('an insert is refused', () => {
  it.each([
    [
      'with a property that is none, also when no insert is left',
      { user: 1, code: 'c', nmae: 'x' },
      {},
      /^Session\.nmae is not a column and would not be saved; did you mean 'name'\?/u,
    ],
    [
      'with a condition and nothing that it could stand on',
      { user: 1, code: 'c' },
      { ifNotExists: true },
      'Session: ifNotExists has nothing to stand on, since only statics with a ttl of their own are given; ' +
        'give the clustering key too',
    ],
    [
      'with a change operator',
      { user: 1, id: 2, token: Append(['x']) },
      {},
      'Session.token is given a change operator, which only update() takes; give it a value',
    ],
    ['when it is none', null, {}, 'Session: an entity must be an object, got null'],
  ])('%s', (_, entity, more, message) => {
    expect(() => inserted(entity as object, more)).toThrow(message)
    expect(() => inserted(entity as object, more)).toThrow(StatementError)
  })

  it('by its plan where a value is missing or no row is named, and nothing is dropped', () => {
    expect(inserted({ code: 'c' }).map(([cql]) => String(cql).slice(0, 6))).toEqual([
      'INSERT',
      'UPDATE',
    ])
    expect(inserted({ user: 1, code: 'c', name: 'x' })[0]).toEqual([insert, undefined])
  })
})

describe('an update', () => {
  const where = { user: 1, id: 2 }
  const updated = (changes: object, more = {}) =>
    splitUpdate(session, { where, changes, ...more }).map((part) => [
      buildUpdate(session, 'ks', part).cql,
      part.ttl,
    ])

  it('is one statement where all columns have the same TTL, or none', () => {
    expect(updated({ name: 'x', token: undefined })).toEqual([
      [`UPDATE "ks"."sessions" SET "name" = ? ${row}`, undefined],
    ])
    expect(updated({ token: 't', code: 'c' })).toEqual([
      [`UPDATE "ks"."sessions" USING TTL ? SET "code" = ?, "token" = ? ${row}`, 60],
    ])
    expect(updated({ token: undefined })).toHaveLength(1)
  })

  it('is one for each TTL, the one of its own columns first, with the condition', () => {
    expect(updated({ token: 't', name: 'x' }, { ttl: 9, if: { name: 'y' } })).toEqual([
      [`UPDATE "ks"."sessions" USING TTL ? SET "name" = ? ${row} IF "name" = ?`, 9],
      [`UPDATE "ks"."sessions" USING TTL ? SET "token" = ? ${row}`, 60],
    ])
  })

  it('is refused for what is no where and no bag of changes', () => {
    expect(() => updated(null as never)).toThrow('Session: changes must be an object, got null')
    expect(() => updated({ token: 't' }, { where: undefined })).toThrow(
      'Session: where must be an object, got undefined',
    )
  })

  it('names the partition alone in a part of statics', () => {
    expect(updated({ code: 'c', name: 'x' }, { where: { user: In([1]), id: 2 } })).toEqual([
      [`UPDATE "ks"."sessions" SET "name" = ? WHERE "user" IN ? AND "id" = ?`, undefined],
      [`UPDATE "ks"."sessions" USING TTL ? SET "code" = ? WHERE "user" IN ?`, 60],
    ])
  })
})
