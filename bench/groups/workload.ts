import { deepStrictEqual } from 'node:assert/strict'
import * as rows from '../models/rows'
import { type Group, rowsIn, sameRow, sameRows } from './group'

const storedUsers = (seed: number) => {
  const users = rows.users(seed, 100)
  return { stored: { users }, given: { users } }
}
const ofBuild = (count: number) => (seed: number) => {
  const runs = rows.testRuns(seed, count)
  return { stored: { test_runs: runs }, given: { test_runs: runs } }
}

/** Groups as an application has them, of several statements. */
export const workload = {
  'get-or-create-user': {
    does: 'looks a new username up by its index, inserts the user, and looks it up again',
    tables: ['users'],
    data: (seed) => ({ given: { users: rows.users(seed, 1) } }),
    check: async ({ result, data, query }) => {
      const [user] = await query('SELECT * FROM users')
      sameRow(result, user)
      const [first] = rowsIn(data.given, 'users')
      deepStrictEqual(user?.['full_name'], first?.['full_name'])
    },
    sequential: 80,
    inFlight: 400,
  },
  'runs-by-partition': {
    does: 'reads the 5 rows of a partition, 13 columns',
    tables: ['test_runs'],
    data: ofBuild(5),
    check: ({ result, data }) => sameRows(result, rowsIn(data.stored, 'test_runs')),
    sequential: 200,
    inFlight: 2000,
  },
  'latest-runs': {
    does: 'reads the latest 3 of 15 rows of a partition',
    tables: ['test_runs'],
    data: ofBuild(15),
    check: ({ result, data }) => sameRows(result, rowsIn(data.stored, 'test_runs').slice(0, 3)),
    sequential: 200,
    inFlight: 2000,
  },
  'list-mutation': {
    does: 'reads a user, appends a role if it is absent, and saves',
    tables: ['users'],
    data: storedUsers,
    check: async ({ data, query }) => {
      const [user] = rowsIn(data.given, 'users')
      const found = (await query('SELECT * FROM users')).find(({ id }) => id === user?.['id'])
      sameRow(found, { ...user, roles: ['reader', 'writer', 'admin'] })
    },
    sequential: 150,
    inFlight: 1000,
  },
  'batch-events': {
    does: 'inserts 10 events of 9 columns in a logged batch',
    tables: ['run_events'],
    data: (seed) => ({ given: { run_events: rows.runEvents(seed, 1000) } }),
    check: async ({ query }) => {
      deepStrictEqual((await query('SELECT id FROM run_events')).length, 10)
    },
    sequential: 50,
    inFlight: 200,
  },
  'notification-feed': {
    does: 'reads the latest 10 of 15 notifications, 9 columns',
    tables: ['notifications'],
    data: (seed) => {
      const notifications = rows.notifications(seed, 15)
      return { stored: { notifications }, given: { notifications } }
    },
    check: ({ result, data }) =>
      sameRows(result, rowsIn(data.stored, 'notifications').slice(0, 10)),
    sequential: 150,
    inFlight: 1500,
  },
  'status-update': {
    does: 'reads a run, changes two columns, and saves',
    tables: ['test_runs'],
    data: ofBuild(15),
    check: async ({ data, query }) => {
      const [run] = rowsIn(data.given, 'test_runs')
      const [found] = await query('SELECT * FROM test_runs')
      sameRow(found, { ...run, status: 'passed', heartbeat: 7 })
    },
    sequential: 150,
    inFlight: 1000,
  },
  'comment-collections': {
    does: 'reads a comment, adds a mention and a reaction if they are absent, and saves',
    tables: ['comments'],
    data: (seed) => {
      const comments = rows.comments(seed, 100)
      return { stored: { comments }, given: { comments } }
    },
    check: async ({ data, query }) => {
      const [comment] = rowsIn(data.given, 'comments')
      const found = (await query('SELECT * FROM comments')).find(({ id }) => id === comment?.['id'])
      const { mentions, reactions, user_id } = comment as unknown as {
        mentions: string[]
        reactions: Record<string, number>
        user_id: string
      }
      const changed = { mentions: [...mentions, user_id], reactions: { ...reactions, seen: 1 } }
      const { reactions: found_reactions, ...rest } = found ?? {}
      sameRow(rest, { mentions: changed.mentions, message: comment?.['message'] ?? null })
      deepStrictEqual({ ...(found_reactions as object) }, { ...changed.reactions })
    },
    sequential: 150,
    inFlight: 1000,
  },
  'multi-model-lookup': {
    does: 'reads an event by key, then its user',
    tables: ['run_events', 'users'],
    data: (seed) => {
      const users = rows.users(seed, 100)
      const events = rows
        .runEvents(seed + 1, 100)
        .map((event, index) => Object.assign(event, { user_id: users[index]?.['id'] ?? null }))
      return { stored: { users, run_events: events }, given: { run_events: events, users } }
    },
    check: ({ result, data }) => sameRow(result, rowsIn(data.given, 'users')[0]),
    sequential: 150,
    inFlight: 1500,
  },
} as const satisfies Record<string, Group>
