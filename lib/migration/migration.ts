import type { CqlFragment } from '../cql/cql-tag'
import type { MigrationContext } from './migration-context'

/**
 * A step of a migration: one statement of CQL as text, a `cql` fragment, or a function. A function must be safe to
 * repeat: it runs again if it failed or its process was killed.
 */
export type MigrationStep =
  string | CqlFragment | ((context: MigrationContext) => Promise<void> | void)

/** A migration as it is written in a file: the argument of `defineMigration`. */
export interface MigrationDefinition {
  /** The purpose of the migration, for lists. */
  readonly description?: string | undefined
  /** The steps that apply the migration, in order. */
  readonly up: readonly MigrationStep[]
  /** The steps that revert the migration, in order. Without them, `revert` refuses the migration. */
  readonly down?: readonly MigrationStep[] | undefined
  /**
   * Must be `true` if a step of `up` loses data: `DROP` of a keyspace, table, type, column or view, and `TRUNCATE`. A
   * migration with such a step is refused otherwise, before anything runs. `down` does not need it.
   */
  readonly destructive?: boolean | undefined
}

/** A migration in the options of a data source, without a file. */
export interface InPlaceMigration extends MigrationDefinition {
  /** The version: digits, ordered as a number. */
  readonly version: string
  /** The title, as the name of a file would have it: `prices-in-cents`. */
  readonly title: string
}

/** A step that was checked. */
export type Step = {
  /** The SHA-256 of the step, as hexadecimal digits. */
  readonly checksum: string
} & (
  | { readonly kind: 'text'; readonly cql: string }
  | { readonly kind: 'fragment'; readonly fragment: CqlFragment }
  | { readonly kind: 'function'; readonly run: (context: MigrationContext) => unknown }
)

/** A migration that was loaded and checked. */
export interface Migration {
  /** The version: digits without leading zeros, ordered as a number. */
  readonly version: string
  readonly title: string
  /** The file, as an absolute path; undefined for a migration in the options. */
  readonly file: string | undefined
  readonly description: string | undefined
  readonly up: readonly Step[]
  /** The steps that revert; undefined if the migration cannot be reverted. */
  readonly down: readonly Step[] | undefined
  readonly destructive: boolean
  /** The SHA-256 of the file, as hexadecimal digits; without a file, of the steps. */
  readonly checksum: string
}
