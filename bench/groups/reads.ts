import { deepStrictEqual, ok } from 'node:assert/strict'
import * as rows from '../models/rows'
import { type Group, type GroupData, rowsIn, sameRow, sameRows, sameRowsById } from './group'

const ofBrand = (seed: number) => {
  const acme = rows.products(seed, 100, { brand: 'Acme' })
  const others = rows.products(seed + 1, 100, { brand: 'Other' })
  return { stored: { products: [...acme, ...others] }, given: { products: acme } }
}
const allOfBrand = ({ given }: GroupData) => rowsIn(given, 'products')
const ofSensor = (count: number) => (seed: number) => {
  const readings = rows.readings(seed, count)
  return { stored: { readings }, given: { readings: readings.slice(0, 1) } }
}
const allReadings = ({ stored }: GroupData) => rowsIn(stored, 'readings')
const fiveThousand = { tables: ['readings'], data: ofSensor(5000), sequential: 8 } as const

/** Groups that read. */
export const reads = {
  'get-by-pk': {
    does: 'reads a row of 7 columns by key',
    tables: ['products'],
    data: (seed) => {
      const products = rows.products(seed, 100)
      return { stored: { products }, given: { products } }
    },
    check: ({ result, data }) => sameRow(result, rowsIn(data.given, 'products')[0]),
    sequential: 400,
    inFlight: 4000,
  },
  'filter-secondary-index': {
    does: 'reads 100 rows of 7 columns by an index',
    tables: ['products'],
    data: ofBrand,
    check: ({ result, data }) => sameRowsById(result, allOfBrand(data)),
    sequential: 40,
    inFlight: 200,
  },
  'filter-limit': {
    does: 'reads 10 rows of 100 by an index',
    tables: ['products'],
    data: ofBrand,
    check: ({ result, data }) => {
      const found = (result ?? []) as readonly rows.Row[]
      deepStrictEqual(found.length, 10)
      const ids = new Set(found.map(({ id }) => id))
      sameRowsById(
        result,
        allOfBrand(data).filter(({ id }) => ids.has(id ?? null)),
      )
    },
    sequential: 100,
    inFlight: 800,
  },
  count: {
    does: 'counts 100 rows by an index',
    tables: ['products'],
    data: ofBrand,
    check: ({ result }) => deepStrictEqual(Number(result), 100),
    sequential: 40,
    inFlight: 400,
  },
  'collection-read': {
    does: 'reads a row of 8 columns with a list and a map',
    tables: ['comments'],
    data: (seed) => {
      const comments = rows.comments(seed, 100)
      return { stored: { comments }, given: { comments } }
    },
    check: ({ result, data }) => sameRow(result, rowsIn(data.given, 'comments')[0]),
    sequential: 400,
    inFlight: 4000,
  },
  'collection-roundtrip': {
    does: 'inserts a row with a list and a map, and reads it',
    tables: ['comments'],
    data: (seed) => ({ given: { comments: rows.comments(seed, 1000) } }),
    check: ({ result, data }) => sameRow(result, rowsIn(data.given, 'comments')[0]),
    sequential: 200,
    inFlight: 1500,
  },
  'vector-ann': {
    does: 'reads the 5 nearest of 100 vectors',
    tables: ['vector_products'],
    data: (seed) => {
      const vectors = rows.vectorProducts(seed, 100)
      return { stored: { vector_products: vectors }, given: { vector_products: vectors } }
    },
    check: ({ result, data }) => {
      const found = (result ?? []) as readonly rows.Row[]
      const first = rowsIn(data.given, 'vector_products')[0]
      deepStrictEqual([found.length, found[0]?.['id']], [5, first?.['id']])
    },
    sequential: 100,
    inFlight: 400,
  },
  'partition-1000-rows': {
    does: 'reads the 1,000 rows of a partition, 4 columns',
    tables: ['readings'],
    data: ofSensor(1000),
    check: ({ result, data }) => sameRows(result, allReadings(data)),
    sequential: 30,
  },
  'paged-5000-rows': {
    ...fiveThousand,
    does: 'reads the 5,000 rows of a partition in pages of 1,000',
    check: ({ result, data }) => sameRows(result, allReadings(data)),
  },
  projection: {
    does: 'reads 2 of 8 columns of the 1,000 rows of a partition',
    tables: ['comments'],
    data: (seed) => {
      const id = '00000000-0000-4000-8000-000000000003'
      const comments = rows.comments(seed, 1000, { id })
      return { stored: { comments }, given: { comments: comments.slice(0, 1) } }
    },
    check: ({ result, data }) => {
      const latest = rowsIn(data.stored, 'comments')
      sameRows(
        result,
        latest.map(({ posted_at = null, message = null }) => ({ posted_at, message })),
      )
      const [first] = result as readonly rows.Row[]
      ok(!(first?.['mentions'] ?? null), 'more than two columns were read')
    },
    sequential: 40,
  },
  'stream-5000-rows': {
    ...fiveThousand,
    does: 'sums a column of 5,000 rows, one after another, in pages of 1,000',
    check: ({ result, data }) => {
      const sum = allReadings(data).reduce((total, { value }) => total + Number(value), 0)
      deepStrictEqual(result, sum)
    },
  },
} as const satisfies Record<string, Group>
