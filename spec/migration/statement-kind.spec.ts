import { classify } from '../../lib/migration/statement-kind'

it.each([
  ['DROP TABLE products', 'DROP TABLE'],
  ['drop table if exists shop."Products"', 'DROP TABLE'],
  ['DROP COLUMNFAMILY products', 'DROP COLUMNFAMILY'],
  ['/* really */ DROP -- yes\n KEYSPACE shop', 'DROP KEYSPACE'],
  ['DROP TYPE money', 'DROP TYPE'],
  ['DROP MATERIALIZED VIEW by_brand', 'DROP MATERIALIZED VIEW'],
  ['TRUNCATE products', 'TRUNCATE'],
  ['truncate table shop.products', 'TRUNCATE'],
  ['ALTER TABLE products DROP price', 'ALTER TABLE … DROP'],
  ['ALTER TABLE "drop" DROP IF EXISTS price', 'ALTER TABLE … DROP'],
  ['ALTER TABLE IF EXISTS shop.products DROP (price, brand)', 'ALTER TABLE … DROP'],
  ['ALTER TABLE products DROP COMPACT STORAGE', undefined],
  ['ALTER TABLE products ADD drop text', undefined],
  ['ALTER TABLE drop ADD price int', undefined],
  ['ALTER TABLE products ALTER price DROP MASKED', undefined],
  ['ALTER TYPE money ADD drop text', undefined],
  ['DROP INDEX products_brand_idx', undefined],
  ['DROP FUNCTION f', undefined],
  ['DROP ROLE reader', undefined],
  ["INSERT INTO a (b) VALUES ('DROP TABLE x')", undefined],
  ['DELETE FROM products WHERE id = 1', undefined],
  ['-- DROP TABLE a\nSELECT * FROM a', undefined],
])('knows what %p loses', (cql, loss) => {
  expect(classify(cql).loss).toBe(loss)
})

it.each([
  ['CREATE TABLE a (b int PRIMARY KEY)', true, false],
  ['\n-- a comment\nalter type money add unit text', true, false],
  ['DROP INDEX a', true, false],
  ['TRUNCATE a', false, false],
  ['BEGIN BATCH INSERT INTO a (b) VALUES (1) APPLY BATCH', false, false],
  ['use shop', false, true],
  ['"use" shop', false, false],
])('knows what %p is', (cql, isSchema, isUse) => {
  expect(classify(cql)).toMatchObject({ isSchema, isUse })
})
