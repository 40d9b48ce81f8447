import type { Reads } from '../contender'
import { type Document, type Models, documents } from './models'
import { pages } from './pages'
import { mapperInserts } from './writes'

export const reads: Reads<Models> = {
  'get-by-pk': ({ of }, given) => {
    const all = documents(given, 'products')
    return (index) => of.products.get({ id: all(index)['id'] })
  },
  // Its find takes keys alone; a query of one's own is what its manual has for the rest.
  'filter-secondary-index': ({ of }) => {
    const find = of.products.mapWithQuery('SELECT * FROM products WHERE brand = ?', ({ brand }) => [
      brand,
    ])
    return async () => (await find({ brand: 'Acme' })).toArray()
  },
  'filter-limit': ({ of }) => {
    const find = of.products.mapWithQuery(
      'SELECT * FROM products WHERE brand = ? LIMIT ?',
      ({ brand, limit }) => [brand, limit],
    )
    return async () => (await find({ brand: 'Acme', limit: 10 })).toArray()
  },
  count: ({ of }) => {
    const count = of.products.mapWithQuery(
      'SELECT count(*) AS n FROM products WHERE brand = ?',
      ({ brand }) => [brand],
    )
    return async () => Number((await count({ brand: 'Acme' })).first()?.['n'])
  },
  'collection-read': ({ of }, given) => {
    const all = documents(given, 'comments')
    return (index) => {
      const { id, postedAt } = all(index)
      return of.comments.get({ id, postedAt })
    }
  },
  'collection-roundtrip': async (models, given) => {
    const all = documents(given, 'comments')
    const insert = mapperInserts('comments')
    if (typeof insert !== 'function') throw new Error(insert.cannot)
    const write = await insert(models, given)
    return async (index) => {
      await write(index)
      const { id, postedAt } = all(index)
      return models.of.comments.get({ id, postedAt })
    }
  },
  'vector-ann': ({ of }, given) => {
    const all = documents(given, 'vector_products')
    const nearest = of.vector_products.mapWithQuery(
      'SELECT * FROM vector_products ORDER BY embedding ANN OF ? LIMIT ?',
      ({ embedding, limit }) => [embedding, limit],
    )
    return async (index) =>
      (await nearest({ embedding: all(index)['embedding'], limit: 5 })).toArray()
  },
  'partition-1000-rows': ({ of }, given) => {
    const { sensor } = documents(given, 'readings')(0)
    return async () => (await of.readings.find({ sensor })).toArray()
  },
  'paged-5000-rows': ({ of }, given) => {
    const { sensor } = documents(given, 'readings')(0)
    return async () => {
      const all: Document[][] = []
      for await (const page of pages(of.readings, { sensor }, 1000)) all.push(page)
      return all.flat()
    }
  },
  projection: ({ of }, given) => {
    const { id } = documents(given, 'comments')(0)
    const fields = ['postedAt', 'message']
    return async () => (await of.comments.find({ id }, { fields })).toArray()
  },
  'stream-5000-rows': ({ of }, given) => {
    const { sensor } = documents(given, 'readings')(0)
    return async () => {
      let sum = 0
      for await (const page of pages(of.readings, { sensor }, 1000)) {
        for (const reading of page) sum += reading['value'] as number
      }
      return sum
    }
  },
}
