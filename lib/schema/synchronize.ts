import { setTimeout as sleep } from 'node:timers/promises'
import { ExecutionError, SchemaError } from '../errors/errors'
import type { Change } from './diff/change'
import { actionOf, refusal } from './diff/change-facts'
import { report } from './diff/report'
import type { SyncOptions } from './schema-options'
import type { SchemaSession } from './model/schema-session'

/** The most plans that are made because other processes change the schema at the same time. */
const maxRounds = 20

/** The most failures of one statement that are taken for the work of other processes. */
const maxFailures = 3

/**
 * Executes a plan, and repeats that until the plan is empty. Another process may do the same: then a statement can fail
 * because its effect exists already, or `IF NOT EXISTS` can do nothing although the existing table differs.
 * Returns the statements that were executed, or that a dry run would execute.
 */
export async function synchronize(
  session: SchemaSession,
  plan: () => Promise<{ readonly changes: readonly Change[] }>,
  { dryRun, allowDestructive = false, signal, onProgress }: SyncOptions,
): Promise<readonly string[]> {
  const run: string[] = []
  const failures = new Map<string, number>()
  for (let round = 0; round < maxRounds; round++) {
    signal?.throwIfAborted()
    const changes = selectExecutable((await plan()).changes, allowDestructive)
    if (dryRun === true) return changes.map(({ cql }) => cql)
    if (changes.length === 0) return run
    let hasFailed = false
    for (const [done, change] of changes.entries()) {
      signal?.throwIfAborted()
      try {
        await session.executeSchema(change.cql)
      } catch (error) {
        const count = (failures.get(change.cql) ?? 0) + 1
        failures.set(change.cql, count)
        if (!mayBeConcurrent(error) || count === maxFailures) throw error
        hasFailed = true
        break
      }
      run.push(change.cql)
      onProgress?.({ done: done + 1, total: changes.length, change, action: actionOf(change) })
    }
    // Processes that collided once should not collide again.
    if (hasFailed) await sleep(Math.random() * 100 * (round + 1))
  }
  throw new SchemaError(
    `the cluster still differs from the classes after ${maxRounds} rounds; check whether another process changes the schema back`,
  )
}

/** Returns the changes that may be executed. Throws `SchemaError` if any change is impossible. */
function selectExecutable(
  changes: readonly Change[],
  allowDestructive: boolean,
): readonly Change[] {
  const impossible = changes.filter(({ safety }) => safety === 'impossible')
  if (impossible.length > 0) {
    throw new SchemaError(
      'the cluster differs from the classes in ways that sync cannot change:\n' +
        report(impossible, refusal),
    )
  }
  return changes.filter(
    ({ safety, cql }) =>
      cql !== '' && (safety === 'safe' || (allowDestructive && safety === 'destructive')),
  )
}

/** Tells whether a statement may have failed because another process changes the schema at the same time. */
function mayBeConcurrent(error: unknown): boolean {
  if (error instanceof SchemaError) return true
  return (
    error instanceof ExecutionError &&
    (['alreadyExists', 'invalid', 'server', 'timeout'] as const).some((kind) => kind === error.kind)
  )
}
