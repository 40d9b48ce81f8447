import { deepStrictEqual, ok } from 'node:assert/strict'
import * as rows from '../models/rows'
import { type Group, type Outcome, rowsIn, sameRow } from './group'

const given = (seed: number) => ({ given: { products: rows.products(seed, 1000) } })
const stored = (seed: number) => {
  const products = rows.products(seed, 100)
  return { stored: { products }, given: { products } }
}
const firstProduct = ({ data }: Outcome) => rowsIn(data.given, 'products')[0]
const isStored = async (outcome: Outcome) => {
  const [found] = await outcome.query('SELECT * FROM products')
  sameRow(found, firstProduct(outcome))
}
const priceOf = async ({ data, query }: Outcome) => {
  const { id, price } = rowsIn(data.given, 'products')[0] ?? {}
  const all = await query('SELECT * FROM products')
  const found = all.find((row) => row['id'] === id)
  return { before: Number(price), after: Number(found?.['price']), found }
}

const single = { tables: ['products'], sequential: 400, inFlight: 4000 } as const
const batchOf = (count: number, sequential: number, inFlight: number) =>
  ({
    does: `inserts ${count} rows in a logged batch`,
    tables: ['events'],
    data: (seed: number) => ({ given: { events: rows.events(seed, 1000) } }),
    check: async ({ query }) => {
      deepStrictEqual((await query('SELECT id FROM events')).length, count)
    },
    sequential,
    inFlight,
  }) satisfies Group

/** Groups that write. */
export const writes = {
  'single-insert': {
    ...single,
    does: 'inserts a row of 7 columns',
    data: given,
    check: isStored,
  },
  'insert-if-not-exists': {
    ...single,
    does: 'inserts a row with a fresh id if it does not exist',
    data: given,
    check: async ({ result, query }) => {
      deepStrictEqual(result, 1, 'not applied')
      deepStrictEqual((await query('SELECT id FROM products')).length, 1)
    },
    sequential: 200,
    inFlight: 1000,
  },
  'insert-with-ttl': {
    ...single,
    does: 'inserts a row that lives for an hour',
    data: given,
    check: async (outcome) => {
      await isStored(outcome)
      const [found] = await outcome.query('SELECT ttl(name) AS ttl FROM products')
      ok(Number(found?.['ttl']) > 3000, 'the row has no ttl')
    },
  },
  'partial-update': {
    ...single,
    does: 'sets two columns by key, in one statement',
    data: stored,
    check: async (outcome) => {
      const { after, found } = await priceOf(outcome)
      deepStrictEqual([after, found?.['description']], [1.25, 'updated'])
    },
  },
  'get-then-update': {
    ...single,
    does: 'reads a row by key and raises its price',
    data: stored,
    check: async (outcome) => {
      const { before, after } = await priceOf(outcome)
      deepStrictEqual(after, before + 0.25)
    },
    inFlight: 2000,
  },
  'update-if-condition': {
    ...single,
    does: 'sets a column if another one has a value',
    data: stored,
    check: async (outcome) => {
      deepStrictEqual(outcome.result, 1, 'not applied')
      deepStrictEqual((await priceOf(outcome)).after, 1.25)
    },
    sequential: 200,
    inFlight: 1000,
  },
  'single-delete': {
    ...single,
    does: 'inserts a row and deletes it by key',
    data: given,
    check: async ({ query }) => {
      deepStrictEqual((await query('SELECT id FROM products')).length, 0)
    },
    inFlight: 2000,
  },
  'bulk-delete': {
    does: 'deletes the 10 rows of a partition in one statement',
    tables: ['readings'],
    data: (seed) => {
      const sensors = rows.products(seed, 100).map(({ id }) => id ?? null)
      const readings = sensors.flatMap((sensor) => rows.readings(seed, 10, { sensor }))
      const firsts = readings.filter((_, index) => index % 10 === 0)
      return { stored: { readings }, given: { readings: firsts } }
    },
    check: async ({ query }) => {
      deepStrictEqual((await query('SELECT sensor FROM readings')).length, 990)
    },
    sequential: 400,
    inFlight: 4000,
  },
  'batch-insert-10': batchOf(10, 100, 800),
  'batch-insert-100': batchOf(100, 20, 100),
  'mass-insert-1000': {
    does: 'inserts 1,000 rows, 32 statements under way, by what the contender has for it',
    tables: ['events'],
    data: (seed) => ({ given: { events: rows.events(seed, 1000) } }),
    check: async ({ query }) => {
      deepStrictEqual((await query('SELECT id FROM events')).length, 1000)
    },
    sequential: 5,
  },
  'collection-write': {
    does: 'inserts a row of 8 columns with a list and a map',
    tables: ['comments'],
    data: (seed) => ({ given: { comments: rows.comments(seed, 1000) } }),
    check: async ({ data, query }) => {
      const [found] = await query('SELECT * FROM comments')
      sameRow(found, rowsIn(data.given, 'comments')[0])
    },
    sequential: 400,
    inFlight: 2000,
  },
  'vector-insert': {
    does: 'inserts a row with a vector of 16 floats',
    tables: ['vector_products'],
    data: (seed) => ({ given: { vector_products: rows.vectorProducts(seed, 1000) } }),
    check: async ({ data, query }) => {
      const [found] = await query('SELECT * FROM vector_products')
      sameRow(found, rowsIn(data.given, 'vector_products')[0])
    },
    sequential: 200,
    inFlight: 1000,
  },
  'counter-increment': {
    does: 'adds 1 to one of 10 counters',
    tables: ['counters'],
    data: () => ({
      given: { counters: Array.from({ length: 10 }, (_, page) => ({ page: `page-${page}` })) },
    }),
    check: async ({ query }) => {
      deepStrictEqual(await query('SELECT * FROM counters'), [{ page: 'page-0', views: '1' }])
    },
    sequential: 200,
    inFlight: 1000,
  },
} as const satisfies Record<string, Group>
