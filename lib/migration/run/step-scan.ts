import { MigrationError, StatementError } from '../../errors/errors'
import type { ScanOptions, ScanProgress, ScanState } from '../../repository/options/scan-options'
import type { ReadRepository } from '../../repository/read-repository'

/** The progress of one worker: the state of its scan, and the part of its rows that are done. */
type WorkerProgress = Pick<ScanProgress, 'state' | 'fraction'>

/** The progress of a scan as the log keeps it: that of each worker, null for one that has read no page. */
type SavedScan = readonly (WorkerProgress | null)[]

/** The number of workers by default. */
const defaultWorkers = 4

/** The parts of a run that a scan needs. */
export interface ScanRun {
  /** The progress in the log; null if there is none. */
  readonly saved: string | null
  /** Keeps the progress in the log. */
  readonly save: (progress: string) => Promise<void>
  readonly signal: AbortSignal
  /** Called with the part of the table that is done, from 0 to 1. */
  readonly onFraction: (fraction: number) => void
}

type AnyOptions = Omit<ScanOptions<object>, 'where' | 'select'> & { readonly concurrency?: number }

/**
 * Reads a whole table and calls `eachRow` for each row, one after another in each worker. The progress of a worker is
 * saved at the end of a page, before it goes on: an interrupted scan repeats at most one page of each worker.
 */
export async function scanTable(
  repository: ReadRepository<object>,
  options: AnyOptions,
  eachRow: (row: never) => unknown,
  run: ScanRun,
): Promise<void> {
  requireCall(options, eachRow)
  const { concurrency = defaultWorkers, ...read } = options
  const states = readSaved(run.saved) ?? Array.from({ length: concurrency }, () => null)
  const stop = new AbortController()
  const signal = AbortSignal.any([run.signal, stop.signal])
  const open = (index: number, resume: ScanState | null, onProgress?: Progress) =>
    repository.scan({
      ...read,
      concurrency: 1,
      shard: { index, of: states.length },
      signal,
      ...(resume === null ? {} : { resume }),
      ...(onProgress === undefined ? {} : { onProgress }),
    }) as AsyncIterable<never>
  const progress = new ScanProgressOf(
    canResume(states, open) ? states : states.map(() => null),
    run,
  )
  const work = async (index: number) => {
    let done = progress.of(index)
    const rows = open(index, done?.state ?? null, ({ state, fraction }) => {
      done = { state, fraction }
    })
    for await (const row of rows) {
      await progress.keep(index, done)
      await eachRow(row)
    }
    await progress.keep(index, done)
  }
  const workers = states.map((_, index) => work(index))
  try {
    await Promise.all(workers)
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled(workers)
    throw error
  }
}

type Progress = NonNullable<ScanOptions<object>['onProgress']>

/** A state of another scan, such as one with other values in its filter, cannot be continued: the scan begins again. */
function canResume(
  states: SavedScan,
  open: (index: number, resume: ScanState | null) => unknown,
): boolean {
  // Options that are wrong fail here.
  open(0, null)
  try {
    states.forEach((saved, index) => open(index, saved?.state ?? null))
    return true
  } catch (error) {
    if (error instanceof StatementError) return false
    throw error
  }
}

/** The progress of all workers. Saves that are asked for at the same time become one. */
class ScanProgressOf {
  readonly #workers: (WorkerProgress | null)[]
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(
    saved: SavedScan,
    private readonly run: ScanRun,
  ) {
    this.#workers = [...saved]
  }

  of(index: number): WorkerProgress | null {
    return this.#workers[index] ?? null
  }

  /** Saves the progress of a worker unless it is saved already. */
  async keep(index: number, worker: WorkerProgress | null): Promise<void> {
    if (worker === this.#workers[index]) return
    this.#workers[index] = worker
    await this.#save()
    const sum = this.#workers.reduce((total, each) => total + (each?.fraction ?? 0), 0)
    this.run.onFraction(sum / this.#workers.length)
  }

  /** A save that runs has older states; the next one has those of all workers that wait for it. */
  #save(): Promise<void> {
    this.#next ??= (this.#running ?? Promise.resolve()).then(() => {
      this.#next = undefined
      this.#running = this.run.save(JSON.stringify(this.#workers))
      return this.#running
    })
    return this.#next
  }
}

function readSaved(saved: string | null): SavedScan | undefined {
  return saved === null ? undefined : (JSON.parse(saved) as SavedScan)
}

const kept = ['shard', 'resume', 'onProgress', 'signal'] as const

function requireCall(options: unknown, eachRow: unknown): void {
  if (typeof options !== 'object' || options === null || typeof eachRow !== 'function') {
    throw new MigrationError('scan takes three arguments: scan(Entity, options, eachRow)')
  }
  const wrong = kept.find((name) => name in options)
  if (wrong !== undefined) {
    throw new MigrationError(
      `scan has no option '${wrong}' in a step: the run divides the table, keeps the progress and aborts the scan`,
    )
  }
  const { concurrency } = options as { readonly concurrency?: unknown }
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && Number(concurrency) >= 1)) {
    throw new MigrationError('scan: concurrency must be a whole number from 1')
  }
}
