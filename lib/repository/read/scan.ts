import { createHash } from 'node:crypto'
import { StatementError } from '../../errors/errors'
import { And, LessThanOrEqual, MoreThan } from '../../statement/condition'
import type { Page } from '../options/find-options'
import type { ScanOptions, ScanState } from '../options/scan-options'
import { digest } from './page-token'
import { type Read, pageOf, planRead } from './read'
import type { RepositoryContext } from '../repository-context'
import { requireOptions } from '../options/require-options'

/** The options of a scan of whatever entity. */
type AnyScan = Omit<ScanOptions<object>, 'where' | 'select'> & {
  readonly where?: object
  readonly select?: readonly string[]
}

const smallest = -(2n ** 63n)
const ringSize = 2n ** 64n

/** The ranges of one shard, as many as make progress and concurrency fine-grained enough. */
function rangesOf(index: number, of: number): readonly (readonly [from: bigint, to: bigint])[] {
  const count = Math.max(64, of * 16)
  const bound = (i: number) => smallest + (ringSize * BigInt(i)) / BigInt(count)
  const ranges: [bigint, bigint][] = []
  for (let i = index; i < count; i += of) {
    // Both ends are inclusive there, and the last token is one less than the size tells.
    ranges.push([bound(i), i === count - 1 ? -smallest - 1n : bound(i + 1)])
  }
  return ranges
}

/** Reads the whole table by ranges of tokens. What is wrong with the options is thrown at once. */
export function scanOf<T>(context: RepositoryContext, options: AnyScan): AsyncIterable<T> {
  const scan = new Scan<T>(context, options)
  return { [Symbol.asyncIterator]: () => scan.read() }
}

/** A page on its way. */
interface Arrival<T> {
  readonly range: number
  readonly page: Page<T>
}

class Scan<T> {
  readonly #ranges: readonly Read[]
  readonly #of: string
  readonly #options: AnyScan

  constructor(
    private readonly context: RepositoryContext,
    options: AnyScan,
  ) {
    const { name } = context.metadata
    requireOptions(name, 'scan', options)
    const { shard = { index: 0, of: 1 }, resume } = options
    this.#options = options
    const { shard: _s, resume: _r, onProgress: _p, signal: _g, concurrency: _c, ...read } = options
    this.#ranges = rangesOf(shard.index, shard.of).map(([from, to]) =>
      planRead(context, 'stream', {
        ...read,
        token: And(MoreThan(from), LessThanOrEqual(to)),
      }),
    )
    const [first] = this.#ranges
    const filter = first === undefined ? '' : digest(first).toString('hex')
    this.#of = `${filter}:${shard.index}/${shard.of}`
    if (resume === undefined) return
    if (resume.of !== this.#of) {
      throw new StatementError(
        `${name}: the state belongs to another scan; its shard, filter, values and select must be the same`,
      )
    }
    if (resume.check !== checkOf(resume)) throw this.#damaged()
  }

  async *read(): AsyncGenerator<T, void, undefined> {
    const { signal } = this.#options
    const abort = new Abort(signal)
    try {
      await abort.or(this.#requireMurmur3())
      yield* this.#rows(abort)
    } finally {
      abort.end()
    }
  }

  async *#rows(abort: Abort): AsyncGenerator<T, void, undefined> {
    const { concurrency = 4, resume, onProgress, signal } = this.#options
    const open = new Map<number, string | null>(resume?.open)
    let next = resume?.next ?? 0
    let rows = resume?.rows ?? 0
    const arriving = new Map<number, Promise<Arrival<T>>>()
    const fetch = (range: number) => {
      const arrival = this.#page(range, open.get(range) ?? null)
      // A failure is thrown where the page is awaited; nobody awaits the other pages under way then.
      arrival.catch(() => undefined)
      arriving.set(range, arrival)
    }
    for (const range of open.keys()) fetch(range)
    for (;;) {
      while (arriving.size < concurrency && next < this.#ranges.length) {
        open.set(next, null)
        fetch(next++)
      }
      if (arriving.size === 0) return
      const { range, page } = await abort.or(...arriving.values())
      arriving.delete(range)
      for (const item of page.items) {
        yield item
        signal?.throwIfAborted()
      }
      rows += page.items.length
      if (page.pageState === null) {
        open.delete(range)
      } else {
        open.set(range, page.pageState)
        fetch(range)
      }
      if (onProgress === undefined) continue
      const state = { of: this.#of, next, open: [...open], rows }
      onProgress({
        state: { ...state, check: checkOf(state) },
        fraction: (next - open.size) / this.#ranges.length,
        rows,
      })
    }
  }

  #damaged(): StatementError {
    return new StatementError(
      `${this.context.metadata.name}: the state is damaged; pass one as onProgress received it, or scan without resume`,
    )
  }

  async #page(range: number, pageState: string | null): Promise<Arrival<T>> {
    const read = this.#ranges[range]
    if (read === undefined) throw this.#damaged()
    return { range, page: await pageOf<T>(this.context, read, pageState) }
  }

  async #requireMurmur3(): Promise<void> {
    const [row] = await this.context.host
      .session()
      .query('SELECT partitioner FROM system.local', [])
    const partitioner = String(row?.['partitioner'])
    if (!partitioner.endsWith('Murmur3Partitioner')) {
      throw new StatementError(
        `${this.context.metadata.name}: scan() needs a cluster partitioned by murmur3, and this one is by ${partitioner}; use stream()`,
      )
    }
  }
}

/** Returns a checksum of a state: a damaged one could look like that of a scan that has ended. */
function checkOf({ of, next, open, rows }: Omit<ScanState, 'check'>): string {
  const text = JSON.stringify([of, next, open, rows])
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}

/** Hears a signal, from when it is made to `end`. */
class Abort {
  readonly #aborted: readonly Promise<never>[]
  #stop: () => void = () => undefined

  constructor(signal: AbortSignal | undefined) {
    this.#aborted = signal === undefined ? [] : [this.#listen(signal)]
  }

  #listen(signal: AbortSignal): Promise<never> {
    const aborted = new Promise<never>((_, reject) => {
      const abort = () => reject(signal.reason as Error)
      if (signal.aborted) abort()
      signal.addEventListener('abort', abort)
      this.#stop = () => signal.removeEventListener('abort', abort)
    })
    aborted.catch(() => undefined)
    return aborted
  }

  /** Waits for the first of some promises. Rejects when the signal aborts. */
  or<T>(...promises: readonly Promise<T>[]): Promise<T> {
    return Promise.race([...this.#aborted, ...promises])
  }

  end(): void {
    this.#stop()
  }
}
