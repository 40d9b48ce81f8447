import { MassWriteError, type MassWriteFailure } from '../../errors/errors'
import type { MassWriteProgress } from '../options/find-options'

export interface MassWriteOptions {
  readonly concurrency: number
  /** So many failures end the write before its source does; all others that are under way are finished. */
  readonly maxFailures?: number
  readonly onProgress?: ((progress: MassWriteProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Writes every entity that the source gives, `concurrency` at a time; the next one is asked for only when there is
 * room for it. A failure does not stop the others; when there are any, throws one `MassWriteError` that tells
 * which. What the source throws, or the signal, is thrown when those under way are finished. Gives how many were
 * written.
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
