import { Client } from 'cassandra-driver'
import { comparable, driverRow } from '../models/values'
import type { Row, Rows } from '../models/rows'
import { ddl, insertAll } from '../models/table'
import { type TableName, tables } from '../models/tables'

/** The tables of one contender: made when a group needs them, filled, looked into and emptied, by the bare driver. */
export class TablesOf {
  readonly #made = new Set<TableName>()
  readonly #client: Client

  constructor(
    connection: { contactPoints: readonly string[]; localDataCenter: string },
    readonly keyspace: string,
  ) {
    this.#client = new Client({
      ...connection,
      contactPoints: [...connection.contactPoints],
      socketOptions: { readTimeout: 120_000 },
    })
  }

  /** Makes the keyspace. */
  async open(): Promise<void> {
    await this.#client.connect()
    await this.#client.execute(
      `CREATE KEYSPACE ${this.keyspace} WITH replication = ` +
        `{'class': 'SimpleStrategy', 'replication_factor': 1}`,
    )
    await this.#client.execute(`USE ${this.keyspace}`)
  }

  async make(names: readonly TableName[]): Promise<void> {
    for (const name of names) {
      if (this.#made.has(name)) continue
      this.#made.add(name)
      for (const cql of ddl(name, tables[name])) await this.#client.execute(cql)
    }
  }

  async store(rows: Rows): Promise<void> {
    const prepared = { prepare: true }
    for (const [name, ofTable] of Object.entries(rows) as [TableName, readonly Row[]][]) {
      const cql = insertAll(name, tables[name])
      let next = 0
      const lane = async () => {
        while (next < ofTable.length) {
          const params = Object.values(driverRow(name, ofTable[next++] ?? {}))
          await this.#client.execute(cql, params, prepared)
        }
      }
      await Promise.all(Array.from({ length: 64 }, lane))
    }
  }

  async query(cql: string, params: unknown[]): Promise<readonly Row[]> {
    const { rows } = await this.#client.execute(cql, params, { prepare: true })
    return rows.map((row) => comparable(row) as Row)
  }

  async empty(names: readonly TableName[]): Promise<void> {
    for (const name of names) await this.#client.execute(`TRUNCATE ${name}`)
  }

  /** Drops the keyspace. */
  async close(): Promise<void> {
    await this.#client.execute(`DROP KEYSPACE IF EXISTS ${this.keyspace}`)
    await this.#client.shutdown()
  }
}
