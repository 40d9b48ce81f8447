import { MigrationError } from '../../errors/errors'
import { hasKeyspace } from '../../schema/model/introspect'
import { ensureKeyspace } from '../../schema/schema'
import { keyspaceOf } from '../../repository/repository-context'
import type { Class } from '../../metadata/declaration'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { type Task, statementsOf } from './choose-migrations'
import { entryOf } from './entry-of'
import { Lock } from './lock'
import { type LogContent, MigrationLog } from './migration-log'
import type { MigrationSource } from './migration-source'
import type { RunOptions } from './migration-options'
import type { MigrationResult } from './migration-result'
import { TaskRunner } from './run-task'

/** The options that `run` and `revert` share, and those of `run` that concern the execution. */
type ExecutionOptions = Pick<
  RunOptions,
  'dryRun' | 'lockTimeout' | 'signal' | 'onProgress' | 'fake' | 'allowDestructive'
>

const defaultTimeout = 60_000

const nothing: LogContent = { entries: [], holder: undefined }

/** Returns the log of the keyspace of this call. */
export function logOf(source: MigrationSource, keyspace: string): MigrationLog {
  return new MigrationLog(source.session(), keyspace, source.table, source.defaults)
}

/** Returns the content of a log; it is empty if its table does not exist. Writes nothing. */
export async function readLog(log: MigrationLog, isSettled = true): Promise<LogContent> {
  return (await log.exists()) ? log.read(isSettled) : nothing
}

/**
 * Runs the chosen migrations under the lock. `choose` decides by the log: once before the lock is taken, because often
 * nothing is to be done, and again with the lock.
 */
export async function runMigrations(
  source: MigrationSource,
  keyspace: string,
  choose: (content: LogContent) => readonly Task[],
  options: ExecutionOptions,
): Promise<readonly MigrationResult[]> {
  const log = logOf(source, keyspace)
  const content = await readLog(log)
  if (options.dryRun === true) return choose(content).map((task) => resultOf(task, 0))
  // While another runner works, only the lock tells what is left to be done.
  if (content.holder === undefined && choose(content).length === 0) return []
  await requireKeyspace(source, keyspace)
  await log.create()
  const { lockTimeout = defaultTimeout, signal } = options
  const lock = await Lock.take(log, lockTimeout, signal)
  try {
    const tasks = choose(await log.read())
    return options.fake === true
      ? await record(tasks, lock)
      : await execute(tasks, lock, source, keyspace, options)
  } finally {
    await lock.release()
  }
}

/** Creates the keyspace if the options of the data source say so. Throws `MigrationError` if it does not exist. */
async function requireKeyspace(
  { session, replication }: MigrationSource,
  keyspace: string,
): Promise<void> {
  if (replication !== undefined) await ensureKeyspace(session(), keyspace, replication)
  else if (!(await hasKeyspace(session(), keyspace))) {
    throw new MigrationError(
      `the keyspace '${keyspace}' does not exist; create it, or give the DataSource createKeyspace`,
    )
  }
}

async function execute(
  tasks: readonly Task[],
  lock: Lock,
  source: MigrationSource,
  keyspace: string,
  { signal, onProgress, allowDestructive = false }: ExecutionOptions,
): Promise<readonly MigrationResult[]> {
  if (tasks.length === 0) return []
  const { session, close } = await source.openSession(keyspace)
  const scope = {
    session,
    options: source.defaults,
    metadataOf: (target: Class) => source.host.metadataOf(target),
    keyspaceOf: (metadata: EntityMetadata) => keyspaceOf(metadata, { ...source.host, keyspace }),
  }
  const run = { source, keyspace, scope, lock, allowDestructive, signal, onProgress }
  try {
    const results: MigrationResult[] = []
    for (const task of tasks) {
      signal?.throwIfAborted()
      results.push(resultOf(task, await new TaskRunner(task, run).execute()))
    }
    return results
  } finally {
    await close()
  }
}

async function record(tasks: readonly Task[], lock: Lock): Promise<readonly MigrationResult[]> {
  for (const task of tasks) {
    const stepsDone = task.steps.length
    await lock.write(entryOf(task, { state: 'applied', stepsDone, durationMs: 0 }))
  }
  return tasks.map((task) => resultOf(task, 0))
}

function resultOf(task: Task, durationMs: number): MigrationResult {
  const { version, title, file = null, description = null } = task.migration
  return { version, title, file, description, statements: statementsOf(task), durationMs }
}
