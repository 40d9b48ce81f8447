import { parseType } from '../../lib/cql/parse-type'
import type { Effect } from '../../lib/migration/effect/effect'
import { isPresent } from '../../lib/migration/effect/has-effect'
import { parseEffect } from '../../lib/migration/effect/parse-effect'
import type { ColumnModel, KeyspaceModel } from '../../lib/schema/model/table-model'

const column = (name: string, type: string, place: Partial<ColumnModel> = {}): ColumnModel => ({
  name,
  type: parseType(type),
  kind: 'regular',
  position: -1,
  order: 'asc',
  ...place,
})

const shop: KeyspaceModel = {
  name: 'shop',
  types: [
    {
      keyspace: 'shop',
      name: 'money',
      fields: [
        { name: 'amount', type: parseType('decimal') },
        { name: 'currency', type: parseType('text') },
      ],
    },
  ],
  tables: [
    {
      keyspace: 'shop',
      name: 'products',
      columns: [
        column('tenant', 'uuid', { kind: 'partitionKey', position: 0 }),
        column('Day', 'date', { kind: 'partitionKey', position: 1 }),
        column('at', 'timestamp', { kind: 'clustering', position: 0, order: 'desc' }),
        column('rate', 'double', { kind: 'static' }),
        column('prices', 'map<text, frozen<money>>'),
      ],
      indexes: [
        { name: 'prices_idx', column: 'prices', on: 'keys', using: undefined, options: {} },
        {
          name: 'rate_idx',
          column: 'rate',
          on: undefined,
          using: 'StorageAttachedIndex',
          options: {},
        },
      ],
      options: {},
    },
    { keyspace: 'shop', name: 'hits', columns: [], indexes: [], options: {} },
  ],
  views: [
    {
      keyspace: 'shop',
      name: 'by_day',
      from: 'products',
      columns: [
        column('Day', 'date', { kind: 'partitionKey', position: 0 }),
        column('tenant', 'uuid', { kind: 'clustering', position: 0 }),
        column('at', 'timestamp', { kind: 'clustering', position: 1, order: 'desc' }),
      ],
      options: {},
    },
  ],
}

function has(cql: string): boolean | undefined {
  const effect = parseEffect(cql)
  return effect === undefined || effect.kind === 'createKeyspace'
    ? undefined
    : isPresent(effect, shop)
}

const createProducts = (columns: string, rest = '') =>
  `CREATE TABLE shop.products (${columns}, PRIMARY KEY ((tenant, "Day"), at)) ${rest}`
const allColumns =
  'tenant uuid, "Day" date, at timestamp, rate double static, prices map<text, frozen<shop.money>>'
const descending =
  "WITH comment = 'a AND b' AND CLUSTERING ORDER BY (at DESC) AND caching = {'a': 1}"

describe('a statement whose effect is there', () => {
  it.each([
    'ALTER TABLE products ADD prices map<text,frozen<money>>',
    'ALTER TABLE shop.products ADD (prices map < text, frozen<shop.money> >, rate double STATIC)',
    'ALTER TABLE products ADD IF NOT EXISTS rate double static',
    'ALTER TABLE products DROP price',
    'ALTER TABLE products DROP (price, brand)',
    'ALTER TABLE products DROP price USING TIMESTAMP 17',
    'ALTER TABLE products RENAME sold TO at AND date TO "Day"',
    'ALTER TYPE money ADD currency text',
    'ALTER TYPE shop.money RENAME unit TO currency',
    'CREATE TYPE money (amount decimal, currency varchar)',
    createProducts(allColumns, descending),
    'CREATE INDEX prices_idx ON products (KEYS(prices))',
    "CREATE CUSTOM INDEX IF NOT EXISTS ON shop.products (rate) USING 'sai'",
    "create custom index rate_idx on products (rate) using 'org.apache.cassandra.index.sai.StorageAttachedIndex'",
    `CREATE MATERIALIZED VIEW by_day AS SELECT "Day", tenant, at FROM products
     WHERE "Day" IS NOT NULL AND tenant IS NOT NULL AND at IS NOT NULL
     PRIMARY KEY ("Day", tenant, at) WITH CLUSTERING ORDER BY (tenant ASC, at DESC)`,
    'DROP TABLE IF EXISTS gone',
    'DROP TYPE gone',
    'DROP INDEX shop.gone',
    'DROP MATERIALIZED VIEW gone',
  ])('%s', (cql) => {
    expect(has(cql)).toBe(true)
  })
})

describe('a statement whose effect is another one', () => {
  it.each([
    'ALTER TABLE products ADD prices map<text, frozen<other>>',
    'ALTER TABLE products ADD rate double',
    'ALTER TABLE products ADD at timestamp',
    'ALTER TABLE products ADD (rate double static, brand text)',
    'ALTER TABLE gone ADD price int',
    'ALTER TABLE products DROP rate',
    'ALTER TABLE gone DROP price',
    'ALTER TABLE products RENAME at TO sold',
    'ALTER TABLE products RENAME rate TO at',
    'ALTER TYPE money ADD currency int',
    'CREATE TYPE money (currency text, amount decimal)',
    'CREATE TYPE money (amount decimal)',
    createProducts(allColumns),
    createProducts(`${allColumns}, brand text`, descending),
    createProducts(allColumns.replace('double static', 'double'), descending),
    createProducts(allColumns, descending).replace('(tenant, "Day"), at', 'tenant, "Day", at'),
    'CREATE INDEX prices_idx ON products (prices)',
    'CREATE INDEX rate_idx ON products (rate)',
    "CREATE CUSTOM INDEX other_idx ON products (rate) USING 'sai'",
    'CREATE MATERIALIZED VIEW by_day AS SELECT * FROM products WHERE a > 1 PRIMARY KEY ("Day", tenant, at)',
    'CREATE MATERIALIZED VIEW by_day AS SELECT "Day", tenant, at FROM products WHERE a > 1 PRIMARY KEY ("Day", at, tenant)',
    'DROP TABLE products',
    'DROP TYPE money',
    'DROP INDEX rate_idx',
    'DROP MATERIALIZED VIEW by_day',
  ])('%s', (cql) => {
    expect(has(cql)).toBe(false)
  })
})

describe('a statement that cannot be compared', () => {
  it.each([
    "INSERT INTO products (id) VALUES ('a')",
    'ALTER TABLE products ADD price text MASKED WITH DEFAULT',
    "ALTER TABLE products WITH comment = 'a'",
    "ALTER TABLE products ADD price 'org.example.Type'",
    'CREATE FUNCTION f (a int) RETURNS NULL ON NULL INPUT RETURNS int LANGUAGE java AS $$ return a; $$',
    'CREATE ROLE reader',
    'DROP ROLE reader',
    'ALTER TABLE products ADD',
    '',
  ])('%s', (cql) => {
    expect(parseEffect(cql)).toBeUndefined()
  })
})

it('knows the keyspace', () => {
  const keyspace: Effect = { kind: 'createKeyspace', name: 'shop' }
  expect(parseEffect('CREATE KEYSPACE IF NOT EXISTS shop WITH replication = {}')).toEqual(keyspace)
  expect(parseEffect('DROP KEYSPACE "Shop"')).toEqual({
    kind: 'drop',
    what: 'keyspace',
    thing: { keyspace: undefined, name: 'Shop' },
  })
})
