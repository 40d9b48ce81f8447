import { MassWriteError, type MassWriteFailure } from '../../errors/errors'
import type { MassWriteProgress } from '../options/find-options'

export interface MassWriteOptions {
  readonly concurrency: number
  /** The number of failures that end the write early. Writes under way are finished. */
  readonly maxFailures?: number
  readonly onProgress?: ((progress: MassWriteProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Writes all entities of a source, `concurrency` at a time, and reads the next entity only when it can be sent. A failure
 * does not stop the others: at the end, one `MassWriteError` lists all failures. An error of the source, or the reason of
 * the signal, is thrown after the writes under way are finished. Returns the number of written entities.
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
  let next = 0
  let written = 0
  let isDone = false
  // One at a time: a source need not bear being asked again before it has answered.
  let turn: Promise<unknown> = Promise.resolve()
  const pull = (): Promise<IteratorResult<T, unknown>> => {
    const pulled = turn.then(async () => (isDone ? ended : iterator.next()))
    turn = pulled.catch(() => undefined)
    return pulled
  }
  const worker = async () => {
    while (!isDone) {
      signal?.throwIfAborted()
      const { value, done } = await pull()
      if (done === true) {
        isDone = true
        return
      }
      const index = next++
      try {
        await write(value)
        written++
      } catch (cause) {
        failures.push(failureOf(index, value, cause))
        if (failures.length >= maxFailures) isDone = true
      }
      onProgress?.({ written, failed: failures.length })
    }
  }
  const outcomes = await Promise.allSettled(
    Array.from({ length: concurrency }, async () => {
      try {
        await worker()
      } catch (error) {
        isDone = true
        throw error
      }
    }),
  )
  await iterator.return?.(undefined)
  const broken = outcomes.find((outcome) => outcome.status === 'rejected')
  if (broken !== undefined) throw broken.reason
  if (failures.length > 0) {
    failures.sort((a, b) => a.index - b.index)
    throw new MassWriteError(entity, failures, written)
  }
  return written
}

/** A failure whose entity, which may hold secrets, is not printed with the error. */
function failureOf(index: number, entity: unknown, cause: unknown): MassWriteFailure {
  return Object.defineProperty({ index, entity, cause }, 'entity', { enumerable: false })
}

const ended = { value: undefined, done: true } as const
