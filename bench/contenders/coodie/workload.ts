import { Uuid } from 'coodie'
import { RunEvent } from '../../models/runs'
import { type Workload, slices } from '../contender'
import { type Context, has, properties } from './context'

export const workload: Workload<Context> = {
  'get-or-create-user': ({ users }, given) => {
    const pattern = properties(users, given, 'users')(0)
    const getOrCreate = async (username: string) =>
      (await users.findOneBy({ username })) ??
      users.save(users.create({ ...pattern, id: Uuid.random(), username }))
    return async (index) => {
      const username = `user-${index}`
      await getOrCreate(username)
      return getOrCreate(username)
    }
  },
  'runs-by-partition':
    ({ runs }) =>
    () =>
      runs.findBy({ buildId: 'build' }),
  'latest-runs':
    ({ runs }) =>
    () =>
      runs.find({ where: { buildId: 'build' }, limit: 3 }),
  'list-mutation': ({ users }, given) => {
    const rows = properties(users, given, 'users')
    return async (index) => {
      const user = await users.findOneByOrFail({ id: has(rows(index).id) })
      if (!user.roles.includes('admin')) user.roles.push('admin')
      await users.save(user)
    }
  },
  'batch-events': ({ db, runEvents }, given) => {
    const rows = properties(runEvents, given, 'run_events')
    const batchOf = slices(
      (given.run_events ?? []).map((_, index) => rows(index)),
      10,
    )
    return (index) => {
      const batch = db.batch()
      for (const row of batchOf(index)) batch.insert(RunEvent, runEvents.create(row))
      return batch.execute()
    }
  },
  'notification-feed': ({ notifications }, given) => {
    const receiver = has(properties(notifications, given, 'notifications')(0).receiver)
    return () => notifications.find({ where: { receiver }, limit: 10 })
  },
  'status-update': ({ runs }, given) => {
    const rows = properties(runs, given, 'test_runs')
    return async (index) => {
      const { buildId, startTime } = rows(index)
      const run = await runs.findOneByOrFail({ buildId: has(buildId), startTime: has(startTime) })
      run.status = 'passed'
      run.heartbeat = 7
      await runs.save(run)
    }
  },
  'comment-collections': ({ comments }, given) => {
    const rows = properties(comments, given, 'comments')
    return async (index) => {
      const { id, postedAt } = rows(index)
      const comment = await comments.findOneByOrFail({ id: has(id), postedAt: has(postedAt) })
      const { mentions, reactions, userId } = comment
      if (!mentions.some((one) => one.equals(userId))) mentions.push(userId)
      reactions.set('seen', 1)
      await comments.save(comment)
    }
  },
  'multi-model-lookup': ({ runEvents, users }, given) => {
    const rows = properties(runEvents, given, 'run_events')
    return async (index) => {
      const { userId } = await runEvents.findOneByOrFail({ id: has(rows(index).id) })
      return users.findOneBy({ id: has(userId ?? undefined) })
    }
  },
}
