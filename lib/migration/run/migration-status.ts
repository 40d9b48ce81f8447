/**
 * The state of a migration. `'failed'` began and did not finish, forwards or backwards. `'changed'` is applied, and its
 * file was edited since. `'missing'` is in the log and has no file. `'outOfOrder'` is pending and older than the newest
 * applied.
 */
export type MigrationState = 'pending' | 'applied' | 'failed' | 'changed' | 'missing' | 'outOfOrder'

/** A migration in the result of `list`. */
export interface MigrationStatus {
  /** Digits without leading zeros. */
  readonly version: string
  /** The title, as the name of the file has it. */
  readonly title: string
  /** The absolute path; the bare name of a file that is missing; null for a migration in the options. */
  readonly file: string | null
  /** The description; null if the migration has none. */
  readonly description: string | null
  /** The state by file and log. */
  readonly state: MigrationState
  /** The number of steps done: of `up`, or of `down` if `revert` failed. */
  readonly stepsDone: number
  /** The number of steps of `up`, or of `down` if `revert` failed. */
  readonly steps: number
  /** The time at which the last step was done; null if the migration was never applied. */
  readonly appliedAt: Date | null
  /** The time in milliseconds that the steps took; null if none ran. */
  readonly durationMs: number | null
  /** The message of the last failure. */
  readonly error: string | null
}
