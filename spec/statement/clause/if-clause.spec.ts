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
  LessThanOrEqual,
  Like,
  MoreThan,
  MoreThanOrEqual,
  Not,
  PartitionKey,
  StaticColumn,
  StatementError,
  UserDefinedType,
  ValueError,
  frozen,
} from '../../../lib'
import { buildMetadata } from '../../../lib/metadata/build/build-metadata'
import { compilePlan } from '../../../lib/plan/plan'
import { buildDelete, shapeOfDelete } from '../../../lib/statement/delete'
import { buildInsert, shapeOfInsert } from '../../../lib/statement/insert'
import type { IfRequest } from '../../../lib/statement/requests'
import { buildUpdate, shapeOfUpdate } from '../../../lib/statement/update'

@UserDefinedType('origin')
class Origin {
  @Field('text') country?: string | null
  @Field({ type: 'int', name: 'Since When' }) since?: number | null
  @Field('frozen<list<int>>') years?: number[] | null
}

@Entity('articles')
class Article {
  @PartitionKey('int') shelf!: number
  @ClusteringKey('int') place!: number
  @StaticColumn('text') owner?: string | null
  @Column('text') title?: string | null
  @Column('int') stock?: number | null
  @Column('duration', { as: 'string' }) lent?: string | null
  @Column('list<int>') pages: number[] = []
  @Column('set<text>') tags = new Set<string>()
  @Column({ type: 'map<text, int>', name: 'Counts', as: 'object' }) counts: Record<string, number> =
    {}
  @Column('frozen<list<int>>') sizes?: number[] | null
  @Column(() => Origin) from?: Origin | null
  @Column(frozen(() => Origin)) made?: Origin | null
}
const article = buildMetadata(Article)

/** The IF of an update, and its parameters as bound, without those of SET and WHERE. */
function ifOf(conditions: object): { readonly cql: string; readonly params: unknown[] } {
  const request = { where: { shelf: 1, place: 2 }, changes: { title: 'T' }, if: conditions }
  shapeOfUpdate(article, request)
  const statement = buildUpdate(article, 'ks', request)
  expect(statement).toMatchObject({ isConditional: true, isIdempotent: false, isProjection: true })
  const before = `UPDATE "ks"."articles" SET "title" = ? WHERE "shelf" = ? AND "place" = ? IF `
  expect(statement.cql.startsWith(before)).toBe(true)
  const [title, shelf, place, ...params] = compilePlan(article, statement).bind(request)
  expect([title, shelf, place]).toEqual(['T', 1, 2])
  return { cql: statement.cql.slice(before.length), params }
}

function bytes(...parts: (number | string)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part)
      const int = Buffer.alloc(4)
      int.writeInt32BE(part)
      return int
    }),
  )
}

