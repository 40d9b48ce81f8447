import { type Client, concurrent, types } from 'cassandra-driver'
import { insertAll } from '../../models/table'
import { tables } from '../../models/tables'
import type { TableName } from '../../models/tables'
import { type Case, type Writes, ringOf, slices } from '../contender'
import { execute, first } from './execute'

const { Uuid } = types
const into = (table: TableName) => insertAll(table, tables[table])
const columnsOf = (table: TableName) => Object.keys(tables[table].columns)
const paramsOf = (table: TableName, row: Record<string, unknown>) =>
  columnsOf(table).map((column) => row[column])

/** Inserts all columns of the given rows. */
const inserts =
  (table: TableName, suffix = ''): Case<Client> =>
  (client, given) => {
    const rows = ringOf(given, table)
    const params = (given[table] ?? []).map((_, index) => paramsOf(table, rows(index)))
    const cql = into(table) + suffix
    return (index) => execute(client, cql, params[index % params.length] as unknown[])
  }

const batches =
  (table: TableName, count: number): Case<Client> =>
  (client, given) => {
    const rows = ringOf(given, table)
    const query = into(table)
    const statements = (given[table] ?? []).map((_, index) => ({
      query,
      params: paramsOf(table, rows(index)),
    }))
    const batch = slices(statements, count)
    const options = { prepare: true, logged: true }
    return (index) => client.batch(batch(index), options)
  }

export const driverInserts = inserts
export const driverBatches = batches

export const writes: Writes<Client> = {
  'single-insert': inserts('products'),
  'insert-if-not-exists': (client, given) => {
    const rows = ringOf(given, 'products')
    const cql = `${into('products')} IF NOT EXISTS`
    return async (index) => {
      const { name, brand, category, price, tags, description } = rows(index)
      const params = [Uuid.random(), name, brand, category, price, tags, description]
      return (await execute(client, cql, params)).wasApplied()
    }
  },
  'insert-with-ttl': inserts('products', ' USING TTL 3600'),
  'partial-update': (client, given) => {
    const rows = ringOf(given, 'products')
    const cql = 'UPDATE products SET price = ?, description = ? WHERE id = ?'
    return (index) => execute(client, cql, [1.25, 'updated', rows(index)['id']])
  },
  'get-then-update': (client, given) => {
    const rows = ringOf(given, 'products')
    return async (index) => {
      const { id } = rows(index)
      const row = await first(client, 'SELECT * FROM products WHERE id = ?', [id])
      const price = Number(row?.['price']) + 0.25
      await execute(client, 'UPDATE products SET price = ? WHERE id = ?', [price, id])
    }
  },
  'update-if-condition': (client, given) => {
    const rows = ringOf(given, 'products')
    const cql = 'UPDATE products SET price = ? WHERE id = ? IF brand = ?'
    return async (index) => {
      const { id, brand } = rows(index)
      return (await execute(client, cql, [1.25, id, brand])).wasApplied()
    }
  },
  'single-delete': (client, given) => {
    const rows = ringOf(given, 'products')
    const cql = into('products')
    return async (index) => {
      const row = rows(index)
      await execute(client, cql, paramsOf('products', row))
      await execute(client, 'DELETE FROM products WHERE id = ?', [row['id']])
    }
  },
  'bulk-delete': (client, given) => {
    const rows = ringOf(given, 'readings')
    const cql = 'DELETE FROM readings WHERE sensor = ?'
    return (index) => execute(client, cql, [rows(index)['sensor']])
  },
  'batch-insert-10': batches('events', 10),
  'batch-insert-100': batches('events', 100),
  'mass-insert-1000': (client, given) => {
    const rows = ringOf(given, 'events')
    const params = (given.events ?? []).map((_, index) => paramsOf('events', rows(index)))
    const options = { concurrencyLevel: 32 }
    return () => concurrent.executeConcurrent(client, into('events'), params, options)
  },
  'collection-write': inserts('comments'),
  'vector-insert': inserts('vector_products'),
  'counter-increment': (client, given) => {
    const rows = ringOf(given, 'counters')
    const cql = 'UPDATE counters SET views = views + ? WHERE page = ?'
    const one = types.Long.ONE
    return (index) => execute(client, cql, [one, rows(index)['page']])
  },
}
