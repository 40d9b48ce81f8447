import { CoodieError, ExecutionError, MigrationError } from '../../errors/errors'
import { hasEffect } from '../effect/has-effect'
import { nameMigration } from '../build-migration'
import type { Step } from '../migration'
import { type Task, isSameFile } from './choose-migrations'
import { type NewEntry, entryOf } from './entry-of'
import { executeStatement } from './execute-statement'
import type { Lock } from './lock'
import type { LoggedMigration } from './logged-migration'
import type { MigrationProgress } from './migration-progress'
import { type StepRun, makeContext } from './step-context'
import { textOf } from './step-text'

/** The parts of a run that its migrations share. */
export interface TaskRun extends Omit<StepRun, 'scan' | 'canLose'> {
  readonly lock: Lock
  readonly allowDestructive: boolean
  readonly signal: AbortSignal | undefined
  readonly onProgress: ((progress: MigrationProgress) => void) | undefined
}

/** The steps of one migration, one after another, each written to the log before it begins. */
export class TaskRunner {
  readonly #started = performance.now()
  /** The time in milliseconds that earlier runs took. */
  readonly #before: number
  readonly #signal: AbortSignal
  #done: number
  /** `true` if a runner that died or got no answer has begun the next step, so that its effect may exist. */
  #hasBegun: boolean
  #scan: string | null

  constructor(
    private readonly task: Task,
    private readonly run: TaskRun,
  ) {
    const { entry, done, steps, direction, migration } = task
    const goesOn = entry !== undefined && entry.state !== 'applied' && entry.direction === direction
    this.#before = goesOn ? entry.durationMs : 0
    this.#done = done
    this.#hasBegun =
      goesOn &&
      entry.hasBegun &&
      (isSameFile(migration, entry) || entry.stepChecksums[done] === steps[done]?.checksum)
    this.#scan = this.#hasBegun ? (entry?.scan ?? null) : null
    const { lock, signal } = run
    this.#signal = AbortSignal.any([lock.signal, ...(signal === undefined ? [] : [signal])])
  }

  /**
   * Runs the steps that are not done, and returns the time in milliseconds. Throws `MigrationError` for a step that
   * failed and for a lock that was lost, and the reason of the signal if it aborts.
   */
  async execute(): Promise<number> {
    const { steps, direction, migration } = this.task
    for (const step of steps.slice(this.#done)) {
      this.#report()
      await this.#stopIfAborted()
      await this.#begin(step)
      this.#hasBegun = false
      this.#scan = null
      this.#done++
    }
    const { lock } = this.run
    try {
      if (direction === 'down') await lock.remove(migration.version)
      else await lock.write(this.#entry('applied'))
    } catch (error) {
      const { version, file } = migration
      const name = nameMigration(migration)
      const reason = `${name}: its steps are done and could not be recorded: ${reasonOf(error)}`
      throw new MigrationError(reason, { version, file, cause: error })
    }
    return this.#durationMs
  }

  #report(fraction?: number): void {
    const { version, title } = this.task.migration
    const { steps } = this.task
    this.run.onProgress?.({
      version,
      title,
      step: this.#done + 1,
      steps: steps.length,
      ...(fraction === undefined ? {} : { fraction }),
    })
  }

  async #stopIfAborted(): Promise<void> {
    if (this.run.signal?.aborted !== true) return
    if (this.#done > this.task.done) await this.#fail(this.#hasBegun, 'aborted')
    this.run.signal.throwIfAborted()
  }

  async #begin(step: Step): Promise<void> {
    const wasBegun = this.#hasBegun
    this.#hasBegun = true
    try {
      await this.run.lock.write(this.#entry('running'))
      await this.#runStep(step, wasBegun)
    } catch (error) {
      const hasBegun = wasBegun || step.kind === 'function' || !isRefused(error)
      await this.#fail(hasBegun, reasonOf(error))
      if (this.run.signal?.aborted === true && error === this.run.signal.reason) throw error
      throw this.#errorOf(step, error)
    }
  }

  async #runStep(step: Step, wasBegun: boolean): Promise<void> {
    if (step.kind === 'function') {
      await step.run(this.#context)
      return
    }
    const { scope } = this.run
    try {
      await executeStatement(scope, step.kind === 'text' ? step.cql : step.fragment, true)
    } catch (error) {
      if (!wasBegun || !isRefused(error)) throw error
      const cql = error instanceof ExecutionError ? error.cql : undefined
      if (cql === undefined || !(await hasEffect(scope.session, this.run.keyspace, cql)))
        throw error
      await scope.session.awaitSchemaAgreement()
    }
  }

  get #context() {
    const { migration, direction } = this.task
    const { source, keyspace, scope, allowDestructive } = this.run
    return makeContext({
      source,
      keyspace,
      scope,
      canLose: direction === 'down' || migration.destructive || allowDestructive,
      scan: {
        saved: this.#scan,
        signal: this.#signal,
        save: async (progress) => {
          this.#scan = progress
          await this.run.lock.write(this.#entry('running'))
        },
        onFraction: (fraction) => this.#report(fraction),
      },
    })
  }

  /** Records a failure. Without an answer, the entry says that the step was begun, which is true as well. */
  async #fail(hasBegun: boolean, error: string): Promise<void> {
    this.#hasBegun = hasBegun
    await this.run.lock.write(this.#entry('failed', error)).catch(() => undefined)
  }

  #entry(state: LoggedMigration['state'], error?: string): NewEntry {
    return entryOf(this.task, {
      state,
      stepsDone: this.#done,
      hasBegun: this.#hasBegun,
      scan: this.#scan,
      durationMs: this.#durationMs,
      ...(error === undefined ? {} : { error }),
    })
  }

  get #durationMs(): number {
    return Math.round(this.#before + performance.now() - this.#started)
  }

  #errorOf(step: Step, error: unknown): MigrationError {
    const { migration, steps, direction } = this.task
    const { version, file } = migration
    const number = this.#done + 1
    const statement = textOf(step) ?? statementOf(error)
    const of = direction === 'down' ? ' of down' : ''
    return new MigrationError(
      `${nameMigration(migration)}: step ${number} of ${steps.length}${of} failed: ${reasonOf(error)}` +
        (statement === undefined ? '' : `\n  ${statement}`),
      { version, file, step: number, statement, cause: error },
    )
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function statementOf(error: unknown): string | undefined {
  if (error instanceof ExecutionError) return error.cql
  return error instanceof MigrationError ? error.statement : undefined
}

/** The kinds of answers with which the server says that it changed nothing. */
const refusals: ReadonlySet<string> = new Set([
  'alreadyExists',
  'invalid',
  'syntax',
  'unauthorized',
])

/** Tells whether nothing was executed: the server refused the statement, or it was refused before it was sent. */
function isRefused(error: unknown): boolean {
  if (error instanceof ExecutionError) return refusals.has(error.kind)
  return error instanceof CoodieError && ['STATEMENT', 'VALUE', 'MIGRATION'].includes(error.code)
}
