import { type Client, types } from 'cassandra-driver'
import { insertAll } from '../../models/table'
import { tables } from '../../models/tables'
import { type Workload, ringOf } from '../contender'
import { execute, first } from './execute'
import { driverBatches } from './writes'

const { Uuid } = types

export const workload: Workload<Client> = {
  'get-or-create-user': (client, given) => {
    const pattern = ringOf(given, 'users')(0)
    const { email, full_name, registration_date, roles, picture_id, api_token } = pattern
    const insert = insertAll('users', tables.users)
    const getOrCreate = async (username: string) => {
      const found = await first(client, 'SELECT * FROM users WHERE username = ?', [username])
      if (found !== undefined) return found
      const user = { id: Uuid.random(), username, email, full_name, registration_date, roles }
      const params = [...Object.values(user), picture_id, api_token]
      await execute(client, insert, params)
      return { ...user, picture_id, api_token }
    }
    return async (index) => {
      const username = `user-${index}`
      await getOrCreate(username)
      return getOrCreate(username)
    }
  },
  'runs-by-partition': (client) => async () =>
    (await execute(client, 'SELECT * FROM test_runs WHERE build_id = ?', ['build'])).rows,
  'latest-runs': (client) => async () =>
    (await execute(client, 'SELECT * FROM test_runs WHERE build_id = ? LIMIT ?', ['build', 3]))
      .rows,
  'list-mutation': (client, given) => {
    const users = ringOf(given, 'users')
    return async (index) => {
      const { id } = users(index)
      const user = await first(client, 'SELECT * FROM users WHERE id = ?', [id])
      const roles = (user?.['roles'] ?? []) as string[]
      if (!roles.includes('admin')) roles.push('admin')
      await execute(client, 'UPDATE users SET roles = ? WHERE id = ?', [roles, id])
    }
  },
  'batch-events': driverBatches('run_events', 10),
  'notification-feed': (client, given) => {
    const { receiver } = ringOf(given, 'notifications')(0)
    const cql = 'SELECT * FROM notifications WHERE receiver = ? LIMIT ?'
    return async () => (await execute(client, cql, [receiver, 10])).rows
  },
  'status-update': (client, given) => {
    const runs = ringOf(given, 'test_runs')
    const select = 'SELECT * FROM test_runs WHERE build_id = ? AND start_time = ?'
    const update =
      'UPDATE test_runs SET status = ?, heartbeat = ? WHERE build_id = ? AND start_time = ?'
    return async (index) => {
      const { build_id, start_time } = runs(index)
      const run = await first(client, select, [build_id, start_time])
      await execute(client, update, ['passed', 7, run?.['build_id'], run?.['start_time']])
    }
  },
  'comment-collections': (client, given) => {
    const comments = ringOf(given, 'comments')
    const select = 'SELECT * FROM comments WHERE id = ? AND posted_at = ?'
    const update = 'UPDATE comments SET mentions = ?, reactions = ? WHERE id = ? AND posted_at = ?'
    return async (index) => {
      const { id, posted_at } = comments(index)
      const comment = await first(client, select, [id, posted_at])
      const user = comment?.['user_id'] as types.Uuid
      const mentions = (comment?.['mentions'] ?? []) as types.Uuid[]
      const reactions = (comment?.['reactions'] ?? {}) as Record<string, number>
      if (!mentions.some((one) => one.equals(user))) mentions.push(user)
      reactions['seen'] = 1
      await execute(client, update, [mentions, reactions, id, posted_at])
    }
  },
  'multi-model-lookup': (client, given) => {
    const events = ringOf(given, 'run_events')
    return async (index) => {
      const { id } = events(index)
      const event = await first(client, 'SELECT * FROM run_events WHERE id = ?', [id])
      return first(client, 'SELECT * FROM users WHERE id = ?', [event?.['user_id']])
    }
  },
}
