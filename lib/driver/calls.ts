import { ExecutionError } from '../errors/errors'
import { type BatchExecution, type Execution, printBatch } from './execution'
import { unansweredError } from './translate-error'

/** The time in milliseconds between two looks at the calls under way. */
const tick = 250
/** The number of waiting calls that try again at each look. Of the others, one tries again for each call that ends. */
const maxTries = 64

/** The statement of a call, for its error. */
type CallContext = Pick<Execution, 'cql' | 'isConditional' | 'entity'> | BatchExecution

interface Call extends Link {
  readonly context: CallContext
  /** The look at which it is overdue. */
  readonly due: number
  readonly reject: (reason: Error) => void
}

interface Link {
  previous: Link
  next: Link
}

/** Calls in the order of their start. A `Set` takes five times as long, since every call is added and removed. */
class CallList {
  readonly #end: Link

  constructor() {
    const end = {} as Link
    end.previous = end
    end.next = end
    this.#end = end
  }

  get isEmpty(): boolean {
    return this.#end.next === this.#end
  }

  add(context: CallContext, due: number, reject: Call['reject']): Call {
    const end = this.#end
    const call: Call = { context, due, reject, previous: end.previous, next: end }
    end.previous.next = call
    end.previous = call
    return call
  }

  /** Does nothing for a call that was removed before. */
  remove(call: Call): void {
    call.previous.next = call.next
    call.next.previous = call.previous
    call.previous = call
    call.next = call
  }

  /** Returns the calls as they are now. */
  all(): readonly Call[] {
    const calls: Call[] = []
    for (let link = this.#end.next; link !== this.#end; link = link.next) calls.push(link as Call)
    return calls
  }
}

/**
 * The calls under way. Each ends in time, whatever the driver does: its own timeout counts from when a request is handed
 * to a connection, anew for USE, PREPARE and each attempt, and some of its failures never reach the caller.
 */
export class Calls {
  readonly #calls = new CallList()
  readonly #waiting: (() => void)[] = []
  readonly #timer: NodeJS.Timeout
  #now = 0
  #onIdle: (() => void) | undefined
  #isEnding = false

  constructor() {
    this.#timer = setInterval(() => this.#check(), tick)
    this.#timer.unref()
  }

  /** Throws `ExecutionError` for a new call after `end` was called. */
  requireOpen(): void {
    if (this.#isEnding) throw new ExecutionError('connection', 'the data source was destroyed', {})
  }

  /** Returns the look at which a call is overdue that starts now and may take so many milliseconds; 0 is no limit. */
  dueAfter(milliseconds: number): number {
    // Half a second later than the driver's own timeout, whose error says more.
    return milliseconds === 0 ? Infinity : this.#now + Math.ceil(milliseconds / tick) + 2
  }

  /** Returns the result of a call, which is rejected when it is overdue. */
  run<T>(context: CallContext, due: number, call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const entry = this.#calls.add(context, due, reject)
      call.then(
        (result) => {
          this.#end(entry)
          return resolve(result)
        },
        (error: Error) => {
          this.#end(entry)
          return reject(error)
        },
      )
    })
  }

  /** Waits until another call has ended, or for a short time. Returns false if the calling call is overdue. */
  async room(due: number): Promise<boolean> {
    if (due <= this.#now) return false
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return true
  }

  /** Waits until no call is under way, at most so many milliseconds, and rejects the others. */
  async end(milliseconds: number): Promise<void> {
    this.#isEnding = true
    const end = performance.now() + milliseconds
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
    })
    // A call that was answered can ask for its next page in the meantime.
    await new Promise(setImmediate)
    while (!this.#calls.isEmpty && performance.now() < end) {
      await Promise.race([over, new Promise<void>((resolve) => (this.#onIdle = resolve))])
      await new Promise(setImmediate)
    }
    clearTimeout(timer)
    clearInterval(this.#timer)
    for (const call of this.#calls.all()) {
      this.#calls.remove(call)
      call.reject(unanswered(call.context, 'the data source was destroyed before the answer came'))
    }
    this.#now = Infinity
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #end(call: Call): void {
    this.#calls.remove(call)
    this.#waiting.shift()?.()
    if (this.#calls.isEmpty) this.#onIdle?.()
  }

  #check(): void {
    this.#now++
    for (const call of this.#calls.all()) {
      if (call.due > this.#now) continue
      call.reject(unanswered(call.context, 'no answer came in time'))
      this.#end(call)
    }
    for (const resolve of this.#waiting.splice(0, maxTries)) resolve()
  }
}

function unanswered(context: CallContext, reason: string): Error {
  const { isConditional, entity } = context
  const cql = 'statements' in context ? printBatch(context) : context.cql
  return unansweredError(reason, { cql, isConditional, entity })
}
