import { types } from 'cassandra-driver'
import { type NoDatabase, type SchemaCases, type Workload, ringOf } from '../contender'
import { noDatabase as ofDriver } from '../driver/no-database'
import { type Models, documents } from './models'
import { reads } from './reads'
import { mapperBatches } from './writes'

const { Uuid } = types
const noTables = { cannot: 'it makes no tables' }
const recorded = reads['partition-1000-rows']
const plain = { cannot: 'its documents are plain objects' }

export const schema: SchemaCases<Models> = { 'sync-create': noTables, 'sync-noop': noTables }

export const noDatabase: NoDatabase<Models> = {
  instantiation: plain,
  serialization: (_, given) => {
    const document = documents(given, 'products')(0)
    return () => JSON.parse(JSON.stringify(document)) as unknown
  },
  'udt-instantiation': plain,
  'udt-serialization': plain,
  'udt-nested-serialization': plain,
  'udt-ddl': noTables,
  'test-run-instantiation': plain,
  'row-to-entity-1': recorded,
  'row-to-entity-10': recorded,
  'row-to-entity-100': recorded,
  'row-to-entity-1000': recorded,
  'statement-lookup': ofDriver['statement-lookup'] as { readonly cannot: string },
}

export const workload: Workload<Models> = {
  'get-or-create-user': ({ of }, given) => {
    const pattern = documents(given, 'users')(0)
    const find = of.users.mapWithQuery('SELECT * FROM users WHERE username = ?', ({ username }) => [
      username,
    ])
    const getOrCreate = async (username: string) => {
      const found = (await find({ username })).first()
      if (found !== null) return found
      const user = { ...pattern, id: Uuid.random(), username }
      await of.users.insert(user)
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
    async () =>
      (await of.test_runs.find({ buildId: 'build' })).toArray(),
  'latest-runs':
    ({ of }) =>
    async () =>
      (await of.test_runs.find({ buildId: 'build' }, { limit: 3 })).toArray(),
  'list-mutation': ({ of }, given) => {
    const users = ringOf(given, 'users')
    return async (index) => {
      const { id } = users(index)
      const user = await of.users.get({ id })
      const roles = (user?.['roles'] ?? []) as string[]
      if (!roles.includes('admin')) roles.push('admin')
      await of.users.update({ id, roles })
    }
  },
  'batch-events': mapperBatches('run_events', 10),
  'notification-feed': ({ of }, given) => {
    const { receiver } = ringOf(given, 'notifications')(0)
    return async () => (await of.notifications.find({ receiver }, { limit: 10 })).toArray()
  },
  'status-update': ({ of }, given) => {
    const runs = documents(given, 'test_runs')
    return async (index) => {
      const { buildId, startTime } = runs(index)
      const run = await of.test_runs.get({ buildId, startTime })
      await of.test_runs.update({
        buildId: run?.['buildId'],
        startTime: run?.['startTime'],
        status: 'passed',
        heartbeat: 7,
      })
    }
  },
  'comment-collections': ({ of }, given) => {
    const comments = documents(given, 'comments')
    return async (index) => {
      const { id, postedAt } = comments(index)
      const comment = await of.comments.get({ id, postedAt })
      const user = comment?.['userId'] as types.Uuid
      const mentions = (comment?.['mentions'] ?? []) as types.Uuid[]
      const reactions = (comment?.['reactions'] ?? {}) as Record<string, number>
      if (!mentions.some((one) => one.equals(user))) mentions.push(user)
      reactions['seen'] = 1
      await of.comments.update({ id, postedAt, mentions, reactions })
    }
  },
  'multi-model-lookup': ({ of }, given) => {
    const events = documents(given, 'run_events')
    return async (index) => {
      const event = await of.run_events.get({ id: events(index)['id'] })
      return of.users.get({ id: event?.['userId'] })
    }
  },
}
