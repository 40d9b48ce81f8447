import { types } from 'cassandra-driver'
import { type Case, type Writes, ringOf, slices } from '../contender'
import type { ModelName, Models } from './models'

const { Uuid } = types
const applied = ({ rows }: { rows: Record<string, unknown>[] }) => rows[0]?.['[applied]'] === true

const inserts =
  (table: ModelName, options: { ttl?: number } = {}): Case<Models> =>
  ({ of }, given) => {
    const rows = ringOf(given, table)
    const Model = of[table]
    return (index) => new Model(rows(index)).saveAsync(options)
  }

export const expressInserts = inserts

export const expressBatches =
  (table: ModelName, count: number): Case<Models> =>
  ({ of, connection }, given) => {
    const rows = ringOf(given, table)
    const Model = of[table]
    const batch = slices(
      (given[table] ?? []).map((_, index) => rows(index)),
      count,
    )
    return (index) =>
      connection.doBatchAsync(
        batch(index).map((row) => new Model(row).save({ return_query: true })),
      )
  }

export const writes: Writes<Models> = {
  'single-insert': inserts('products'),
  'insert-if-not-exists': ({ of }, given) => {
    const rows = ringOf(given, 'products')
    return async (index) => {
      const product = new of.products({ ...rows(index), id: Uuid.random() })
      return applied(await product.saveAsync({ if_not_exist: true }))
    }
  },
  'insert-with-ttl': inserts('products', { ttl: 3600 }),
  'partial-update': ({ of }, given) => {
    const rows = ringOf(given, 'products')
    return (index) =>
      of.products.updateAsync({ id: rows(index)['id'] }, { price: 1.25, description: 'updated' })
  },
  'get-then-update': ({ of }, given) => {
    const rows = ringOf(given, 'products')
    return async (index) => {
      const { id } = rows(index)
      const found = await of.products.findOneAsync({ id })
      await of.products.updateAsync({ id }, { price: Number(found?.['price']) + 0.25 })
    }
  },
  'update-if-condition': ({ of }, given) => {
    const rows = ringOf(given, 'products')
    return async (index) => {
      const { id, brand } = rows(index)
      const conditions = { brand }
      return applied(await of.products.updateAsync({ id }, { price: 1.25 }, { conditions }))
    }
  },
  'single-delete': ({ of }, given) => {
    const rows = ringOf(given, 'products')
    return async (index) => {
      const row = rows(index)
      await new of.products(row).saveAsync()
      await of.products.deleteAsync({ id: row['id'] })
    }
  },
  'bulk-delete': ({ of }, given) => {
    const rows = ringOf(given, 'readings')
    return (index) => of.readings.deleteAsync({ sensor: rows(index)['sensor'] })
  },
  'batch-insert-10': expressBatches('events', 10),
  'batch-insert-100': expressBatches('events', 100),
  'mass-insert-1000': { cannot: 'it has nothing of its own for it' },
  'collection-write': inserts('comments'),
  'vector-insert': { cannot: 'it has no vectors' },
  'counter-increment': ({ of }, given) => {
    const rows = ringOf(given, 'counters')
    const views = types.Long.ONE
    return (index) => of.counters.updateAsync({ page: rows(index)['page'] }, { views })
  },
}
