import { deepStrictEqual, ok } from 'node:assert/strict'
import * as rows from '../models/rows'
import { type Group, rowsIn, sameRow, sameRows } from './group'

const oneProduct = (seed: number) => ({ given: { products: rows.products(seed, 1) } })
const address = { street: 'Main Street 1', city: 'Springfield', zip: 12_345 }
const customer = { name: 'Ann', home: address, work: { ...address, street: 'Side Street 2' } }
const fast = { tables: [], sequential: 100_000 } as const

/** Runs on a recorded answer: the whole call except for the socket and the server. */
const rowToEntity = (count: number, sequential: number) =>
  ({
    does: `turns the recorded answer to a read of ${count} row${count === 1 ? '' : 's'} into results`,
    tables: ['readings'],
    data: (seed: number) => {
      const readings = rows.readings(seed, count)
      return { stored: { readings }, given: { readings: readings.slice(0, 1) } }
    },
    check: ({ result, data }) => sameRows(result, rowsIn(data.stored, 'readings')),
    sequential,
    isReplayed: true,
  }) satisfies Group

/** Groups that need no server. */
export const noDatabase = {
  instantiation: {
    ...fast,
    does: 'makes an entity of 7 columns from an object',
    data: oneProduct,
    check: ({ result, data }) => sameRow(result, rowsIn(data.given, 'products')[0]),
  },
  serialization: {
    ...fast,
    does: 'makes a JSON-safe object of an entity of 7 columns',
    data: oneProduct,
    check: ({ result, data }) => sameRow(result, rowsIn(data.given, 'products')[0]),
  },
  'udt-instantiation': {
    ...fast,
    does: 'makes a value of a user-defined type of 3 fields',
    check: ({ result }) => deepStrictEqual(result, address),
  },
  'udt-serialization': {
    ...fast,
    does: 'makes a JSON-safe object of a value of a user-defined type',
    check: ({ result }) => deepStrictEqual(result, address),
  },
  'udt-nested-serialization': {
    ...fast,
    does: 'makes a JSON-safe object of a value with two values of a user-defined type in it',
    check: ({ result }) => deepStrictEqual(result, customer),
  },
  'udt-ddl': {
    ...fast,
    does: 'makes the CREATE TYPE of a user-defined type',
    check: ({ result }) => ok(/CREATE TYPE .*address/iu.test(String(result)), 'no CREATE TYPE'),
    sequential: 5000,
  },
  'test-run-instantiation': {
    ...fast,
    does: 'makes an entity from 11 values',
    data: (seed) => {
      const [run] = rows.testRuns(seed, 1)
      const { end_time: _, scylla_version: __, ...values } = run ?? {}
      return { given: { test_runs: [values] } }
    },
    check: ({ result, data }) => sameRow(result, rowsIn(data.given, 'test_runs')[0]),
  },
  'row-to-entity-1': rowToEntity(1, 5000),
  'row-to-entity-10': rowToEntity(10, 3000),
  'row-to-entity-100': rowToEntity(100, 500),
  'row-to-entity-1000': rowToEntity(1000, 60),
  'statement-lookup': {
    ...fast,
    does: 'finds the statement of a read in the cache, and sends nothing',
    check: ({ result }) => ok(result === null, 'something was read'),
  },
} as const satisfies Record<string, Group>
