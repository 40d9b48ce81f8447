import { MigrationError } from '../errors/errors'
import { loadMigrations } from './files/load-migrations'
import {
  type WriteMigrationOptions,
  createMigration,
  directoryOf,
  requireWriteOptions,
} from './generate/create-migration'
import { generateMigration } from './generate/generate-migration'
import type { WrittenMigration } from './generate/write-migration'
import { chooseReverts, chooseRuns } from './run/choose-migrations'
import {
  type RevertOptions,
  type RunOptions,
  requireMigrationOptions,
} from './run/migration-options'
import type { MigrationSource } from './run/migration-source'
import type { MigrationResult } from './run/migration-result'
import type { MigrationStatus } from './run/migration-status'
import { logOf, readLog, runMigrations } from './run/run-migrations'
import { describeStatus, track } from './run/track'

/** The migrations of a data source: `db.migrations`. */
export class Migrations {
  /** @internal Created by the data source. */
  constructor(private readonly source: MigrationSource) {}

  /**
   * Returns all migrations with their states, ordered by version. Writes nothing, and creates no table.
   *
   * ```ts
   * for (const { version, title, state } of await db.migrations.list()) console.log(version, title, state)
   * ```
   */
  async list(): Promise<readonly MigrationStatus[]> {
    const keyspace = this.#keyspace
    const migrations = await loadMigrations(this.source.migrations)
    return track(migrations, await readLog(logOf(this.source, keyspace))).map(describeStatus)
  }

  /**
   * Applies the pending migrations in order, and returns those that it applied. Of several runners at the same time, one
   * works and the others wait. A migration that failed, or whose runner died, goes on with the step that it was at.
   *
   * Throws `MigrationError` before anything runs if an applied migration was changed or is missing, if a pending one is
   * older than the newest applied, if a step loses data and its migration does not say so, or if a revert has failed.
   * Throws `MigrationError` with the version, the step and the statement if a step fails.
   *
   * ```ts
   * const applied = await db.migrations.run({ lockTimeout: 120_000 })
   * const planned = await db.migrations.run({ dryRun: true })
   * for (const { version, statements } of planned) console.log(version, statements)
   * ```
   */
  async run(options: RunOptions = {}): Promise<readonly MigrationResult[]> {
    requireMigrationOptions('run', options)
    const keyspace = this.#keyspace
    const migrations = await loadMigrations(this.source.migrations)
    return runMigrations(
      this.source,
      keyspace,
      (content) => chooseRuns(track(migrations, content), options),
      options,
    )
  }

  /**
   * Runs the `down` steps of the newest applied migrations, the newest first, and returns the migrations that it
   * reverted. A revert that failed goes on with the step that it was at.
   *
   * Throws `MigrationError` before anything runs if one of them has no `down`, or if its file is missing.
   *
   * ```ts
   * await db.migrations.revert()
   * await db.migrations.revert({ to: '20261130120000' })
   * ```
   */
  async revert(options: RevertOptions = {}): Promise<readonly MigrationResult[]> {
    requireMigrationOptions('revert', options)
    const keyspace = this.#keyspace
    const migrations = await loadMigrations(this.source.migrations)
    return runMigrations(
      this.source,
      keyspace,
      (content) => chooseReverts(track(migrations, content), options),
      options,
    )
  }

  /**
   * Removes the lock, and returns the runner that held it: host, process id and a random id; null if the lock was free.
   * A runner that still works stops before its next step.
   *
   * ```ts
   * const owner = await db.migrations.unlock()
   * ```
   */
  async unlock(): Promise<string | null> {
    const log = logOf(this.source, this.#keyspace)
    const { holder } = await readLog(log)
    return holder !== undefined && (await log.unlock(holder.owner)) ? holder.owner : null
  }

  /**
   * Writes a migration that makes the cluster as the classes declare it, and returns its version, title and file. Returns
   * `null` if nothing differs. Safe changes become statements in the order of their dependencies; a removal makes the
   * migration `destructive`. A table with another key, or with a column of another type, is created under a new name, and
   * a step copies its rows. `down` is the reverse, unless a change has none.
   *
   * Throws `MigrationError` for differences that no migration can change, and for `format: 'cql'` if rows must be copied.
   *
   * ```ts
   * const written = await db.migrations.generate({ title: 'Brand of products' })
   * ```
   */
  async generate(options: WriteMigrationOptions): Promise<WrittenMigration | null> {
    requireWriteOptions('generate', options)
    const comparison = await this.source.schema.compare()
    return generateMigration(comparison, options, directoryOf(this.source.migrations))
  }

  /**
   * Writes a migration without steps, and returns its version, title and file. The version is the time in UTC as
   * `YYYYMMDDHHMMSS`, and later than those of all files in the directory. Never overwrites a file.
   *
   * ```ts
   * const { file } = await db.migrations.create({ title: 'Prices in cents', format: 'cql' })
   * ```
   */
  async create(options: WriteMigrationOptions): Promise<WrittenMigration> {
    requireWriteOptions('create', options)
    return createMigration(options, directoryOf(this.source.migrations))
  }

  get #keyspace(): string {
    const keyspace = this.source.keyspace()
    if (keyspace !== undefined) return keyspace
    throw new MigrationError('migrations need a keyspace; give the DataSource one')
  }
}
