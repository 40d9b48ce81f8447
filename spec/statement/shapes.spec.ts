import fc from 'fast-check'
import {
  And,
  Append,
  At,
  Between,
  ClusteringKey,
  Column,
  Contains,
  ContainsKey,
  Entity,
  Entry,
  Equal,
  Field,
  Fields,
  In,
  IsNull,
  LessThan,
  MoreThan,
  MoreThanOrEqual,
  Not,
  PartitionKey,
  Prepend,
  Put,
  Remove,
  SetAt,
  StatementError,
  StaticColumn,
  UserDefinedType,
} from '../../lib'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { buildDelete, shapeOfDelete } from '../../lib/statement/delete'
import { buildInsert, shapeOfInsert } from '../../lib/statement/insert'
import { buildSelect, shapeOfSelect } from '../../lib/statement/select'
import type {
  DeleteRequest,
  InsertRequest,
  SelectRequest,
  UpdateRequest,
} from '../../lib/statement/requests'
import type { Statement } from '../../lib/statement/statement'
import { buildUpdate, shapeOfUpdate } from '../../lib/statement/update'

@UserDefinedType('pair')
class Pair {
  @Field('int') x?: number | null
  @Field('int') y?: number | null
}

@Entity('things')
class Thing {
  @PartitionKey('int') p!: number
  @ClusteringKey('int') c!: number
  @ClusteringKey('int') d!: number
  @StaticColumn('int') st?: number | null
  @Column('int') a?: number | null
  @Column('int') b?: number | null
  @Column('list<int>') l: number[] = []
  @Column('map<int, int>') m = new Map<number, number>()
  @Column(() => Pair) u?: Pair | null
}
const thing = buildMetadata(Thing)

