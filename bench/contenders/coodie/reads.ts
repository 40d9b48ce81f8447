import type { Reading } from '../../models/runs'
import type { Reads } from '../contender'
import { type Context, has, properties } from './context'

export const reads: Reads<Context> = {
  'get-by-pk': ({ products }, given) => {
    const rows = properties(products, given, 'products')
    return (index) => products.findOneBy({ id: has(rows(index).id) })
  },
  'filter-secondary-index':
    ({ products }) =>
    () =>
      products.findBy({ brand: 'Acme' }),
  'filter-limit':
    ({ products }) =>
    () =>
      products.find({ where: { brand: 'Acme' }, limit: 10 }),
  count:
    ({ products }) =>
    () =>
      products.countBy({ brand: 'Acme' }),
  'collection-read': ({ comments }, given) => {
    const rows = properties(comments, given, 'comments')
    return (index) => {
      const { id, postedAt } = rows(index)
      return comments.findOneBy({ id: has(id), postedAt: has(postedAt) })
    }
  },
  'collection-roundtrip': ({ comments }, given) => {
    const rows = properties(comments, given, 'comments')
    return async (index) => {
      const { id, postedAt } = await comments.save(comments.create(rows(index)))
      return comments.findOneBy({ id, postedAt })
    }
  },
  'vector-ann': ({ vectors }, given) => {
    const rows = properties(vectors, given, 'vector_products')
    return async (index) => {
      const found = await vectors.findNearest('embedding', has(rows(index).embedding), { limit: 5 })
      return found.map(({ entity }) => entity)
    }
  },
  'partition-1000-rows': ({ readings }, given) => {
    const sensor = has(properties(readings, given, 'readings')(0).sensor)
    return () => readings.findBy({ sensor })
  },
  'paged-5000-rows': ({ readings }, given) => {
    const sensor = has(properties(readings, given, 'readings')(0).sensor)
    return async () => {
      const all: Reading[][] = []
      let pageState: string | null = null
      do {
        const page: { items: Reading[]; pageState: string | null } = await readings.findPage({
          where: { sensor },
          fetchSize: 1000,
          pageState,
        })
        all.push(page.items)
        pageState = page.pageState
      } while (pageState !== null)
      return all.flat()
    }
  },
  projection: ({ comments }, given) => {
    const id = has(properties(comments, given, 'comments')(0).id)
    return () => comments.find({ where: { id }, select: ['postedAt', 'message'] })
  },
  'stream-5000-rows': ({ readings }, given) => {
    const sensor = has(properties(readings, given, 'readings')(0).sensor)
    return async () => {
      let sum = 0
      for await (const reading of readings.stream({ where: { sensor }, fetchSize: 1000 })) {
        sum += reading.value
      }
      return sum
    }
  },
}
