import type { ExecuteOptions } from '../../driver/execute-options'
import type { Session } from '../../driver/session'
import type { RepositoryHost } from '../../repository/repository-context'
import type { Replication } from '../../schema/ddl'
import type { Schema } from '../../schema/schema'
import type { MigrationDataSource } from '../migration-context'
import type { InPlaceMigration } from '../migration'

/** The parts of a data source that migrations need. */
export interface MigrationSource {
  /** The option `migrations`. */
  readonly migrations: readonly (string | InPlaceMigration)[]
  /** The option `migrationsTable`. */
  readonly table: string
  readonly session: () => Session
  /** Opens a session whose statements without a keyspace concern this one. It must be closed. */
  readonly openSession: (keyspace: string) => Promise<OpenedSession>
  /** The keyspace for the call that begins now; undefined if the data source has none. */
  readonly keyspace: () => string | undefined
  /** The replication of a keyspace that does not exist yet; undefined if it is not created. */
  readonly replication: Replication | undefined
  readonly defaults: ExecuteOptions
  readonly host: RepositoryHost
  readonly db: MigrationDataSource
  readonly schema: Schema
  /** Receives what steps write with `log`. */
  readonly log: (text: string) => void
}

/** A session for one run. */
export interface OpenedSession {
  readonly session: Session
  readonly close: () => Promise<void>
}
