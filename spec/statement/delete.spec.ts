import {
  Between,
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Field,
  In,
  LessThan,
  MoreThan,
  MoreThanOrEqual,
  PartitionKey,
  StatementError,
  StaticColumn,
  UserDefinedType,
  ValueError,
} from '../../lib'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { compilePlan } from '../../lib/plan/plan'
import { buildDelete, shapeOfDelete } from '../../lib/statement/delete'
import { lastIndexFirst } from '../../lib/statement/clause/removals'
import type { DeleteRequest } from '../../lib/statement/requests'

@UserDefinedType('address')
class Address {
  @Field('text') street?: string | null
  @Field({ type: 'text', name: 'Zip' }) zip?: string | null
}

@Entity('things')
class Thing {
  @PartitionKey('int') p!: number
  @ClusteringKey('int') c!: number
  @ClusteringKey('int') d!: number
  @StaticColumn('text') owner?: string | null
  @StaticColumn('set<int>') marks = new Set<number>()
  @Column('text') name?: string | null
  @Column('list<int>') list: number[] = []
  @Column('set<int>') set = new Set<number>()
  @Column('map<int, int>') map = new Map<number, number>()
  @Column(() => Address) address?: Address | null
  @Column('frozen<set<int>>') whole?: Set<number> | null
}
const thing = buildMetadata(Thing)

@Entity('hits')
class Hits {
  @PartitionKey('text') page!: string
  @CounterColumn() views!: bigint
}
const hits = buildMetadata(Hits)

const row = { p: 1, c: 2, d: 3 }
const byRow = 'WHERE "p" = ? AND "c" = ? AND "d" = ?'

function deleteOf(request: DeleteRequest, metadata = thing) {
  const shape = shapeOfDelete(metadata, request)
  const statement = buildDelete(metadata, 'ks', request)
  const params = compilePlan(metadata, statement)
    .bind(request)
    .map((param) => (Buffer.isBuffer(param) ? param.toString('hex') : param))
  return { shape, cql: statement.cql, params, isIdempotent: statement.isIdempotent }
}

const ints = (...values: number[]) =>
  [values.length, ...values.flatMap((value) => [4, value])]
    .map((part) => part.toString(16).padStart(8, '0'))
    .join('')

it.each<[string, DeleteRequest, string, unknown[]]>([
  ['a row', { where: row }, `DELETE FROM "ks"."things" ${byRow}`, [1, 2, 3]],
  ['a partition', { where: { p: 1 } }, 'DELETE FROM "ks"."things" WHERE "p" = ?', [1]],
  [
    'several partitions',
    { where: { p: In([1, 2]) } },
    'DELETE FROM "ks"."things" WHERE "p" IN ?',
    [ints(1, 2)],
  ],
  [
    'a prefix',
    { where: { p: 1, c: 2 } },
    'DELETE FROM "ks"."things" WHERE "p" = ? AND "c" = ?',
    [1, 2],
  ],
  [
    'a range',
    { where: { p: 1, c: MoreThan(2) } },
    'DELETE FROM "ks"."things" WHERE "p" = ? AND "c" > ?',
    [1, 2],
  ],
  [
    'a range from and to',
    { where: { p: 1, c: 2, d: Between(3, 4) } },
    'DELETE FROM "ks"."things" WHERE "p" = ? AND "c" = ? AND "d" >= ? AND "d" <= ?',
    [1, 2, 3, 4],
  ],
  [
    'with a timestamp',
    { where: row, timestamp: 5n },
    `DELETE FROM "ks"."things" USING TIMESTAMP ? ${byRow}`,
    ['0000000000000005', 1, 2, 3],
  ],
  [
    'columns',
    { where: row, columns: ['list', 'name'] },
    `DELETE "name", "list" FROM "ks"."things" ${byRow}`,
    [1, 2, 3],
  ],
  [
    'static columns',
    { where: { p: 1 }, columns: ['owner'] },
    'DELETE "owner" FROM "ks"."things" WHERE "p" = ?',
    [1],
  ],
  [
    'keys of a map',
    { where: row, elements: { map: [7, 8] } },
    `UPDATE "ks"."things" SET "map" = "map" - ? ${byRow}`,
    [ints(7, 8), 1, 2, 3],
  ],
  [
    'elements of a set',
    { where: row, elements: { set: new Set([7]) } },
    `UPDATE "ks"."things" SET "set" = "set" - ? ${byRow}`,
    [ints(7), 1, 2, 3],
  ],
  [
    'elements of a static set',
    { where: { p: 1 }, elements: { marks: [7] } },
    'UPDATE "ks"."things" SET "marks" = "marks" - ? WHERE "p" = ?',
    [ints(7), 1],
  ],
  [
    'fields',
    { where: row, elements: { address: ['zip', 'street', 'zip'] } },
    `UPDATE "ks"."things" SET "address"."street" = null, "address"."Zip" = null ${byRow}`,
    [1, 2, 3],
  ],
  [
    'all of it',
    {
      where: row,
      columns: ['name'],
      elements: { map: [7], list: [0, 4] },
      timestamp: new Date(1),
    },
    'UPDATE "ks"."things" USING TIMESTAMP ? ' +
      `SET "name" = null, "list"[?] = null, "list"[?] = null, "map" = "map" - ? ${byRow}`,
    ['00000000000003e8', 0, 4, ints(7), 1, 2, 3],
  ],
])('deletes %s', (_, request, cql, params) => {
  expect(deleteOf(request)).toMatchObject({ cql, params })
})

