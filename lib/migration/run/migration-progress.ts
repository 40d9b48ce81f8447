/** The progress of `run` and `revert`. */
export interface MigrationProgress {
  /** The version of the migration. */
  readonly version: string
  /** The title of the migration. */
  readonly title: string
  /** The step that runs, from 1. */
  readonly step: number
  /** The number of steps of the migration. */
  readonly steps: number
  /** The part of the table that the scan of the step has read, from 0 to 1. */
  readonly fraction?: number
}
