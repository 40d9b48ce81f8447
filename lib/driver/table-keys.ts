import type { Client } from 'cassandra-driver'
import { literal } from '../cql/literal'
import { SchemaError } from '../errors/errors'
import { queryForItself } from './internals/client-members'

/** The primary key of a table as a class declares it. */
export interface DeclaredKey {
  /** The name of the class. */
  readonly entity: string
  readonly keyspace: string
  readonly table: string
  /** The names of the columns. */
  readonly columns: readonly string[]
}

const decorators: Readonly<Record<string, string>> = {
  partition_key: '@PartitionKey',
  clustering: '@ClusteringKey',
}

/**
 * Compares the keys of classes whose rows are deleted with those of their tables: the server takes a key without its
 * last columns as a range, and deletes all of its rows. A key is compared once, and again after a change of its schema.
 */
export class TableKeys {
  /** The keys that were compared, or are. */
  #compared = new WeakMap<DeclaredKey, Promise<void> | 'right'>()

  /** Returns a promise that rejects with `SchemaError` if the class lacks a column of the key; undefined if it is right. */
  require(client: Client, key: DeclaredKey): Promise<void> | undefined {
    const compared = this.#compared
    const known = compared.get(key)
    if (known === 'right') return undefined
    if (known !== undefined) return known
    const comparison = compare(client, key).then(
      () => void compared.set(key, 'right'),
      (error: unknown) => {
        compared.delete(key)
        throw error
      },
    )
    compared.set(key, comparison)
    return comparison
  }

  /** Forgets what was compared: the schema has changed. */
  forget(): void {
    this.#compared = new WeakMap()
  }
}

async function compare(
  client: Client,
  { entity, keyspace, table, columns }: DeclaredKey,
): Promise<void> {
  const cql =
    `SELECT column_name, kind FROM system_schema.columns WHERE keyspace_name = ${literal(keyspace)} ` +
    `AND table_name = ${literal(table)}`
  const rows = (await queryForItself(client, cql)) ?? (await client.execute(cql)).rows
  for (const row of rows) {
    const name = String(row['column_name'])
    const decorator = decorators[String(row['kind'])]
    if (decorator === undefined || columns.includes(name)) continue
    throw new SchemaError(
      `${entity} does not declare the column '${name}', which is in the primary key of ${keyspace}.${table}: ` +
        `the statement would delete all rows that differ only in it; declare it with ${decorator}`,
    )
  }
}
