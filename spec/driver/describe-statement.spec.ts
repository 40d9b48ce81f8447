import { describeBatch, describeStatement } from '../../lib/driver/observe/describe-statement'

const described = (cql: string) => {
  const { operation, keyspace, table } = describeStatement(cql)
  return [operation, keyspace, table]
}

it.each([
  ['SELECT "id" FROM "shop"."products" WHERE "id" = ?', ['SELECT', 'shop', 'products']],
  ['SELECT " FROM x.y " FROM "Shop"."pro""ducts"', ['SELECT', 'Shop', 'pro"ducts']],
  [`SELECT ' from x' FROM Shop . Products`, ['SELECT', 'shop', 'products']],
  ['select count(*) from products', ['SELECT', undefined, 'products']],
  ['INSERT INTO "shop"."products" ("id") VALUES (?)', ['INSERT', 'shop', 'products']],
  ['UPDATE "shop"."products" USING TTL ? SET "a" = ?', ['UPDATE', 'shop', 'products']],
  ['DELETE "a" FROM "shop"."products" WHERE "id" = ?', ['DELETE', 'shop', 'products']],
  ['TRUNCATE TABLE "shop"."products"', ['TRUNCATE', 'shop', 'products']],
  ['TRUNCATE shop.products', ['TRUNCATE', 'shop', 'products']],
  ['CREATE TABLE IF NOT EXISTS "shop"."products" ("id" int)', ['CREATE TABLE', 'shop', 'products']],
  ['ALTER TABLE "shop"."products" ADD ("a" int)', ['ALTER TABLE', 'shop', 'products']],
  ['DROP TABLE IF EXISTS "shop"."products"', ['DROP TABLE', 'shop', 'products']],
  ['CREATE TYPE IF NOT EXISTS "shop"."address" ("a" text)', ['CREATE TYPE', 'shop', 'address']],
  [
    `CREATE CUSTOM INDEX IF NOT EXISTS "i" ON "shop"."products" ("a") USING 'sai'`,
    ['CREATE INDEX', 'shop', 'products'],
  ],
  [
    'CREATE MATERIALIZED VIEW IF NOT EXISTS "shop"."v" AS SELECT "a" FROM "shop"."t"',
    ['CREATE MATERIALIZED VIEW', 'shop', 'v'],
  ],
  [
    `CREATE KEYSPACE IF NOT EXISTS "shop" WITH replication = {}`,
    ['CREATE KEYSPACE', 'shop', undefined],
  ],
  ['LIST ROLES', ['LIST', undefined, undefined]],
  ['', ['', undefined, undefined]],
])('reads %s', (cql, expected) => {
  expect(described(cql)).toEqual(expected)
})

it('tells of several statements what they have in common', () => {
  const insert = 'INSERT INTO "shop"."products" ("id") VALUES (?)'
  expect(describeBatch([insert, insert])).toEqual({
    operation: 'BATCH INSERT',
    keyspace: 'shop',
    table: 'products',
  })
  expect(describeBatch([insert, 'DELETE FROM "shop"."lines" WHERE "id" = ?'])).toEqual({
    operation: 'BATCH',
    keyspace: 'shop',
    table: undefined,
  })
})
