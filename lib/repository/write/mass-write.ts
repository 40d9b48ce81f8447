import { MassWriteError, type MassWriteFailure } from '../../errors/errors'
import type { MassWriteProgress } from '../options/write-options'

export interface MassWriteOptions {
  readonly concurrency: number
  /** The number of failures that end the write early. Writes under way are finished. */
  readonly maxFailures?: number
  readonly onProgress?: ((progress: MassWriteProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** The time in milliseconds that writes under way have to finish after an abort. */
const finishTime = 500

/**
 * Writes all entities of a source, `concurrency` at a time, and reads the next entity only when it can be sent. A failure
 * does not stop the others: at the end, one `MassWriteError` lists all failures. An error of the source, or the reason of
 * the signal, is thrown after the writes under way are finished; after an abort, those that get no answer soon are not
 * waited for. Returns the number of written entities.
 */
export async function writeAll<T>(
  entity: string,
  source: Iterable<T> | AsyncIterable<T>,
  { concurrency, maxFailures = Infinity, onProgress, signal }: MassWriteOptions,
  write: (entity: T) => unknown,
): Promise<number> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  const failures: MassWriteFailure[] = []
  const workers: Promise<void>[] = []
  const pulling = new Set<(reason: unknown) => void>()
  const writing = new Set<(reason: unknown) => void>()
  let next = 0
  let written = 0
  /** All entities before this index are settled; `settled` has the indexes from there on. */
  let through = 0
  const settled = new Set<number>()
  let isDone = false
  // One at a time: a source need not bear being asked again before it has answered.
  let turn: Promise<unknown> = Promise.resolve()
  const pull = (): Promise<IteratorResult<T, unknown>> => {
    const pulled = turn.then(async () => (isDone ? ended : iterator.next()))
    turn = pulled.catch(() => undefined)
    return signal === undefined ? pulled : unlessAborted(pulled, pulling)
  }
  const work = async () => {
    while (!isDone) {
      signal?.throwIfAborted()
      const { value, done } = await pull()
      if (done === true) {
        isDone = true
        return
      }
      // Another worker asks for the next entity, so that there are never more workers than entities.
      if (workers.length < concurrency) start()
      const index = next++
      try {
        await (signal === undefined ? write(value) : unlessAborted(attempt(write, value), writing))
        written++
      } catch (cause) {
        if (signal?.aborted === true && cause === signal.reason) throw cause
        failures.push({ index, entity: value, cause })
        if (failures.length >= maxFailures) isDone = true
      }
      settled.add(index)
      while (settled.delete(through)) through++
      onProgress?.({ written, failed: failures.length, through })
    }
  }
  const errors: unknown[] = []
  const start = () => {
    const worker = work().catch((error: unknown) => {
      isDone = true
      errors.push(error)
    })
    workers.push(worker)
  }
  const rejectAll = (waiting: Set<(reason: unknown) => void>) => {
    for (const reject of waiting) reject(signal?.reason)
  }
  let timer: NodeJS.Timeout | undefined
  const abort = () => {
    rejectAll(pulling)
    timer = setTimeout(rejectAll, finishTime, writing)
  }
  signal?.addEventListener('abort', abort, { once: true })
  start()
  // Workers that start later are at the end of the array, and awaited too.
  for (const worker of workers) await worker
  signal?.removeEventListener('abort', abort)
  clearTimeout(timer)
  const ending = iterator.return?.(undefined)
  if (signal?.aborted !== true) await ending
  // A source that is stalled ends when it can.
  else Promise.resolve(ending).catch(() => undefined)
  if (errors.length > 0) throw errors[0]
  if (failures.length > 0) {
    failures.sort((a, b) => a.index - b.index)
    throw new MassWriteError(entity, failures, written, through)
  }
  return written
}

/** Writes one entity. Whatever is thrown rejects the promise. */
async function attempt<T>(write: (entity: T) => unknown, entity: T): Promise<unknown> {
  return write(entity)
}

const ended = { value: undefined, done: true } as const

/** Waits for a promise, or for the call of the function that it adds to the set. */
function unlessAborted<T>(
  promise: Promise<T>,
  waiting: Set<(reason: unknown) => void>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    waiting.add(reject)
    promise.then(resolve, reject).finally(() => waiting.delete(reject))
  })
}
