import { MigrationError } from '../../errors/errors'
import { compareVersions, nameMigration, normalizeVersion } from '../build-migration'
import type { Migration, Step } from '../migration'
import { classify } from '../statement-kind'
import type { LoggedMigration } from './logged-migration'
import { type Tracked, hasChanged } from './track'
import { textOf } from './step-text'

/** A migration to run, forwards or backwards, from a step on. */
export interface Task {
  readonly migration: Migration
  readonly direction: 'up' | 'down'
  readonly steps: readonly Step[]
  /** The entry of the log; undefined if the migration never ran. */
  readonly entry: LoggedMigration | undefined
  /** The number of steps that are done. */
  readonly done: number
}

/** The options of `run` that decide which migrations it runs. */
export interface RunChoice {
  readonly to?: string | undefined
  readonly outOfOrder?: boolean | undefined
  readonly allowDestructive?: boolean | undefined
  readonly fake?: boolean | undefined
}

/** Returns the migrations that `run` applies, in order. Throws `MigrationError` that names everything that is refused. */
export function chooseRuns(
  tracked: readonly Tracked[],
  { to, outOfOrder = false, allowDestructive = false, fake = false }: RunChoice,
): readonly Task[] {
  const last = to === undefined ? undefined : findVersion(tracked, to, 'run')
  const problems = tracked.flatMap((each) => refusalOf(each, outOfOrder))
  const tasks = tracked.flatMap(({ version, migration, entry }): readonly Task[] => {
    if (migration === undefined || entry?.state === 'applied') return []
    if (last !== undefined && compareVersions(version, last) > 0) return []
    return [{ migration, direction: 'up', steps: migration.up, entry, done: entry?.stepsDone ?? 0 }]
  })
  for (const task of problems.length === 0 ? tasks : []) {
    problems.push(...changedSteps(task))
    if (!allowDestructive && !fake) problems.push(...destructiveSteps(task))
  }
  refuse(problems, 'run')
  return tasks
}

/** Returns the migrations that `revert` reverts, the newest first. Throws `MigrationError`. */
export function chooseReverts(
  tracked: readonly Tracked[],
  { steps = 1, to }: { readonly steps?: number | undefined; readonly to?: string | undefined },
): readonly Task[] {
  const last = to === undefined ? undefined : findVersion(tracked, to, 'revert')
  const applied = tracked
    .filter(({ entry }) => entry !== undefined && hasChanged(entry))
    .sort((a, b) => compareVersions(b.version, a.version))
  if (last !== undefined && applied.every(({ version }) => version !== last)) {
    refuse([{ reason: `version ${last} is not applied`, version: last }], 'revert')
  }
  const chosen =
    last === undefined
      ? applied.slice(0, steps)
      : applied.filter(({ version }) => compareVersions(version, last) > 0)
  const problems: Problem[] = []
  const tasks = chosen.flatMap(({ version, migration, entry }): readonly Task[] => {
    const isForward = entry?.state !== 'applied' && entry?.direction === 'up'
    const name = migration === undefined ? nameEntry(entry, version) : nameMigration(migration)
    const reason =
      migration === undefined
        ? 'its file is missing'
        : isForward
          ? `it failed at step ${(entry?.stepsDone ?? 0) + 1}; finish it with run first; steps that must not run can be removed from it`
          : migration.down === undefined
            ? 'it has no down'
            : undefined
    if (reason !== undefined || migration?.down === undefined) {
      problems.push({ reason: `${name}: ${reason}`, version, file: migration?.file })
      return []
    }
    const done = entry?.direction === 'down' && entry.state !== 'applied' ? entry.stepsDone : 0
    return [{ migration, direction: 'down', steps: migration.down, entry, done }]
  })
  for (const task of problems.length === 0 ? tasks : []) problems.push(...changedSteps(task))
  refuse(problems, 'revert')
  return tasks
}

/** Returns the text of the steps that a task still has to run; a function is `'function'`. */
export function statementsOf({ steps, done }: Task): readonly string[] {
  return steps.slice(done).map((step) => textOf(step) ?? 'function')
}

interface Problem {
  readonly reason: string
  readonly version: string
  readonly file?: string | undefined
  readonly step?: number
  readonly statement?: string | undefined
}

function refuse(problems: readonly Problem[], call: 'run' | 'revert'): void {
  const [first] = problems
  if (first === undefined) return
  if (problems.length === 1) throw new MigrationError(`${call}: ${first.reason}`, first)
  const lines = problems.map(({ reason }) => `\n  - ${reason}`)
  throw new MigrationError(`${call} is refused for ${problems.length} reasons:${lines.join('')}`)
}

/** Returns a version as a version of the list. Throws `MigrationError` if there is none like it. */
function findVersion(tracked: readonly Tracked[], to: string, call: 'run' | 'revert'): string {
  const version = /^\d+$/u.test(to) ? normalizeVersion(to) : to
  if (tracked.some((each) => each.version === version)) return version
  throw new MigrationError(`${call}: no migration has the version ${to}`, { version })
}

function refusalOf(
  { version, migration, entry, state }: Tracked,
  outOfOrder: boolean,
): readonly Problem[] {
  const file = migration?.file
  const name = migration === undefined ? nameEntry(entry, version) : nameMigration(migration)
  const problem = (reason: string) => [{ reason: `${name}: ${reason}`, version, file }]
  switch (state) {
    case 'changed':
      return problem(
        'it was changed after it was applied; restore it, and write the change as a new migration',
      )
    case 'missing':
      return problem('it is in the log and its file is missing; restore the file')
    case 'outOfOrder':
      return outOfOrder
        ? []
        : problem(
            'it is older than the newest applied migration; give it a newer version, or pass outOfOrder: true',
          )
    case 'pending':
    case 'applied':
    case 'failed':
      return entry?.direction === 'down' && entry.state !== 'applied'
        ? problem(`its revert stopped at step ${entry.stepsDone + 1}; finish it with revert`)
        : []
  }
}

/** Returns the steps that are done and were changed since. */
function changedSteps({ migration, direction, steps, entry, done }: Task): readonly Problem[] {
  if (entry === undefined || done === 0 || isSameFile(migration, entry)) return []
  return entry.stepChecksums.slice(0, done).flatMap((checksum, i) => {
    const step = steps[i]
    if (step?.checksum === checksum) return []
    return [
      {
        reason: `${nameMigration(migration)}: step ${i + 1} of ${direction} is done and was changed since; restore it`,
        version: migration.version,
        file: migration.file,
        step: i + 1,
        statement: step && textOf(step),
      },
    ]
  })
}

/** The source of a function depends on the loader, so the steps of an unchanged file are not compared. */
export function isSameFile({ file, checksum }: Migration, entry: LoggedMigration): boolean {
  return file !== undefined && entry.checksum === checksum
}

function destructiveSteps({ migration, steps, done }: Task): readonly Problem[] {
  if (migration.destructive) return []
  return steps.flatMap((step, i) => {
    const statement = textOf(step)
    const loss = statement === undefined || i < done ? undefined : classify(statement).loss
    if (loss === undefined) return []
    return [
      {
        reason:
          `${nameMigration(migration)}: step ${i + 1} loses data (${loss}); ` +
          'write destructive: true in the migration if that is meant, or pass allowDestructive: true',
        version: migration.version,
        file: migration.file,
        step: i + 1,
        statement,
      },
    ]
  })
}

function nameEntry(entry: LoggedMigration | undefined, version: string): string {
  return entry?.file ?? `${version}-${entry?.title ?? ''}`
}
