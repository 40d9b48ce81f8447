import { types } from 'cassandra-driver'
import { type NoDatabase, type SchemaCases, type Workload, ringOf } from '../contender'
import { noDatabase as ofDriver } from '../driver/no-database'
import type { Models } from './models'
import { reads } from './reads'
import { expressBatches } from './writes'

const { Uuid } = types
const recorded = reads['partition-1000-rows']
const noTypes = { cannot: 'its values of user-defined types are plain objects' }

export const schema: SchemaCases<Models> = {
  'sync-create': ({ connection }) => {
    let made = 0
    return async () => {
      const name = `created_${made++}`
      const model = connection.loadSchema(name, {
        table_name: name,
        fields: { id: 'uuid', event_type: 'text', payload: 'text' },
        key: ['id'],
        indexes: ['event_type'],
      })
      await model.syncDBAsync()
      return name
    }
  },
  'sync-noop': async ({ connection }) => {
    const model = connection.loadSchema('synced', {
      table_name: 'synced',
      fields: { id: 'uuid', event_type: 'text', payload: 'text' },
      key: ['id'],
      indexes: ['event_type'],
    })
    await model.syncDBAsync()
    return async () => ((await model.syncDBAsync()) ? 'created' : null)
  },
}

export const noDatabase: NoDatabase<Models> = {
  instantiation: ({ of }, given) => {
    const row = ringOf(given, 'products')(0)
    return () => new of.products(row)
  },
  serialization: ({ of }, given) => {
    const product = new of.products(ringOf(given, 'products')(0))
    return () => JSON.parse(JSON.stringify(product)) as unknown
  },
  'udt-instantiation': noTypes,
  'udt-serialization': noTypes,
  'udt-nested-serialization': noTypes,
  'udt-ddl': { cannot: 'it makes types at its start alone' },
  'test-run-instantiation': ({ of }, given) => {
    const { end_time: _, scylla_version: __, ...values } = ringOf(given, 'test_runs')(0)
    return () => new of.test_runs(values)
  },
  'row-to-entity-1': recorded,
  'row-to-entity-10': recorded,
  'row-to-entity-100': recorded,
  'row-to-entity-1000': recorded,
  'statement-lookup': ofDriver['statement-lookup'] as { readonly cannot: string },
}

export const workload: Workload<Models> = {
  'get-or-create-user': ({ of }, given) => {
    const pattern = ringOf(given, 'users')(0)
    const getOrCreate = async (username: string) => {
      const found = await of.users.findOneAsync({ username })
      if (found !== undefined) return found
      const user = new of.users({ ...pattern, id: Uuid.random(), username })
      await user.saveAsync()
      return user
    }
    return async (index) => {
      const username = `user-${index}`
      await getOrCreate(username)
      return getOrCreate(username)
    }
  },
  'runs-by-partition':
    ({ of }) =>
    () =>
      of.test_runs.findAsync({ build_id: 'build' }),
  'latest-runs':
    ({ of }) =>
    () =>
      of.test_runs.findAsync({ build_id: 'build', $limit: 3 }),
  'list-mutation': ({ of }, given) => {
    const users = ringOf(given, 'users')
    return async (index) => {
      const user = await of.users.findOneAsync({ id: users(index)['id'] })
      if (user === undefined) throw new Error('there is no user')
      const roles = (user['roles'] ?? []) as string[]
      if (!roles.includes('admin')) user['roles'] = [...roles, 'admin']
      await user.saveAsync()
    }
  },
  'batch-events': expressBatches('run_events', 10),
  'notification-feed': ({ of }, given) => {
    const { receiver } = ringOf(given, 'notifications')(0)
    return () => of.notifications.findAsync({ receiver, $limit: 10 })
  },
  'status-update': ({ of }, given) => {
    const runs = ringOf(given, 'test_runs')
    return async (index) => {
      const { build_id, start_time } = runs(index)
      const run = await of.test_runs.findOneAsync({ build_id, start_time })
      if (run === undefined) throw new Error('there is no run')
      run['status'] = 'passed'
      run['heartbeat'] = 7
      await run.saveAsync()
    }
  },
  'comment-collections': ({ of }, given) => {
    const comments = ringOf(given, 'comments')
    return async (index) => {
      const { id, posted_at } = comments(index)
      const comment = await of.comments.findOneAsync({ id, posted_at })
      if (comment === undefined) throw new Error('there is no comment')
      const user = comment['user_id'] as types.Uuid
      const mentions = (comment['mentions'] ?? []) as types.Uuid[]
      if (!mentions.some((one) => one.equals(user))) comment['mentions'] = [...mentions, user]
      comment['reactions'] = { ...(comment['reactions'] as object), seen: 1 }
      await comment.saveAsync()
    }
  },
  'multi-model-lookup': ({ of }, given) => {
    const events = ringOf(given, 'run_events')
    return async (index) => {
      const event = await of.run_events.findOneAsync({ id: events(index)['id'] })
      return of.users.findOneAsync({ id: event?.['user_id'] })
    }
  },
}
