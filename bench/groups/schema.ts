import { deepStrictEqual, ok } from 'node:assert/strict'
import type { Group } from './group'

/** Groups about tables themselves. */
export const schema = {
  'sync-create': {
    does: 'creates a table of 3 columns with an index',
    tables: [],
    check: async ({ result, query }) => {
      const found = await query(`SELECT * FROM ${String(result)}`)
      deepStrictEqual(found, [])
    },
    sequential: 3,
  },
  'sync-noop': {
    does: 'syncs tables that are in sync',
    tables: [],
    check: ({ result }) => ok(result === null, 'something was done'),
    sequential: 200,
  },
} as const satisfies Record<string, Group>
