import { mapping, types } from 'cassandra-driver'
import type { TableName } from '../../models/tables'
import { type Case, type Writes, slices } from '../contender'
import { type Models, documents } from './models'

const { Uuid } = types

const inserts =
  (table: TableName, options: { ttl?: number } = {}): Case<Models> =>
  ({ of }, given) => {
    const all = documents(given, table)
    const model = of[table]
    return (index) => model.insert(all(index), options)
  }

export const mapperInserts = inserts

export const mapperBatches =
  (table: TableName, count: number): Case<Models> =>
  ({ of, mapper }, given) => {
    const all = documents(given, table)
    const batch = slices(
      (given[table] ?? []).map((_, index) => all(index)),
      count,
    )
    const { batching } = of[table]
    return (index) =>
      mapper.batch(
        batch(index).map((document) => batching.insert(document)),
        { logged: true },
      )
  }

export const writes: Writes<Models> = {
  'single-insert': inserts('products'),
  'insert-if-not-exists': ({ of }, given) => {
    const all = documents(given, 'products')
    return async (index) => {
      const document = { ...all(index), id: Uuid.random() }
      return (await of.products.insert(document, { ifNotExists: true })).wasApplied()
    }
  },
  'insert-with-ttl': inserts('products', { ttl: 3600 }),
  'partial-update': ({ of }, given) => {
    const all = documents(given, 'products')
    return (index) =>
      of.products.update({ id: all(index)['id'], price: 1.25, description: 'updated' })
  },
  'get-then-update': ({ of }, given) => {
    const all = documents(given, 'products')
    return async (index) => {
      const { id } = all(index)
      const found = await of.products.get({ id })
      await of.products.update({ id, price: Number(found?.['price']) + 0.25 })
    }
  },
  'update-if-condition': ({ of }, given) => {
    const all = documents(given, 'products')
    return async (index) => {
      const { id, brand } = all(index)
      return (await of.products.update({ id, price: 1.25 }, { when: { brand } })).wasApplied()
    }
  },
  'single-delete': ({ of }, given) => {
    const all = documents(given, 'products')
    return async (index) => {
      const document = all(index)
      await of.products.insert(document)
      await of.products.remove({ id: document['id'] })
    }
  },
  'bulk-delete': ({ of }, given) => {
    const all = documents(given, 'readings')
    const remove = of.readings.mapWithQuery('DELETE FROM readings WHERE sensor = ?', (document) => [
      document['sensor'],
    ])
    return (index) => remove(all(index))
  },
  'batch-insert-10': mapperBatches('events', 10),
  'batch-insert-100': mapperBatches('events', 100),
  'mass-insert-1000': { cannot: 'it has nothing of its own for it' },
  'collection-write': inserts('comments'),
  'vector-insert': inserts('vector_products'),
  'counter-increment': ({ of }, given) => {
    const all = documents(given, 'counters')
    return (index) => of.counters.update({ page: all(index)['page'], views: mapping.q.incr(1) })
  },
}
