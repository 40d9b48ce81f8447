import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { ExecutionError, LwtOutcomeUnknownError, MigrationError } from '../../errors/errors'
import type { NewEntry } from './entry-of'
import type { LockHolder, MigrationLog } from './migration-log'

/** The time in seconds after which the lock of a dead runner expires. */
const lifetime = 20

/** The time in milliseconds between two renewals. */
const renewal = 5000

/** The time in milliseconds between two attempts of a write that got no answer. */
const pause = 500

/** The lock of a log while this process holds it. Everything that it writes is written only if it still holds it. */
export class Lock {
  readonly #lost = new AbortController()
  readonly #timer: NodeJS.Timeout
  /** The time up to which the lock is held for certain, by the clock of `performance.now()`. */
  #until: number
  /** The writes one after another: two at once would hinder each other. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly log: MigrationLog,
    private readonly holder: LockHolder,
    started: number,
  ) {
    this.#until = started + lifetime * 1000
    this.#timer = setInterval(() => void this.#renew(), renewal)
    this.#timer.unref()
  }

  /**
   * Waits for the lock and takes it. Throws `MigrationError` that names the holder if `timeout` milliseconds do not
   * suffice, and the reason of the signal if it aborts.
   */
  static async take(
    log: MigrationLog,
    timeout: number,
    signal: AbortSignal | undefined,
  ): Promise<Lock> {
    const own = { owner: `${hostname()}:${process.pid}:${randomUUID()}`, since: new Date() }
    const end = performance.now() + timeout
    for (;;) {
      signal?.throwIfAborted()
      const started = performance.now()
      if (await attempt(log, own)) return new Lock(log, own, started)
      const holder = await waitForRelease(log, end, signal)
      if (holder !== undefined) throw lockedError(log, holder, timeout)
    }
  }

  /** Host, process id and a random id. */
  get owner(): string {
    return this.holder.owner
  }

  /** Aborts with a `MigrationError` when the lock is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal
  }

  /** Writes an entry of the log. Throws `MigrationError` if the lock is lost. */
  async write(entry: NewEntry): Promise<void> {
    await this.#fenced(() => this.log.write({ ...entry, runner: this.owner }))
  }

  /** Removes an entry of the log. Throws `MigrationError` if the lock is lost. */
  async remove(version: string): Promise<void> {
    await this.#fenced(() => this.log.remove(version, this.owner))
  }

  /** Gives the lock back. A lock that cannot be given back expires. */
  async release(): Promise<void> {
    clearInterval(this.#timer)
    await this.#last
    if (this.signal.aborted) return
    await this.log.unlock(this.owner).catch(() => undefined)
  }

  /** Runs a write after those before it, again if its outcome is not known: its effect is the same. */
  #fenced(write: () => Promise<boolean>): Promise<void> {
    const run = this.#afterOthers(this.#last, write)
    this.#last = run.catch(() => undefined)
    return run
  }

  async #afterOthers(others: Promise<unknown>, write: () => Promise<boolean>): Promise<void> {
    await others
    this.signal.throwIfAborted()
    if (!(await this.#persist(write))) this.#lose()
    this.signal.throwIfAborted()
  }

  async #persist(write: () => Promise<boolean>): Promise<boolean> {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        if (!isOpen(error) || performance.now() + pause > this.#until) throw error
        await sleep(pause)
      }
    }
  }

  async #renew(): Promise<void> {
    try {
      await this.#fenced(async () => {
        const started = performance.now()
        const isHeld = await this.log.renew(this.holder, lifetime)
        if (isHeld) this.#until = started + lifetime * 1000
        return isHeld
      })
    } catch {
      // Without an answer the lock is taken for lost as soon as it may have expired.
      if (performance.now() + renewal > this.#until) this.#lose()
    }
  }

  #lose(): void {
    clearInterval(this.#timer)
    if (this.signal.aborted) return
    this.#lost.abort(
      new MigrationError(
        `the runner ${this.owner} lost the lock of ${nameOf(this.log)}: it expired or was removed by hand; ` +
          'the runner stops before its next step, and the next run goes on there',
      ),
    )
  }
}

/** Tries to take the lock. Returns `false` if another runner holds it. */
async function attempt(log: MigrationLog, own: LockHolder): Promise<boolean> {
  try {
    return await log.lock(own, lifetime)
  } catch (error) {
    if (!(error instanceof LwtOutcomeUnknownError)) throw error
    // A serial read settles the outcome.
    const { holder } = await log.read()
    return holder?.owner === own.owner
  }
}

/** Waits until the lock is free. Returns the holder if the time is over first. */
async function waitForRelease(
  log: MigrationLog,
  end: number,
  signal: AbortSignal | undefined,
): Promise<LockHolder | undefined> {
  for (;;) {
    const { holder } = await log.read(false)
    const rest = end - performance.now()
    if (holder === undefined || rest <= 0) return holder
    // Runners that collided once should not collide again.
    const delay = Math.min(rest, 100 + Math.random() * 300)
    await sleep(delay, undefined, signal === undefined ? {} : { signal }).catch(() =>
      signal?.throwIfAborted(),
    )
  }
}

function isOpen(error: unknown): boolean {
  if (error instanceof LwtOutcomeUnknownError) return true
  return (
    error instanceof ExecutionError &&
    (['timeout', 'unavailable', 'overloaded', 'connection', 'server'] as const).some(
      (kind) => kind === error.kind,
    )
  )
}

function lockedError(log: MigrationLog, { owner, since }: LockHolder, timeout: number) {
  return new MigrationError(
    `the lock of ${nameOf(log)} is held by ${owner} since ${since.toISOString()}, and ${timeout} ms were not enough to wait for it; ` +
      `wait longer with lockTimeout, or if that runner is dead, for its lock to expire within ${lifetime} seconds`,
  )
}

function nameOf({ keyspace, table }: MigrationLog): string {
  return `${keyspace}.${table}`
}
