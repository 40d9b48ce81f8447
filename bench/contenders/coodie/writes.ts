import { type Repository, Uuid } from 'coodie'
import { Event } from '../../models/products'
import { Counter } from '../../models/runs'
import type { TableName } from '../../models/tables'
import { type Case, type Writes, slices } from '../contender'
import { type Context, has, properties } from './context'

const inserts =
  <E extends object>(
    repositoryOf: (context: Context) => Repository<E>,
    table: TableName,
  ): Case<Context> =>
  (context, given) => {
    const repository = repositoryOf(context)
    const rows = properties(repository, given, table)
    return (index) => repository.save(repository.create(rows(index)))
  }

const batches =
  (count: number): Case<Context> =>
  ({ db, events }, given) => {
    const rows = properties(events, given, 'events')
    const batchOf = slices(
      (given.events ?? []).map((_, index) => rows(index)),
      count,
    )
    return (index) => {
      const batch = db.batch()
      for (const row of batchOf(index)) batch.insert(Event, events.create(row))
      return batch.execute()
    }
  }

export const writes: Writes<Context> = {
  'single-insert': inserts(({ products }) => products, 'products'),
  'insert-if-not-exists': ({ products }, given) => {
    const rows = properties(products, given, 'products')
    return async (index) => {
      const product = products.create({ ...rows(index), id: Uuid.random() })
      return (await products.insert(product, { ifNotExists: true })).applied
    }
  },
  'insert-with-ttl': ({ products }, given) => {
    const rows = properties(products, given, 'products')
    return (index) => products.save(products.create(rows(index)), { ttl: 3600 })
  },
  'partial-update': ({ products }, given) => {
    const rows = properties(products, given, 'products')
    return (index) =>
      products.update({ id: has(rows(index).id) }, { price: 1.25, description: 'updated' })
  },
  'get-then-update': ({ products }, given) => {
    const rows = properties(products, given, 'products')
    return async (index) => {
      const { id, price } = await products.findOneByOrFail({ id: has(rows(index).id) })
      await products.update({ id }, { price: price + 0.25 })
    }
  },
  'update-if-condition': ({ products }, given) => {
    const rows = properties(products, given, 'products')
    return async (index) => {
      const { id, brand } = rows(index)
      const condition = { if: { brand: has(brand) } }
      return (await products.update({ id: has(id) }, { price: 1.25 }, condition)).applied
    }
  },
  'single-delete': ({ products }, given) => {
    const rows = properties(products, given, 'products')
    return async (index) => {
      const product = products.create(rows(index))
      await products.save(product)
      await products.delete({ id: product.id })
    }
  },
  'bulk-delete': ({ readings }, given) => {
    const rows = properties(readings, given, 'readings')
    return (index) => readings.delete({ sensor: has(rows(index).sensor) })
  },
  'batch-insert-10': batches(10),
  'batch-insert-100': batches(100),
  'mass-insert-1000': ({ events }, given) => {
    const rows = properties(events, given, 'events')
    const indexes = (given.events ?? []).keys()
    const all = [...indexes].map((index) => rows(index))
    return () =>
      events.save(
        all.map((row) => events.create(row)),
        { concurrency: 32 },
      )
  },
  'collection-write': inserts(({ comments }) => comments, 'comments'),
  'vector-insert': inserts(({ vectors }) => vectors, 'vector_products'),
  'counter-increment': ({ db }, given) => {
    const counters = db.getCounterRepository(Counter)
    const rows = properties(Counter, given, 'counters')
    return (index) => counters.increment({ page: has(rows(index).page) }, { views: 1n })
  },
}
