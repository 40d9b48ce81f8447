import { setTimeout as sleep } from 'node:timers/promises'
import { ExecutionError, SchemaError } from '../errors/errors'
import { type Change, refusal } from './diff/change'
import { report } from './report'
import type { SyncOptions } from './schema-options'
import type { SchemaSession } from './model/schema-session'

/** How often a plan is made anew because other processes change the schema at the same time. */
const rounds = 20

/** How often one statement may fail before it is not the others' fault. */
const attempts = 3

/**
 * Executes a plan, and makes it anew until nothing is left: another process may be doing the same, so a statement
 * may fail because the thing is there already, and `IF NOT EXISTS` may have done nothing to a thing that differs.
 * Returns the statements that were executed, or would be.
 */
export async function synchronize(
  session: SchemaSession,
  plan: () => Promise<{ readonly changes: readonly Change[] }>,
  { dryRun, allowDestructive = false, signal, onProgress }: SyncOptions,
): Promise<readonly string[]> {
  const run: string[] = []
  const failures = new Map<string, number>()
  for (let round = 0; round < rounds; round++) {
    signal?.throwIfAborted()
    const changes = toMake((await plan()).changes, allowDestructive)
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
        if (!mayBeOthers(error) || count === attempts) throw error
        hasFailed = true
        break
      }
      run.push(change.cql)
      onProgress?.({ done: done + 1, total: changes.length, change })
    }
    // Those that collided once should not do so again at the same moment.
    if (hasFailed) await sleep(Math.random() * 100 * (round + 1))
  }
  throw new SchemaError(
    `the schema is still not like the classes after ${rounds} rounds; does another process change it back?`,
  )
}

/** The changes with a statement that may be executed. Throws `SchemaError` when there are impossible ones. */
function toMake(changes: readonly Change[], allowDestructive: boolean): readonly Change[] {
  const impossible = changes.filter(({ safety }) => safety === 'impossible')
  if (impossible.length > 0) {
    throw new SchemaError(
      'the cluster differs from the classes in ways that no statement can mend:\n' +
        report(impossible, refusal),
    )
  }
  return changes.filter(
    ({ safety, cql }) =>
      cql !== '' && (safety === 'safe' || (allowDestructive && safety === 'destructive')),
  )
}

/** What a statement may fail with because another process was faster, or changes the schema at the same time. */
function mayBeOthers(error: unknown): boolean {
  if (error instanceof SchemaError) return true
  return (
    error instanceof ExecutionError &&
    (['alreadyExists', 'invalid', 'server', 'timeout'] as const).some((kind) => kind === error.kind)
  )
}