it.each<[name: string, conditions: object, cql: string, params: unknown[]]>([
  ['a plain value', { title: 'A' }, '"title" = ?', ['A']],
  ['Equal', { title: Equal('A') }, '"title" = ?', ['A']],
  ['Not', { title: Not('A') }, '"title" != ?', ['A']],
  ['Not(null)', { title: Not(null) }, '"title" != null', []],
  ['Not(IsNull())', { title: Not(IsNull()) }, '"title" != null', []],
  ['IsNull', { title: IsNull() }, '"title" = null', []],
  ['In', { stock: In([1, 2]) }, '"stock" IN ?', [bytes(2, 4, 1, 4, 2)]],
  ['In of nothing', { stock: In([]) }, '"stock" IN ?', [bytes(0)]],
  ['MoreThan', { stock: MoreThan(1) }, '"stock" > ?', [1]],
  ['MoreThanOrEqual', { stock: MoreThanOrEqual(1) }, '"stock" >= ?', [1]],
  ['LessThan', { stock: LessThan(1) }, '"stock" < ?', [1]],
  ['LessThanOrEqual', { stock: LessThanOrEqual(1) }, '"stock" <= ?', [1]],
  ['Between', { stock: Between(1, 9) }, '"stock" >= ? AND "stock" <= ?', [1, 9]],
  [
    'And',
    { stock: And(MoreThan(1), LessThan(9)), title: And(Not('A'), Not('B')) },
    '"title" != ? AND "title" != ? AND "stock" > ? AND "stock" < ?',
    ['A', 'B', 1, 9],
  ],
  [
    'several, in the order of the columns',
    { stock: 1, owner: 'O' },
    '"owner" = ? AND "stock" = ?',
    ['O', 1],
  ],
  ['a whole list', { pages: [1] }, '"pages" = ?', [bytes(1, 4, 1)]],
  ['an empty list, which is null to the server', { pages: [] }, '"pages" = ?', [bytes(0)]],
  [
    'Contains',
    { pages: Contains(1), tags: Contains('x') },
    '"pages" CONTAINS ? AND "tags" CONTAINS ?',
    [1, 'x'],
  ],
  ['Contains of a map', { counts: Contains(1) }, '"Counts" CONTAINS ?', [1]],
  ['ContainsKey', { counts: ContainsKey('x') }, '"Counts" CONTAINS KEY ?', ['x']],
  ['Entry', { counts: Entry('x', 1) }, '"Counts"[?] = ?', ['x', 1]],
  ['Entry and an operator', { counts: Entry('x', MoreThan(1)) }, '"Counts"[?] > ?', ['x', 1]],
  ['Entry that is not there', { counts: Entry('x', IsNull()) }, '"Counts"[?] = null', ['x']],
  ['Entry and In', { counts: Entry('x', In([1])) }, '"Counts"[?] IN ?', ['x', bytes(1, 4, 1)]],
  [
    'Entry and Between',
    { counts: Entry('x', Between(1, 9)) },
    '"Counts"[?] >= ? AND "Counts"[?] <= ?',
    ['x', 1, 'x', 9],
  ],
  [
    'several entries',
    { counts: And(Entry('x', 1), Entry('y', Not(2))) },
    '"Counts"[?] = ? AND "Counts"[?] != ?',
    ['x', 1, 'y', 2],
  ],
  ['At', { pages: At(0, 5) }, '"pages"[?] = ?', [0, 5]],
  ['At of a frozen list', { sizes: At(3, Not(5)) }, '"sizes"[?] != ?', [3, 5]],
  ['Fields', { from: Fields({ country: 'DE' }) }, '"from"."country" = ?', ['DE']],
  [
    'Fields and operators, in the order of the type',
    { made: Fields({ since: MoreThan(1900), country: In(['DE', 'FR']) }), stock: 1 },
    '"stock" = ? AND "made"."country" IN ? AND "made"."Since When" > ?',
    [1, bytes(2, 2, 'DE', 2, 'FR'), 1900],
  ],
  [
    'Fields that are null',
    { from: Fields({ country: IsNull(), since: Not(null) }) },
    '"from"."country" = null AND "from"."Since When" != null',
    [],
  ],
])('says %s', (_name, conditions, cql, params) => {
  expect(ifOf(conditions)).toEqual({ cql, params })
})

it('reads back what the conditions name, each column once', () => {
  const request = {
    where: { shelf: 1, place: 2 },
    if: { counts: And(Entry('x', 1), Entry('y', 2)), owner: 'O' },
  }
  const statement = buildDelete(article, 'ks', request)
  expect(statement.cql).toBe(
    'DELETE FROM "ks"."articles" WHERE "shelf" = ? AND "place" = ? ' +
      'IF "owner" = ? AND "Counts"[?] = ? AND "Counts"[?] = ?',
  )
  expect(statement.selectors.map(({ property }) => property)).toEqual(['owner', 'counts'])
})

it('says IF EXISTS and IF NOT EXISTS', () => {
  const where = { shelf: 1, place: 2 }
  expect(
    buildUpdate(article, 'ks', { where, changes: { stock: 1 }, ifExists: true, ttl: 9 }),
  ).toMatchObject({
    cql:
      'UPDATE "ks"."articles" USING TTL ? SET "stock" = ? ' +
      'WHERE "shelf" = ? AND "place" = ? IF EXISTS',
    isConditional: true,
    isIdempotent: false,
    selectors: [],
  })
  expect(buildDelete(article, 'ks', { where, columns: ['stock'], ifExists: true })).toMatchObject({
    cql: 'DELETE "stock" FROM "ks"."articles" WHERE "shelf" = ? AND "place" = ? IF EXISTS',
    isConditional: true,
  })
  const entity = { shelf: 1, owner: 'O' }
  expect(buildInsert(article, 'ks', { entity, ifNotExists: true, ttl: 9 })).toMatchObject({
    cql: 'INSERT INTO "ks"."articles" ("shelf", "owner") VALUES (?, ?) IF NOT EXISTS USING TTL ?',
    isConditional: true,
    isIdempotent: false,
    isProjection: false,
  })
  for (const off of [false, undefined]) {
    expect(buildInsert(article, 'ks', { entity, ifNotExists: off }).cql).not.toContain('IF')
    expect(shapeOfInsert(article, { entity, ifNotExists: off })).toBe(
      shapeOfInsert(article, { entity }),
    )
  }
})

