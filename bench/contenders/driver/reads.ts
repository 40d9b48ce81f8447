import type { Client, types } from 'cassandra-driver'
import { type Reads, ringOf } from '../contender'
import { execute, first } from './execute'
import { driverInserts } from './writes'

export const reads: Reads<Client> = {
  'get-by-pk': (client, given) => {
    const rows = ringOf(given, 'products')
    return (index) => first(client, 'SELECT * FROM products WHERE id = ?', [rows(index)['id']])
  },
  'filter-secondary-index': (client) => async () =>
    (await execute(client, 'SELECT * FROM products WHERE brand = ?', ['Acme'])).rows,
  'filter-limit': (client) => async () =>
    (await execute(client, 'SELECT * FROM products WHERE brand = ? LIMIT ?', ['Acme', 10])).rows,
  count: (client) => async () => {
    const cql = 'SELECT count(*) AS n FROM products WHERE brand = ?'
    return Number((await first(client, cql, ['Acme']))?.['n'])
  },
  'collection-read': (client, given) => {
    const rows = ringOf(given, 'comments')
    const cql = 'SELECT * FROM comments WHERE id = ? AND posted_at = ?'
    return (index) => {
      const { id, posted_at } = rows(index)
      return first(client, cql, [id, posted_at])
    }
  },
  'collection-roundtrip': async (client, given) => {
    const rows = ringOf(given, 'comments')
    const insert = driverInserts('comments')
    if (typeof insert !== 'function') throw new Error(insert.cannot)
    const write = await insert(client, given)
    const cql = 'SELECT * FROM comments WHERE id = ? AND posted_at = ?'
    return async (index) => {
      await write(index)
      const { id, posted_at } = rows(index)
      return first(client, cql, [id, posted_at])
    }
  },
  'vector-ann': (client, given) => {
    const rows = ringOf(given, 'vector_products')
    const cql = 'SELECT * FROM vector_products ORDER BY embedding ANN OF ? LIMIT ?'
    return async (index) => (await execute(client, cql, [rows(index)['embedding'], 5])).rows
  },
  'partition-1000-rows': (client, given) => {
    const { sensor } = ringOf(given, 'readings')(0)
    return async () =>
      (await execute(client, 'SELECT * FROM readings WHERE sensor = ?', [sensor])).rows
  },
  'paged-5000-rows': (client, given) => {
    const { sensor } = ringOf(given, 'readings')(0)
    return async () => {
      const all: types.Row[][] = []
      let pageState: string | undefined
      do {
        const page = await client.execute('SELECT * FROM readings WHERE sensor = ?', [sensor], {
          prepare: true,
          fetchSize: 1000,
          ...(pageState !== undefined && { pageState }),
        })
        all.push(page.rows)
        pageState = page.pageState ?? undefined
      } while (pageState !== undefined)
      return all.flat()
    }
  },
  projection: (client, given) => {
    const { id } = ringOf(given, 'comments')(0)
    const cql = 'SELECT posted_at, message FROM comments WHERE id = ?'
    return async () => (await execute(client, cql, [id])).rows
  },
  'stream-5000-rows': (client, given) => {
    const { sensor } = ringOf(given, 'readings')(0)
    const options = { prepare: true, fetchSize: 1000 }
    return async () => {
      let sum = 0
      const cql = 'SELECT * FROM readings WHERE sensor = ?'
      for await (const row of await client.execute(cql, [sensor], options)) {
        sum += row['value'] as number
      }
      return sum
    }
  },
}
