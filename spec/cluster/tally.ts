import { inspect } from 'node:util'
import { CoodieError, ExecutionError, LwtOutcomeUnknownError } from '../../lib'

/** Part of every text that a program writes: no error may show it. */
export const secret = 'hush'

/** What came of one call. */
export type Outcome<T> =
  | { readonly isAcknowledged: true; readonly value: T }
  | {
      readonly isAcknowledged: false
      readonly error: unknown
      /** Undefined if the error says that nothing was executed. */
      readonly mayBeExecuted: boolean
    }

/** Figures of one kind of operation. */
export interface Figures {
  acknowledged: number
  /** Errors by code, and by kind for those of the server and the connection. */
  readonly refused: Record<string, number>
  /** Of the refused ones, those that may have been executed. */
  unknown: number
  /** The longest call in milliseconds. */
  slowest: number
}

/** What a program saw of all of its calls. */
export interface TallyReport {
  readonly operations: Readonly<Record<string, Figures>>
  /** Calls that did not end in time. */
  readonly hangs: readonly string[]
  /** Errors that are not of this package. */
  readonly untyped: readonly string[]
  /** Errors that show a value. */
  readonly leaks: readonly string[]
}

/** Counts calls and watches that each ends in time, with an error of this package if with any. */
export class Tally {
  readonly #operations: Record<string, Figures> = {}
  readonly #hangs = new Map<string, number>()
  readonly #untyped = new Map<string, number>()
  readonly #leaks = new Map<string, number>()

  /** Calls, and waits at most `maxDuration` milliseconds. */
  async run<T>(kind: string, maxDuration: number, call: () => Promise<T>): Promise<Outcome<T>> {
    const figures = (this.#operations[kind] ??= {
      acknowledged: 0,
      refused: {},
      unknown: 0,
      slowest: 0,
    })
    const started = performance.now()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(hang), maxDuration)
    })
    try {
      const value = await Promise.race([call(), late])
      figures.acknowledged++
      return { isAcknowledged: true, value }
    } catch (error) {
      const mayBeExecuted = error === hang || mayExecute(error)
      const name = this.#judge(kind, error)
      figures.refused[name] = (figures.refused[name] ?? 0) + 1
      if (mayBeExecuted) figures.unknown++
      return { isAcknowledged: false, error, mayBeExecuted }
    } finally {
      clearTimeout(timer)
      figures.slowest = Math.max(figures.slowest, Math.round(performance.now() - started))
    }
  }

  report(): TallyReport {
    return {
      operations: this.#operations,
      hangs: print(this.#hangs),
      untyped: print(this.#untyped),
      leaks: print(this.#leaks),
    }
  }

  /** Notes what is wrong with an error, and returns the name to count it by. */
  #judge(kind: string, error: unknown): string {
    if (error === hang) {
      note(this.#hangs, kind)
      return 'hang'
    }
    if (inspect(error, { depth: 8 }).includes(secret)) {
      note(this.#leaks, `${kind}: ${inspect(error, { depth: 8 })}`)
    }
    if (!(error instanceof CoodieError)) {
      note(this.#untyped, `${kind}: ${inspect(error)}`)
      return 'untyped'
    }
    return error instanceof ExecutionError ? `${error.code} ${error.kind}` : error.code
  }
}

const hang = Symbol('hang')

/** Returns whether a statement may have been executed, as far as its error tells. */
function mayExecute(error: unknown): boolean {
  if (error instanceof LwtOutcomeUnknownError) return true
  if (!(error instanceof ExecutionError)) return false
  if (/\bnot executed\b|no server could be reached/u.test(error.message)) return false
  return error.kind !== 'syntax' && error.kind !== 'invalid' && error.kind !== 'unauthorized'
}

function note(notes: Map<string, number>, text: string): void {
  // A fault repeats; the first few different texts tell enough.
  if (notes.size < 20 || notes.has(text)) notes.set(text, (notes.get(text) ?? 0) + 1)
}

function print(notes: ReadonlyMap<string, number>): string[] {
  return [...notes].map(([text, times]) => (times === 1 ? text : `${text} (${times} times)`))
}