it('concerns the partition when it is of static columns alone', () => {
  const build = (where: object, changes: object, condition: IfRequest) =>
    buildUpdate(article, 'ks', { where, changes, ...condition }).cql
  expect(build({ shelf: 1 }, { owner: 'O' }, { if: { owner: 'P' } })).toBe(
    'UPDATE "ks"."articles" SET "owner" = ? WHERE "shelf" = ? IF "owner" = ?',
  )
  expect(build({ shelf: 1 }, { owner: 'O' }, { ifExists: true })).toContain('IF EXISTS')
  expect(build({ shelf: 1, place: 2 }, { owner: 'O' }, { if: { stock: 1 } })).toContain(
    '"place" = ?',
  )
  expect(() => build({ shelf: 1 }, { owner: 'O' }, { if: { stock: 1 } })).toThrow(
    `Article: the where of an update needs the whole primary key, and 'place' is missing; name it in where by =`,
  )
  expect(() => build({ shelf: 1, place: 2 }, { owner: 'O' }, { ifExists: true })).toThrow(
    `Article: an update of static columns alone concerns the partition, and where names 'place'; leave 'place' out of where`,
  )
  expect(
    buildDelete(article, 'ks', { where: { shelf: 1 }, columns: ['owner'], if: { owner: 'O' } }).cql,
  ).toBe('DELETE "owner" FROM "ks"."articles" WHERE "shelf" = ? IF "owner" = ?')
  expect(() => buildDelete(article, 'ks', { where: { shelf: 1 }, if: { owner: 'O' } })).toThrow(
    `Article: the where of a delete needs the whole primary key, and 'place' is missing; name it in where by =`,
  )
})

it.each([
  [{ shelf: In([1]), place: 2 }, `concerns one row, and 'shelf' is given by In(); give it by =`],
  [{ shelf: 1, place: In([2]) }, `concerns one row, and 'place' is given by In(); give it by =`],
  [{ shelf: 1, place: MoreThan(2) }, `takes no range of 'place'; give it by =`],
  [{ shelf: 1 }, `needs the whole primary key, and 'place' is missing; name it in where by =`],
  [{ shelf: 1, place: 2, title: 'A' }, `takes the primary key only, and 'title' is not in it`],
])('wants the whole key by =, not %p', (where, message) => {
  for (const condition of [{ ifExists: true }, { if: { stock: 1 } }]) {
    expect(() =>
      buildUpdate(article, 'ks', { where, changes: { stock: 1 }, ...condition }),
    ).toThrow(message)
    expect(() => buildDelete(article, 'ks', { where, ...condition })).toThrow(message)
  }
})

it.each<[conditions: unknown, message: string]>([
  [{}, 'Article: an empty if would be no condition; name at least one property, or use ifExists'],
  ['title', 'Article: if must be an object, got string'],
  [[], 'Article: if must be an object, got an array'],
  [null, 'Article: if must be an object, got null'],
  [{ titel: 1 }, `Article.titel, named in if, is not a column; did you mean 'title'?`],
  [
    { place: 2 },
    'Article.place belongs to the primary key, which the where gives already; leave it out of if',
  ],
  [
    { title: null },
    'Article.title: null in an if is written IsNull(), or Not(null) for the opposite',
  ],
  [
    { title: undefined },
    'Article.title: undefined in an if would be no condition; give a value, or leave the property out',
  ],
  [{ counts: Entry('x', null) }, 'Article.counts: null in an if is written IsNull()'],
  [{ pages: At(0, undefined) }, 'Article.pages: undefined in an if would be no condition'],
  [
    { title: Like('A%') },
    'Article.title: Like() exists only in where, since Cassandra has no such operator in IF; compare the whole value',
  ],
  [{ title: Not(MoreThan('A')) }, 'Article.title: Not() takes a value, or null'],
  [{ pages: Append([1]) }, 'Article.pages: is given a change in if; give it what it must be'],
  [
    { title: Fields({ country: 'DE' }) },
    'Article.title: Fields() asks a user-defined type, and this is a text',
  ],
  [
    { from: Fields({ contry: 'DE' }) },
    `Article.from has no field 'contry'; did you mean 'country'?`,
  ],
  [
    { from: Fields({}) },
    'Article.from: Fields() of nothing would be no condition; name at least one',
  ],
  [{ from: Fields({ country: null }) }, 'Article.from: null in an if is written IsNull()'],
  [
    { from: Fields({ country: undefined }) },
    'Article.from: undefined in an if would be no condition',
  ],
  [{ from: Fields('DE') }, 'Article: Fields() must be an object, got string'],
])('refuses %p before anything is built', (conditions, message) => {
  const request = { where: { shelf: 1, place: 2 }, if: conditions as object }
  const changes = { title: 'T' }
  expect(() => shapeOfUpdate(article, { ...request, changes })).toThrow(StatementError)
  expect(() => shapeOfUpdate(article, { ...request, changes })).toThrow(message)
  expect(() => shapeOfDelete(article, request)).toThrow(message)
})

