import type { Instance } from 'express-cassandra'
import { type Reads, ringOf } from '../contender'
import type { Models } from './models'

export const reads: Reads<Models> = {
  'get-by-pk': ({ of }, given) => {
    const rows = ringOf(given, 'products')
    return (index) => of.products.findOneAsync({ id: rows(index)['id'] })
  },
  'filter-secondary-index':
    ({ of }) =>
    () =>
      of.products.findAsync({ brand: 'Acme' }),
  'filter-limit':
    ({ of }) =>
    () =>
      of.products.findAsync({ brand: 'Acme', $limit: 10 }),
  count:
    ({ of }) =>
    async () => {
      const [found] = await of.products.findAsync({ brand: 'Acme' }, { select: ['count(id) as n'] })
      return Number(found?.['n'])
    },
  'collection-read': ({ of }, given) => {
    const rows = ringOf(given, 'comments')
    return (index) => {
      const { id, posted_at } = rows(index)
      return of.comments.findOneAsync({ id, posted_at })
    }
  },
  'collection-roundtrip': ({ of }, given) => {
    const rows = ringOf(given, 'comments')
    return async (index) => {
      const row = rows(index)
      await new of.comments(row).saveAsync()
      return of.comments.findOneAsync({ id: row['id'], posted_at: row['posted_at'] })
    }
  },
  'vector-ann': { cannot: 'it has no vectors' },
  'partition-1000-rows': ({ of }, given) => {
    const { sensor } = ringOf(given, 'readings')(0)
    return () => of.readings.findAsync({ sensor })
  },
  'paged-5000-rows': ({ of }, given) => {
    const { sensor } = ringOf(given, 'readings')(0)
    return () =>
      new Promise((resolve, reject) => {
        const all: Instance[] = []
        of.readings.eachRow(
          { sensor },
          { fetchSize: 1000, autoPage: true },
          (_, row) => all.push(row),
          (error) => (error ? reject(error) : resolve(all)),
        )
      })
  },
  projection: ({ of }, given) => {
    const { id } = ringOf(given, 'comments')(0)
    return () => of.comments.findAsync({ id }, { select: ['posted_at', 'message'] })
  },
  'stream-5000-rows': ({ of }, given) => {
    const { sensor } = ringOf(given, 'readings')(0)
    return () =>
      new Promise((resolve, reject) => {
        let sum = 0
        of.readings.stream(
          { sensor },
          { fetchSize: 1000 },
          (reader) => {
            for (let row = reader.readRow(); row !== null; row = reader.readRow()) {
              sum += row['value'] as number
            }
          },
          (error) => (error ? reject(error) : resolve(sum)),
        )
      })
  },
}
