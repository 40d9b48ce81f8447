/** A migration in the result of `run` and `revert`. */
export interface MigrationResult {
  /** Digits without leading zeros. */
  readonly version: string
  /** The title, as the name of the file has it. */
  readonly title: string
  /** The absolute path; null for a migration in the options. */
  readonly file: string | null
  /** The description; null if the migration has none. */
  readonly description: string | null
  /** The statements of the steps that ran, or that would run; `'function'` for a function. */
  readonly statements: readonly string[]
  /** The time in milliseconds that the steps took; 0 for a dry run. */
  readonly durationMs: number
}