it.each<[conditions: object, message: string]>([
  [{ title: Contains('x') }, 'Article.title: Contains() asks a collection, and this is a text'],
  [{ tags: ContainsKey('x') }, 'Article.tags: ContainsKey() asks a map, and this is a set<text>'],
  [{ pages: Entry('x', 1) }, 'Article.pages: Entry() asks a map, and this is a list<int>'],
  [{ title: Entry('x', 1) }, 'Article.title: Entry() asks a collection, and this is a text'],
  [{ tags: At(0, 'x') }, 'Article.tags: At() asks a list, and this is a set<text>'],
  [{ counts: At(0, 1) }, 'Article.counts: At() asks a list, and this is a map<text, int>'],
  [
    { lent: MoreThan('1h') },
    'Article.lent: is a duration, which has no order; compare it with a plain value',
  ],
  [
    { counts: Entry('x', Entry('y', 1)) },
    'Article.counts: Entry() asks a column, and cannot be inside of a part of one',
  ],
  [{ pages: At(0, Contains(1)) }, 'Article.pages: Contains() asks a column'],
  [{ from: Fields({ years: At(0, 1) }) }, 'Article.from: At() asks a column'],
])('refuses %p, which the type does not have', (conditions, message) => {
  expect(() => ifOf(conditions)).toThrow(StatementError)
  expect(() => ifOf(conditions)).toThrow(message)
})

it.each<[conditions: object, message: string]>([
  [{ stock: 1.5 }, 'Article.stock: '],
  [{ stock: Equal(null) }, 'Article.stock: null in an if is written IsNull()'],
  [{ stock: MoreThan(undefined) }, 'Article.stock: undefined in an if would be no condition'],
  [{ stock: In([null]) }, 'Article.stock: In() has null at index 0; every element needs a value'],
  [{ pages: At(-1, 1) }, 'Article.pages: At() takes an index from 0'],
  [{ pages: At(0.5, 1) }, 'Article.pages: '],
  [{ counts: Entry(null, 1) }, 'Article.counts: null in an if is written IsNull()'],
])('refuses the values of %p before anything is sent', (conditions, message) => {
  expect(() => ifOf(conditions)).toThrow(ValueError)
  expect(() => ifOf(conditions)).toThrow(message)
})

it('refuses what excludes a condition', () => {
  const where = { shelf: 1, place: 2 }
  const changes = { stock: 1 }
  const entity = { ...where, stock: 1 }
  const timestamp = 1n
  const takesNone =
    'Article: a conditional write takes no timestamp, since Cassandra gives it its own; leave timestamp out'
  expect(() => shapeOfUpdate(article, { where, changes, if: { stock: 1 }, timestamp })).toThrow(
    takesNone,
  )
  expect(() => shapeOfUpdate(article, { where, changes, ifExists: true, timestamp })).toThrow(
    takesNone,
  )
  expect(() => shapeOfDelete(article, { where, ifExists: true, timestamp })).toThrow(takesNone)
  expect(() => shapeOfInsert(article, { entity, ifNotExists: true, timestamp })).toThrow(takesNone)
  expect(() =>
    shapeOfUpdate(article, { where, changes, if: { stock: 1 }, ifExists: true }),
  ).toThrow(
    'Article: if and ifExists exclude each other; keep the if, which no absent row meets unless it says Not() or IsNull()',
  )
  expect(() => shapeOfUpdate(article, { where, changes, ifExists: 1 as never })).toThrow(
    'Article: ifExists must be true or false',
  )
  expect(() => shapeOfInsert(article, { entity, ifNotExists: 'yes' as never })).toThrow(
    'Article: ifNotExists must be true or false',
  )
})
