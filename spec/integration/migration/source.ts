import { randomBytes } from 'node:crypto'
import { DataSource, type DataSourceOptions } from '../../../lib'
import type { InPlaceMigration } from '../../../lib/migration'
import { connection, useKeyspace } from '../../server/keyspace'

/** Data sources of a spec file in one keyspace, each spec with a log of its own, all closed after the spec. */
export function useMigrations() {
  const keyspace = useKeyspace()
  const open: DataSource[] = []
  let log = ''
  beforeEach(() => {
    log = `log_${randomBytes(4).toString('hex')}`
  })
  afterEach(async () => {
    for (const db of open.splice(0)) await db.destroy()
  })
  return {
    keyspace,
    /** The name of the log of this spec. */
    get log() {
      return log
    },
    /** Connects a data source with these migrations. */
    async source(
      migrations: DataSourceOptions['migrations'],
      options: Partial<DataSourceOptions> = {},
    ): Promise<DataSource> {
      const given = { keyspace: keyspace.name, entities: [], migrationsTable: log, ...options }
      const db = new DataSource({ ...connection(), ...given, migrations })
      open.push(db)
      return db.initialize()
    },
    /** Returns the rows of a query of the bare driver. */
    async rows(cql: string): Promise<readonly Record<string, unknown>[]> {
      const { rows } = await keyspace.client.execute(cql.replaceAll('%', keyspace.name))
      return rows.map((row) => ({ ...row }))
    },
    /** Tells whether a table of the keyspace exists. */
    async hasTable(name: string): Promise<boolean> {
      const { rows } = await keyspace.client.execute(
        'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?',
        [keyspace.name, name],
        { prepare: true },
      )
      return rows.length > 0
    },
  }
}

/** A migration in place. */
export function migration(
  version: string,
  up: InPlaceMigration['up'],
  more: Partial<InPlaceMigration> = {},
): InPlaceMigration {
  return { version, title: `m${version}`, up, ...more }
}

/** Returns the versions of migrations with their states: `1 applied`. */
export async function states(db: DataSource): Promise<readonly string[]> {
  return (await db.migrations.list()).map(({ version, state }) => `${version} ${state}`)
}
