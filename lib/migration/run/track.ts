import { compareVersions } from '../build-migration'
import type { Migration } from '../migration'
import type { LoggedMigration } from './logged-migration'
import type { LogContent } from './migration-log'
import type { MigrationState, MigrationStatus } from './migration-status'

/** A migration with its file and its entry in the log, at least one of both. */
export interface Tracked {
  readonly version: string
  readonly migration: Migration | undefined
  readonly entry: LoggedMigration | undefined
  readonly state: MigrationState
}

/** Puts files and log together, ordered by version. */
export function track(
  migrations: readonly Migration[],
  { entries, holder }: LogContent,
): readonly Tracked[] {
  const byVersion = new Map(entries.map((entry) => [entry.version, entry]))
  const known = new Map(migrations.map((migration) => [migration.version, migration]))
  const newest = entries
    .filter(({ state }) => state === 'applied')
    .map(({ version }) => version)
    .sort(compareVersions)
    .at(-1)
  const logged = entries.filter(hasChanged).map(({ version }) => version)
  return [...new Set([...known.keys(), ...logged])].sort(compareVersions).map((version) => {
    const migration = known.get(version)
    const entry = byVersion.get(version)
    const isOld = newest !== undefined && compareVersions(version, newest) < 0
    return { version, migration, entry, state: stateOf(migration, entry, isOld, holder?.owner) }
  })
}

/** Tells whether a migration changed anything. One whose first step was refused is as if it had never run. */
export function hasChanged({ state, direction, stepsDone, hasBegun }: LoggedMigration): boolean {
  return state === 'applied' || direction === 'down' || stepsDone > 0 || hasBegun
}

function stateOf(
  migration: Migration | undefined,
  entry: LoggedMigration | undefined,
  isOld: boolean,
  runner: string | undefined,
): MigrationState {
  if (entry === undefined) return isOld ? 'outOfOrder' : 'pending'
  if (migration === undefined) return 'missing'
  if (entry.state === 'applied') {
    return entry.checksum === migration.checksum ? 'applied' : 'changed'
  }
  // It runs at this moment.
  return entry.state === 'running' && entry.runner === runner ? 'pending' : 'failed'
}

/** Returns the row of `list` for a migration. */
export function describeStatus({ version, migration, entry, state }: Tracked): MigrationStatus {
  const file = migration?.file ?? entry?.file ?? null
  return {
    version,
    title: migration?.title ?? entry?.title ?? '',
    file,
    description: migration?.description ?? null,
    state,
    stepsDone: entry?.stepsDone ?? 0,
    steps: stepsOf(migration, entry),
    appliedAt: entry?.appliedAt ?? null,
    durationMs: entry?.durationMs ?? null,
    error:
      state === 'failed' && entry?.error === null
        ? `interrupted at step ${entry.stepsDone + 1}`
        : (entry?.error ?? null),
  }
}

function stepsOf(migration: Migration | undefined, entry: LoggedMigration | undefined): number {
  if (entry?.state === 'applied') return entry.steps
  const steps = entry?.direction === 'down' ? migration?.down : migration?.up
  return steps?.length ?? entry?.steps ?? 0
}