it('names the indexes of a list from the last to the first, each once', () => {
  expect(lastIndexFirst(thing, { list: [0, 3n, 1, 3], map: [1, 2] })).toEqual({
    list: [3, 1, 0],
    map: [1, 2],
  })
})

it('may be sent twice, except where an index names an element', () => {
  const isIdempotent = (elements?: object) => deleteOf({ where: row, elements }).isIdempotent
  expect([undefined, { set: [1] }, { map: [1] }, { address: ['zip'] }].map(isIdempotent)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(isIdempotent({ list: [0] })).toBe(false)
})

it('has one shape for any number of keys, and another for another number of indexes', () => {
  const shape = (elements: object) => shapeOfDelete(thing, { where: row, elements })
  expect(shape({ map: [1, 2, 3], set: [4] })).toBe(shape({ set: [5, 6], map: [7] }))
  const others = [{ map: [1] }, { set: [1] }, { list: [1] }, { list: [1, 2] }]
    .concat([
      { address: ['zip'] },
      { address: ['street'] },
      { address: ['zip', 'street'] },
    ] as never)
    .map(shape)
    .concat([shapeOfDelete(thing, { where: row }), shapeOfDelete(thing, { where: { p: 1 } })])
    .concat([shapeOfDelete(thing, { where: row, columns: ['map'] })])
  expect(new Set(others).size).toBe(others.length)
})

describe('refusals', () => {
  it.each<[DeleteRequest, string]>([
    [
      { where: row, elements: {} },
      'Thing: elements must name at least one property; leave it out to delete whole rows',
    ],
    [
      { where: row, elements: { maps: [1] } },
      `Thing.maps, named in elements, is not a column; did you mean 'map'?`,
    ],
    [{ where: row, elements: [1] }, 'Thing: elements must be an object, got an array'],
    [
      { where: row, elements: { map: 1 } },
      'Thing.map needs an array of elements or keys in elements, with at least one',
    ],
    [
      { where: row, elements: { set: [] } },
      'Thing.set needs an array of elements or keys in elements, with at least one',
    ],
    [
      { where: row, elements: { list: new Set([1]) } },
      'Thing.list needs an array of indexes in elements, with at least one',
    ],
    [
      { where: row, elements: { address: [] } },
      'Thing.address needs an array of fields in elements, with at least one',
    ],
    [
      { where: row, elements: { address: ['zap'] } },
      `Thing.address has no field 'zap'; did you mean 'zip'?`,
    ],
    [
      { where: row, elements: { name: ['x'] } },
      `Thing.name is a text, which has no elements to delete; give it whole, or delete it with columns: ['name']`,
    ],
    [
      { where: row, elements: { whole: [1] } },
      `Thing.whole is a frozen<set<int>>, which has no elements to delete; ` +
        `give it whole, or delete it with columns: ['whole']`,
    ],
    [
      { where: row, columns: ['map'], elements: { map: [1] } },
      'Thing.map is in columns and in elements; keep it in one of them',
    ],
    [
      { where: { p: 1, c: 2 }, elements: { map: [1] } },
      `Thing: the where of a delete needs the whole primary key, and 'd' is missing; name it in where by = or In()`,
    ],
    [
      { where: { p: 1, c: 2, d: MoreThan(3) }, columns: ['name'] },
      `Thing: the where of a delete takes no range of 'd'; give it by = or In()`,
    ],
    [
      { where: row, columns: [] },
      'Thing: columns must name at least one property; leave it out to delete whole rows',
    ],
    [
      { where: row, columns: ['c'] },
      'Thing.c belongs to the primary key and cannot be deleted alone; leave columns out to delete the row',
    ],
    [
      { where: {} },
      'Thing: delete with an empty where would concern the whole table; name the key, or call truncate()',
    ],
    [
      { where: { p: 1, d: 3 } },
      `Thing: 'd' cannot be in the where of a delete while the clustering column 'c' before it is missing; give 'c' by =, or leave 'd' out`,
    ],
    [
      { where: { p: 1, c: LessThan(3), d: 3 } },
      `Thing: 'd' cannot be in the where of a delete while the clustering column 'c' before it has a range; give 'c' by =, or leave 'd' out`,
    ],
    [
      { where: { p: MoreThanOrEqual(1) } },
      `Thing: the where of a delete takes no range of 'p'; give it by = or In()`,
    ],
  ])('of the request: %#', (request, message) => {
    expect(() => deleteOf(request)).toThrow(new StatementError(message))
  })

  it.each([
    [{ map: [null] }, 'Thing.map: element 0 is null; a collection holds no null'],
    [{ list: [0, -1] }, 'Thing.list: elements takes an index from 0'],
    [{ list: [undefined] }, 'Thing.list: elements takes no null and no undefined'],
  ])('of a value: %#', (elements, message) => {
    expect(() => deleteOf({ where: row, elements })).toThrow(message)
    expect(() => deleteOf({ where: row, elements })).toThrow(ValueError)
  })

  it('of what counters do not have', () => {
    const where = { page: '/' }
    const message = (option: string) =>
      `Hits: a write of counters takes no ${option}, which Cassandra does not have for counters; leave it out`
    expect(() => deleteOf({ where, timestamp: 1n }, hits)).toThrow(
      new StatementError(message('timestamp')),
    )
    expect(() => deleteOf({ where, ifExists: true }, hits)).toThrow(
      new StatementError(message('ifExists')),
    )
    expect(deleteOf({ where, ifExists: false }, hits).cql).toBe(
      'DELETE FROM "ks"."hits" WHERE "page" = ?',
    )
  })
})
