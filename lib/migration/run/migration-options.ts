import { MigrationError } from '../../errors/errors'
import {
  type OptionCheck,
  boolean,
  callback,
  checkThat,
  findMisfit,
  milliseconds,
  signal,
  wholeFrom,
} from '../../errors/option-checks'
import type { MigrationProgress } from './migration-progress'

interface CommonOptions {
  /** If true, nothing runs and nothing is written: the migrations and their statements are only returned. */
  readonly dryRun?: boolean | undefined
  /** The time in milliseconds to wait for the lock of another runner. The default is 60,000. */
  readonly lockTimeout?: number | undefined
  /** Stops before the next step; functions get a signal too. The call then throws the reason of the signal. */
  readonly signal?: AbortSignal | undefined
  /** Called before each step, and with a fraction after each page of a scan. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined
}

/** The options of `migrations.run`. */
export interface RunOptions extends CommonOptions {
  /** The version of the last migration to apply. By default, all pending migrations are applied. */
  readonly to?: string | undefined
  /** If true, the migrations are recorded as applied, and their steps do not run. */
  readonly fake?: boolean | undefined
  /** If true, steps that lose data run in migrations that do not say `destructive` too. */
  readonly allowDestructive?: boolean | undefined
  /** If true, pending migrations that are older than the newest applied one are applied too. */
  readonly outOfOrder?: boolean | undefined
}

/** The options of `migrations.revert`. */
export interface RevertOptions extends CommonOptions {
  /** The number of migrations to revert, the newest first; 1 by default. */
  readonly steps?: number | undefined
  /** The version that stays applied: all newer migrations are reverted. */
  readonly to?: string | undefined
}

const version = checkThat(
  (value) => typeof value === 'string' && /^\d+$/u.test(value),
  "must be a version: digits in quotes, as in '20261130120000'",
)

const common = {
  dryRun: boolean,
  lockTimeout: milliseconds,
  signal,
  onProgress: callback,
} satisfies Record<keyof CommonOptions, OptionCheck>

const optionsOf = {
  run: {
    ...common,
    to: version,
    fake: boolean,
    allowDestructive: boolean,
    outOfOrder: boolean,
  } satisfies Record<keyof RunOptions, OptionCheck>,
  revert: { ...common, steps: wholeFrom(1), to: version } satisfies Record<
    keyof RevertOptions,
    OptionCheck
  >,
} as const

/** Throws `MigrationError` for options that a method does not have, and for values that an option cannot have. */
export function requireMigrationOptions(method: keyof typeof optionsOf, options: object): void {
  const misfit = findMisfit(options, new Map(Object.entries(optionsOf[method])))
  if (misfit !== undefined) {
    throw new MigrationError(`${method}${misfit.isUnknown ? '' : ':'} ${misfit.reason}`)
  }
  const { steps, to } = options as RevertOptions
  if (method === 'revert' && steps !== undefined && to !== undefined) {
    throw new MigrationError('revert takes steps or to, not both')
  }
}
