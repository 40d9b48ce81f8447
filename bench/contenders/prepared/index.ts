import { param } from 'coodie'
import { type Cases, type Contender, type Place, contender } from '../contender'
import { type Context, connect, has, properties } from '../coodie/context'

const sensorOf = ({ readings }: Context, given: Parameters<typeof properties>[1]) => ({
  sensor: has(properties(readings, given, 'readings')(0).sensor),
})

/** The 1,000 rows of a partition, or as many as there are. */
const partition: Cases<Context>['partition-1000-rows'] = (context, given) => {
  const query = context.readings.prepare({ where: { sensor: param('sensor') } })
  const params = sensorOf(context, given)
  return () => query.find(params)
}

/** The reads of an application that calls the same queries over and over. */
const cases: Partial<Cases<Context>> = {
  'get-by-pk': ({ products }, given) => {
    const query = products.prepare({ where: { id: param('id') } })
    const rows = properties(products, given, 'products')
    return (index) => query.findOne({ id: has(rows(index).id) })
  },
  'filter-secondary-index': ({ products }) => {
    const query = products.prepare({ where: { brand: param('brand') } })
    return () => query.find({ brand: 'Acme' })
  },
  'filter-limit': ({ products }) => {
    const query = products.prepare({ where: { brand: param('brand') }, limit: 10 })
    return () => query.find({ brand: 'Acme' })
  },
  'collection-read': ({ comments }, given) => {
    const query = comments.prepare({ where: { id: param('id'), postedAt: param('postedAt') } })
    const rows = properties(comments, given, 'comments')
    return (index) => {
      const { id, postedAt } = rows(index)
      return query.findOne({ id: has(id), postedAt: has(postedAt) })
    }
  },
  'partition-1000-rows': partition,
  projection: ({ comments }, given) => {
    const query = comments.prepare({
      where: { id: param('id') },
      select: ['postedAt', 'message'],
    })
    const id = has(properties(comments, given, 'comments')(0).id)
    return () => query.find({ id })
  },
  'stream-5000-rows': (context, given) => {
    const where = { sensor: param('sensor') }
    const query = context.readings.prepare({ where, fetchSize: 1000 })
    const params = sensorOf(context, given)
    return async () => {
      let sum = 0
      for await (const reading of query.stream(params)) sum += reading.value
      return sum
    }
  },
  'row-to-entity-1': partition,
  'row-to-entity-10': partition,
  'row-to-entity-100': partition,
  'row-to-entity-1000': partition,
  'runs-by-partition': ({ runs }) => {
    const query = runs.prepare({ where: { buildId: param('build') } })
    return () => query.find({ build: 'build' })
  },
  'latest-runs': ({ runs }) => {
    const query = runs.prepare({ where: { buildId: param('build') }, limit: 3 })
    return () => query.find({ build: 'build' })
  },
  'notification-feed': ({ notifications }, given) => {
    const query = notifications.prepare({ where: { receiver: param('receiver') }, limit: 10 })
    const receiver = has(properties(notifications, given, 'notifications')(0).receiver)
    return () => query.find({ receiver })
  },
}

/** This package by its prepared queries, where there are some. */
export async function open(place: Place): Promise<Contender> {
  const context = await connect(place)
  return contender(context.db.client as never, context, cases, () => context.db.destroy())
}