/** Any value will do: a shape does not look at it. */
const value = fc.integer({ min: 0, max: 3 })
const key = fc.oneof(
  value,
  value.map((one) => Equal(one)),
  fc.array(value).map((many) => In(many)),
)
const range = fc.oneof(
  value.map((one) => MoreThan(one)),
  value.map((one) => MoreThanOrEqual(one)),
  value.map((one) => LessThan(one)),
  fc.tuple(value, value).map(([from, to]) => Between(from, to)),
  fc.tuple(value, value).map(([from, to]) => And(MoreThan(from), LessThan(to))),
)
const comparison: fc.Arbitrary<unknown> = fc.oneof(
  key,
  range,
  value.map((one) => Not(one)),
  fc.constantFrom(IsNull(), Not(null), Not(IsNull())),
  fc.tuple(value, value).map(([one, other]) => And(Not(one), Not(other))),
  value.map((one) => And(Not(one), Not(null))),
)
const ofList = fc.oneof(
  fc.array(value),
  fc.tuple(value, comparison).map(([index, each]) => At(index, each)),
  value.map((one) => Contains(one)),
)
const ofMap = fc.oneof(
  fc.constant(new Map([[1, 1]])),
  fc.tuple(value, comparison).map(([one, each]) => Entry(one, each)),
  fc.tuple(value, value).map(([one, other]) => And(Entry(one, 1), Entry(other, 2))),
  value.map((one) => ContainsKey(one)),
)
const some = (model: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(model, { requiredKeys: [] })

const where = some({ p: key, c: fc.oneof(key, range), d: fc.oneof(key, range) })
const conditions = fc.oneof(
  some({ a: comparison }),
  some({ m: ofMap }),
  some({ u: some({ x: comparison, y: comparison }).map((fields) => Fields(fields)) }),
  some({ l: ofList }),
  some({
    st: fc.oneof(
      value,
      value.map((one) => Not(one)),
    ),
    a: comparison,
  }),
)
const condition = fc.oneof(
  fc.constant({}),
  fc.boolean().map((ifExists) => ({ ifExists })),
  conditions.map((given) => ({ if: given })),
)
const whole = { p: 1, c: 2, d: 3 }
const using = some({
  ttl: fc.constantFrom(undefined, null, 5),
  timestamp: fc.constantFrom(undefined, 1n, 2n),
})
const writtenColumns = { st: value, a: value, b: fc.constant(null), l: fc.array(value) }
const written = some(writtenColumns)
const changes = some({
  st: value,
  a: value,
  l: fc.oneof(
    fc.array(value),
    fc.array(value).map((many) => Append(many)),
    fc.array(value).map((many) => Prepend(many)),
    fc.array(value).map((many) => Remove(many)),
    fc.tuple(value, value).map(([index, one]) => SetAt(index, one)),
  ),
  m: fc.oneof(
    fc.constant(new Map([[1, 1]])),
    fc.constant(Put(new Map([[1, 1]]))),
    fc.array(value).map((many) => Remove(many)),
  ),
})
const elements = some({
  l: fc.array(value, { minLength: 1 }),
  m: fc.array(value, { minLength: 1 }),
})
const names = (...all: string[]) => fc.subarray(all, { minLength: 1 })

interface Request {
  readonly shape: string
  readonly build: () => Statement
}

/** Requests by what they vary: few things at a time, so that nearly equal ones meet. */
const requests: Readonly<Record<string, fc.Arbitrary<() => Request>>> = {
  'the columns and options of an insert': fc
    .record({
      entity: some({ p: value, c: value, d: value, ...writtenColumns }),
      using,
      ifNotExists: fc.constantFrom(undefined, true, false),
    })
    .map(({ using: more, ...asked }) => inserting({ ...asked, ...more })),
  'the changes and options of an update': fc
    .record({ changes: written, using, condition })
    .map(({ changes, using: more, condition: only }) =>
      updating({ where: whole, changes, ...more, ...only }),
    ),
  'the change operators of an update': changes.map((given) =>
    updating({ where: whole, changes: given }),
  ),
  'the elements of a delete': fc
    .record({
      columns: fc.option(names('a', 'b'), { nil: undefined }),
      elements: fc.option(elements, { nil: undefined }),
    })
    .map((given) => deleting({ where: whole, ...given })),
  'the conditions of an update': conditions.map((given) =>
    updating({ where: whole, changes: { a: 1 }, if: given }),
  ),
  'the rows of an update': where.map((given) => updating({ where: given, changes: { a: 1 } })),
  'the rows and columns of a delete': fc
    .record({ where, columns: fc.option(names('st', 'a', 'b'), { nil: undefined }) })
    .map(deleting),
  'the conditions of a delete': fc
    .record({ columns: fc.option(names('st', 'a', 'b'), { nil: undefined }), condition })
    .map(({ columns, condition: only }) => deleting({ where: whole, columns, ...only })),
  'the rows of a read': where.map((given) => selecting({ where: given })),
  'the options of a read': some({
    select: names('p', 'a', 'b'),
    orderBy: fc.constantFrom({ c: 'asc' }, { c: 'desc', d: 'desc' }, { c: 'asc', d: 'asc' }),
    limit: value,
    perPartitionLimit: value,
    allowFiltering: fc.boolean(),
    count: fc.boolean(),
  }).map((options) => selecting({ where: { p: 1 }, ...options })),
}

function inserting(request: InsertRequest): () => Request {
  return () => ({
    shape: shapeOfInsert(thing, request),
    build: () => buildInsert(thing, 'ks', request),
  })
}

function updating(request: UpdateRequest): () => Request {
  return () => ({
    shape: shapeOfUpdate(thing, request),
    build: () => buildUpdate(thing, 'ks', request),
  })
}

function deleting(request: DeleteRequest): () => Request {
  return () => ({
    shape: shapeOfDelete(thing, request),
    build: () => buildDelete(thing, 'ks', request),
  })
}

function selecting(request: SelectRequest): () => Request {
  return () => ({
    shape: shapeOfSelect(thing, request),
    build: () => buildSelect(thing, 'ks', request),
  })
}

/** What a plan is made from; undefined for a request that is refused. */
function statementOf(make: () => Request): { shape: string; statement: string } | undefined {
  try {
    const { shape, build } = make()
    const { cql, markers, selectors, ...facts } = build()
    const paths = markers.map(({ path, label }) => ({ path, label }))
    const read = selectors.map(({ property }) => property)
    return { shape, statement: JSON.stringify({ cql, paths, read, ...facts }) }
  } catch (error) {
    if (error instanceof StatementError) return undefined
    throw error
  }
}

/** Fails when two requests have one shape and different statements; tells how often a shape came back. */
function findCollision(made: fc.Arbitrary<() => Request>, numRuns: number): number {
  const statements = new Map<string, string>()
  let repeated = 0
  fc.assert(
    fc.property(made, (make) => {
      const { shape, statement } = statementOf(make) ?? {}
      if (shape === undefined) return
      const known = statements.get(shape)
      statements.set(shape, statement ?? '')
      if (known === undefined) return
      repeated++
      expect(statement).toBe(known)
    }),
    { numRuns },
  )
  expect(statements.size).toBeGreaterThan(2)
  return repeated
}

it.each(Object.entries(requests))('a shape has one statement, whatever %s are', (_name, made) => {
  // Shapes that never come back would prove nothing.
  expect(findCollision(made, 1500)).toBeGreaterThan(50)
})

it('requests of different kinds never share a shape', () => {
  findCollision(fc.oneof(...Object.values(requests)), 3000)
})

it('gives one shape to requests that differ in their values alone', () => {
  const of = (a: number, m: number, list: number[]) =>
    shapeOfUpdate(thing, {
      where: { ...whole, p: a },
      changes: { a, l: list },
      if: { b: In(list), m: Entry(m, MoreThan(a)), a: Between(a, m) },
      ttl: a,
    })
  expect(of(1, 2, [])).toBe(of(3, 4, [5, 6]))
})

it('keeps the condition of an update that was made before without one', () => {
  const asked = { where: whole, changes: { a: 1, b: 2 } }
  const conditional = { where: whole, changes: { a: 1 }, if: { b: 2 } }
  expect(shapeOfUpdate(thing, conditional)).not.toBe(shapeOfUpdate(thing, asked))
  expect(buildUpdate(thing, 'ks', conditional).cql).toContain('IF "b" = ?')
})
