import { basename } from 'node:path'
import type { Task } from './choose-migrations'
import type { LoggedMigration } from './logged-migration'

/** An entry of the log before its runner is known. */
export type NewEntry = Omit<LoggedMigration, 'runner'>

/** Returns the entry of a migration that runs. The file stands there without its folder, which differs between machines. */
export function entryOf(
  { migration, direction, steps, entry }: Task,
  progress: Pick<NewEntry, 'state' | 'stepsDone' | 'durationMs'> &
    Partial<Pick<NewEntry, 'hasBegun' | 'scan' | 'error'>>,
): NewEntry {
  const { version, title, file, checksum } = migration
  const { state, stepsDone, durationMs, hasBegun = false, scan = null, error = null } = progress
  return {
    version,
    title,
    file: file === undefined ? null : basename(file),
    state,
    direction,
    checksum,
    steps: steps.length,
    stepsDone,
    hasBegun,
    stepChecksums: steps.slice(0, stepsDone + (hasBegun ? 1 : 0)).map((step) => step.checksum),
    scan,
    appliedAt: state === 'applied' ? new Date() : (entry?.appliedAt ?? null),
    durationMs,
    error,
  }
}
