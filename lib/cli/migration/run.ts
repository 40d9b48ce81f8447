import colors from 'picocolors'
import type { MigrationProgress, MigrationResult } from '../../migration/index'
import { CommandError, type ExitCode } from '../command-error'
import { type CommonOptions, withDataSource } from '../connect'
import { answer } from '../output'
import { visible } from '../visible'
import { progressLine } from './progress'

export interface RunCommandOptions extends CommonOptions {
  readonly to?: string
  readonly dryRun?: boolean
  readonly fake?: boolean
  readonly allowDestructive?: boolean
  readonly outOfOrder?: boolean
  /** In seconds. */
  readonly lockTimeout?: number
}

export interface RevertCommandOptions extends CommonOptions {
  readonly steps?: number
  readonly to?: string
  readonly dryRun?: boolean
}

/** Applies the pending migrations. */
export function migrationRun(options: RunCommandOptions): Promise<ExitCode> {
  const { to, dryRun = false, fake, allowDestructive, outOfOrder, lockTimeout } = options
  return execute(
    options,
    dryRun ? 'would apply' : fake === true ? 'recorded' : 'applied',
    (db, run) =>
      db.migrations.run({
        to,
        dryRun,
        fake,
        allowDestructive,
        outOfOrder,
        lockTimeout: lockTimeout === undefined ? undefined : lockTimeout * 1000,
        ...run,
      }),
  )
}

/** Reverts the newest applied migrations. */
export function migrationRevert(options: RevertCommandOptions): Promise<ExitCode> {
  const { steps, to, dryRun = false } = options
  if (steps !== undefined && to !== undefined) {
    throw new CommandError(2, 'pass --steps or --to, not both')
  }
  return execute(options, dryRun ? 'would revert' : 'reverted', (db, run) =>
    db.migrations.revert({ steps, to, dryRun, ...run }),
  )
}

type Database = Parameters<Parameters<typeof withDataSource>[2]>[0]

/** The options that both methods take from the command. */
interface Watched {
  readonly signal: AbortSignal
  readonly onProgress: (progress: MigrationProgress) => void
}

async function execute(
  options: CommonOptions & { readonly dryRun?: boolean },
  done: string,
  call: (db: Database, run: Watched) => Promise<readonly MigrationResult[]>,
): Promise<ExitCode> {
  const line = progressLine()
  const abort = new AbortController()
  const interrupt = () =>
    abort.abort(new CommandError(1, 'interrupted; the next run goes on at the same step'))
  process.once('SIGINT', interrupt)
  try {
    const needs = { entities: true, log: line.print }
    const migrations = await withDataSource(options, needs, (db) =>
      call(db, {
        signal: abort.signal,
        onProgress: (progress) => {
          if (options.json !== true) line.show(progress)
        },
      }),
    )
    line.clear()
    answer(options.json, { migrations }, printResults(migrations, done, options.dryRun === true))
    return 0
  } finally {
    line.clear()
    process.off('SIGINT', interrupt)
  }
}

function printResults(
  migrations: readonly MigrationResult[],
  done: string,
  withStatements: boolean,
): string {
  if (migrations.length === 0) return colors.green('nothing to do')
  return migrations
    .flatMap(({ version, title, statements, durationMs }) => {
      const count = statements.length === 1 ? '1 step' : `${statements.length} steps`
      const time = withStatements ? '' : `, ${Math.round(durationMs)} ms`
      return [
        `${colors.green(done)} ${visible(`${version}-${title}`)} ${colors.dim(`(${count}${time})`)}`,
        ...(withStatements ? statements.map((each) => `  ${visible(each)};`) : []),
      ]
    })
    .join('\n')
}
