import { Column, Entity, PartitionKey, cql } from '../../lib'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { type RawScope, buildRaw } from '../../lib/statement/raw'

@Entity({ name: 'goods', keyspace: 'shop' })
class Good {
  @PartitionKey('text') id!: string
  @Column('text') brandName!: string
}

@Entity('others')
class Other {
  @PartitionKey('text') id!: string
}

const scope: RawScope = {
  metadataOf: (target) => buildMetadata(target, 'snake_case'),
  keyspaceOf: (metadata) => metadata.keyspace ?? 'default_ks',
}
const built = (fragment: unknown) => {
  const { values, ...rest } = buildRaw(fragment, scope)
  return { ...rest, values: values.map(({ value, codec }) => [value, codec?.type]) }
}

it('names tables and columns where it runs, with every value a marker', () => {
  const brand = cql`${cql.column(Good, 'brandName')} = ${'Acme'}`
  expect(
    built(
      cql`SELECT * FROM ${cql.table(Good)} WHERE id = ${cql.value(Good, 'id', 'x')} AND ${brand}`,
    ),
  ).toEqual({
    cql: 'SELECT * FROM "shop"."goods" WHERE id = ? AND "brand_name" = ?',
    values: [
      ['x', { kind: 'native', name: 'text' }],
      ['Acme', undefined],
    ],
    isIdempotent: true,
    isConditional: false,
    prepare: true,
    keyspace: 'shop',
  })
  expect(built(cql`SELECT * FROM ${cql.table(Other)}`).cql).toBe(
    'SELECT * FROM "default_ks"."others"',
  )
})

it('joins fragments and values', () => {
  expect(built(cql`SELECT ${cql.join([cql.identifier('a"b'), cql`c`])} FROM t`).cql).toBe(
    'SELECT "a""b", c FROM t',
  )
  expect(built(cql`SELECT a FROM t WHERE b IN (${cql.join([1, 2, 3])})`)).toMatchObject({
    cql: 'SELECT a FROM t WHERE b IN (?, ?, ?)',
    values: [
      [1, undefined],
      [2, undefined],
      [3, undefined],
    ],
  })
  expect(built(cql`SELECT ${cql.join([])}1`).cql).toBe('SELECT 1')
})

it.each([
  [cql` select a from t`, { isIdempotent: true, isConditional: false, prepare: true }],
  [cql`-- a comment\nSELECT a FROM t`, { isIdempotent: true, prepare: true }],
  [cql`INSERT INTO t (a) VALUES ('IF')`, { isIdempotent: false, isConditional: false }],
  [cql`INSERT INTO t (a) VALUES (1) IF NOT EXISTS`, { isIdempotent: false, isConditional: true }],
  [cql`UPDATE t SET "if" = 1 WHERE a = 1`, { isConditional: false }],
  [cql`delete from t where a = 1 if exists`, { isConditional: true, prepare: true }],
  [cql`CREATE TABLE IF NOT EXISTS t (a int PRIMARY KEY)`, { isConditional: false, prepare: false }],
  [cql`TRUNCATE t`, { isIdempotent: false, prepare: false }],
])('knows what kind of statement it is: %#', (fragment, expected) => {
  expect(built(fragment)).toMatchObject(expected)
})

it('is made by the tag alone', () => {
  for (const forged of ['SELECT 1', JSON.parse('{"parts":[]}'), undefined, ['SELECT 1'], 5]) {
    expect(() => buildRaw(forged, scope)).toThrow('a query is written with the cql tag')
  }
})
