import { copyOptions } from '../driver/internals/renew-options'
import type { StatementLog } from '../driver/observe/statement-log'
import { Session } from '../driver/session'
import { MigrationError } from '../errors/errors'
import type { MigrationDataSource } from '../migration/migration-context'
import type { MigrationSource, OpenedSession } from '../migration/run/migration-source'
import type { RepositoryHost } from '../repository/repository-context'
import type { OwnOptions } from './data-source-options'

/** The default of the option `migrationsTable`. */
export const defaultMigrationsTable = 'coodie_migrations'

/** Returns what migrations need of a data source. */
export function migrationSourceOf(
  own: OwnOptions,
  log: StatementLog,
  db: MigrationDataSource,
  host: RepositoryHost,
  keyspace: MigrationSource['keyspace'],
): MigrationSource {
  return {
    db,
    host,
    schema: db.schema,
    keyspace,
    session: () => host.session(),
    migrations: own.migrations ?? [],
    table: own.migrationsTable ?? defaultMigrationsTable,
    openSession: (name) => openSession(host.session(), name, log),
    replication: own.createKeyspace?.replication,
    defaults: own.defaults ?? {},
    log: (text) => log.info(text),
  }
}

/** The session of the data source, if it is in the keyspace; otherwise one of its own with the same options. */
async function openSession(
  session: Session,
  keyspace: string,
  log: StatementLog,
): Promise<OpenedSession> {
  if (session.keyspace === keyspace) return { session, close: async () => {} }
  const own = await Session.open(copyOptions(session.client, keyspace), log)
  return { session: own, close: () => own.shutdown() }
}

/**
 * Runs migrations as a part of `initialize`. Every failure is a `MigrationError`, so that nobody takes it for a server
 * that cannot be reached yet, and tries again.
 */
export async function runAtStart(run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (error instanceof MigrationError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(`the migrations could not run: ${reason}`, { cause: error })
  }
}
