import type { CqlFragment } from '../cql/cql-tag'
import type { Class } from '../metadata/declaration'
import type { Found } from '../repository/options/find-options'
import type { ScanOptions } from '../repository/options/scan-options'
import type { Repository } from '../repository/repository'
import type { Schema } from '../schema/schema'
import type { ColumnKey } from '../statement/where'

/**
 * The data source of a step. `data-source/`, which is above this folder, extends it by the class `DataSource`.
 */
export interface MigrationDataSource {
  /** The schema of the data source. */
  readonly schema: Schema
}

/** The options of `scan` in a step, which keeps the progress itself. `concurrency` is the number of workers. */
export type StepScanOptions<E, K extends ColumnKey<E> = never> = Omit<
  ScanOptions<E, K>,
  'shard' | 'resume' | 'onProgress' | 'signal'
>

/** The argument of a step that is a function. */
export interface MigrationContext {
  /** The data source. */
  readonly db: MigrationDataSource
  /** The keyspace of the run. Statements without a keyspace concern it. */
  readonly keyspace: string
  /** The schema of the data source. */
  readonly schema: Schema
  /** Aborts if the run is aborted or loses its lock. */
  readonly signal: AbortSignal
  /**
   * Executes one statement, CQL text or a `cql` fragment, and waits for schema agreement after DDL. Throws
   * `MigrationError` for a statement that loses data, unless the migration is `destructive`.
   */
  execute(cql: string | CqlFragment): Promise<void>
  /** Executes one statement as `execute` does, and returns its rows as `db.query` does. */
  query<Row = Record<string, unknown>>(cql: string | CqlFragment): Promise<Row[]>
  /** Returns the repository of an entity, whether the data source lists it or not. */
  repository<E extends object>(target: Class<E>): Repository<E>
  /**
   * Reads a whole table by ranges of tokens and calls `eachRow` for each row. The position is kept in the log of
   * migrations: if the run is interrupted, the next one continues there, and repeats at most one page of each worker. A
   * step can call `scan` once.
   */
  scan<E extends object, const K extends ColumnKey<E> = never>(
    target: Class<E>,
    options: StepScanOptions<E, K>,
    eachRow: (row: Found<E, K>) => unknown,
  ): Promise<void>
  /** Writes a line to the log of the run. */
  log(text: string): void
}
