/** The state of a migration in the log; a running one whose runner died stays `running`. */
type LogState = 'running' | 'failed' | 'applied'

/** One migration in the log. A migration that was reverted has no entry. */
export interface LoggedMigration {
  /** Digits without leading zeros. */
  readonly version: string
  readonly title: string
  /** The name of the file without its folder; null for a migration in the options. */
  readonly file: string | null
  readonly state: LogState
  /** The steps that run or ran last: those of `up` or of `down`. */
  readonly direction: 'up' | 'down'
  /** The checksum of the migration when it was applied or tried last. */
  readonly checksum: string
  /** The number of steps of the direction. */
  readonly steps: number
  /** The number of steps done. */
  readonly stepsDone: number
  /** `true` if a runner has begun the step after those: its effect may exist. */
  readonly hasBegun: boolean
  /** The checksums of the steps done and of the one that was begun. */
  readonly stepChecksums: readonly string[]
  /** The progress of the scan of the step that was begun, as JSON. */
  readonly scan: string | null
  readonly appliedAt: Date | null
  /** The time in milliseconds that the steps took. */
  readonly durationMs: number
  /** The message of the last failure. */
  readonly error: string | null
  /** The runner that wrote the entry, as it names itself in the lock. */
  readonly runner: string
}
