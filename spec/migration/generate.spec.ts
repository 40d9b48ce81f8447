import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrationSource } from '../../lib/migration/generate/generate-migration'
import { parseScript } from '../../lib/migration/files/parse-script'
import type { KeyspaceModel } from '../../lib/schema/model/table-model'
import { index, keyspace, table, userType } from '../schema/models'

function source(wanted: KeyspaceModel, found?: KeyspaceModel, format: 'ts' | 'cql' = 'ts') {
  const keyspaces = [{ wanted, found }]
  return migrationSource(
    { keyspaces, keyspace: 'shop', naming: 'snake_case', canCreateKeyspace: true },
    `It's new`,
    format,
  )
}

const id = { partition: ['id uuid'] }
const address = userType('address', { street: 'text' })
const view = (name: string, from: string) => ({
  ...table(name, { partition: ['brand text'], clustering: ['id uuid'] }),
  from,
})

describe('safe changes and removals', () => {
  const found = keyspace(
    [
      table('products', id, ['price int', 'gone text'], {
        indexes: [index('gone', { name: 'i' })],
      }),
    ],
    [],
    { views: [view('by_brand', 'products')] },
  )

  it('become statements in the order of their dependencies, with their reverse', () => {
    const wanted = keyspace(
      [
        table('products', id, ['price int', 'a frozen<address>'], { options: { comment: 'x' } }),
        table('orders', id, ['v text'], { indexes: [index('v')] }),
      ],
      [address],
    )
    expect(source(wanted, found)).toBe(`// Loses data: no class maps view by_brand of products.
// Loses data: no class maps index i on products ("gone").
// Loses data: no class maps column products.gone.
// No statement undoes this: column products.a does not exist in the cluster.

import { defineMigration } from 'coodie/migration'

export default defineMigration({
  description: "It's new",
  destructive: true,
  up: [
    'DROP MATERIALIZED VIEW "by_brand"',
    'CREATE TYPE "address" ("street" text)',
    'ALTER TABLE "products" ADD ("a" frozen<"address">)',
    'CREATE TABLE "orders" ("id" uuid, "v" text, PRIMARY KEY (("id")))',
    'DROP INDEX "i"',
    'ALTER TABLE "products" DROP "gone"',
    'CREATE INDEX "orders_v_idx" ON "orders" ("v")',
  ],
})
`)
  })

  it('can be written in CQL', () => {
    const wanted = keyspace([table('products', id, ['price int', 'fresh text'])])
    const script = source(wanted, found, 'cql') ?? ''
    expect(parseScript(script)).toEqual({
      description: `It's new`,
      destructive: true,
      up: [
        'DROP MATERIALIZED VIEW "by_brand"',
        'ALTER TABLE "products" ADD ("fresh" text)',
        'DROP INDEX "i"',
        'ALTER TABLE "products" DROP "gone"',
      ],
      down: [
        'ALTER TABLE "products" ADD ("gone" text)',
        'CREATE INDEX "i" ON "products" ("gone")',
        'ALTER TABLE "products" DROP "fresh"',
        expect.stringMatching(/^CREATE MATERIALIZED VIEW "by_brand" AS SELECT .* FROM "products"/u),
      ],
    })
  })

  it('are nothing if nothing differs, or if nothing can be done', () => {
    expect(source(keyspace([table('products', id)]), keyspace([table('products', id)]))).toBeNull()
    const types = [userType('address', { street: 'text', old: 'int' })]
    expect(source(keyspace([], [address]), keyspace([], types))).toBeNull()
  })

  it('make a keyspace that does not exist, without CREATE KEYSPACE', () => {
    expect(source(keyspace([table('products', id)]))).toContain(
      `  up: ['CREATE TABLE "products" ("id" uuid, PRIMARY KEY (("id")))'],
  down: ['DROP TABLE "products"'],`,
    )
  })

  it('keep the column of a table with a view, which the server does not drop', () => {
    const views = [view('by_brand', 'products')]
    const written = source(
      keyspace([table('products', id, ['fresh text'])], [], { views }),
      keyspace([table('products', id)], [], { views }),
    )
    expect(written).not.toContain('down:')
  })
})

const found = keyspace(
  [
    table(
      'products',
      { partition: ['id uuid'], clustering: ['at timestamp'] },
      ['price int', 's text static', 'tags set<int>', 'n text', 'count text', 'a frozen<address>'],
      { options: { comment: 'old' } },
    ),
  ],
  [address],
  { views: [view('by_brand', 'products')] },
)
const wanted = keyspace(
  [
    table(
      'products',
      { partition: ['brand text', 'id uuid'], clustering: ['at timestamp'] },
      [
        'price bigint',
        's text static',
        'tags set<bigint>',
        'n date',
        'count int',
        'a frozen<address>',
        'fresh text',
      ],
      { indexes: [index('price', { name: 'i' })] },
    ),
  ],
  [address],
  { views: [view('by_brand', 'products')] },
)

describe('another key and other types', () => {
  it('become a new table and a step that copies the rows', () => {
    const file = join(__dirname, 'golden/copy-rows.ts')
    const written = source(wanted, found)
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, written ?? '')
    expect(written).toBe(readFileSync(file, 'utf8'))
  })

  it('are refused in CQL', () => {
    expect(() => source(wanted, found, 'cql')).toThrow(
      `generate: the rows of products must be copied to a new table, which CQL cannot do; pass format 'ts'`,
    )
  })

  it('are refused if the new table is there already', () => {
    const copied = {
      ...found,
      tables: [...found.tables, ...wanted.tables.map((each) => ({ ...each, name: 'products_v2' }))],
    }
    expect(() => source({ ...wanted, views: [] }, copied)).toThrow(
      `generate: the table products_v2 is there and is as the class of products declares it; name it in the class: @Entity('products_v2')`,
    )
    const other = { ...found, tables: [...found.tables, table('products_v2', id)] }
    expect(source(wanted, other)).toContain('CREATE TABLE "products_v3"')
  })

  it('of counters are refused', () => {
    const hits = (key: string) => keyspace([table('hits', { partition: [key] }, ['n counter'])])
    expect(() => source(hits('id uuid'), hits('page text'))).toThrow(
      'generate: hits has counters and needs another key or other columns; counters cannot be copied, because a copy ' +
        'that is repeated would count twice: declare a table with another name, and count in both for a while',
    )
  })
})

it('refuses copies in several keyspaces', () => {
  const keyspaces = ['a', 'b'].map((name) => ({
    wanted: { ...wanted, name },
    found: { ...found, name },
  }))
  expect(() =>
    migrationSource(
      { keyspaces, keyspace: 'a', naming: 'exact', canCreateKeyspace: false },
      'a',
      'ts',
    ),
  ).toThrow(
    'generate: rows must be copied in several keyspaces; generate with the entities of one of them at a time',
  )
})

it('refuses what no migration can change', () => {
  const types = [userType('address', { street: 'int' })]
  expect(() => source(keyspace([], [address]), keyspace([], types))).toThrow(
    'generate: the cluster differs from the classes in ways that no migration can change:\n  shop.address (type)\n' +
      '    - field address.street is declared as text and is int in the cluster; declare the field as it is',
  )
  expect(() =>
    migrationSource(
      {
        keyspaces: [{ wanted: keyspace([]), found: undefined }],
        keyspace: 'shop',
        naming: 'exact',
        canCreateKeyspace: false,
      },
      'a',
      'ts',
    ),
  ).toThrow(
    `generate: keyspace 'shop' does not exist; create it, or give the DataSource createKeyspace`,
  )
})
