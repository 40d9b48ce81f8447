import { channel as channelOf, tracingChannel } from 'node:diagnostics_channel'

/** What subscribers of the tracing channel `coodie:execute` see; values are not in it. */
export interface ExecuteTrace {
  readonly cql: string
  readonly entity: string | undefined
  /** Milliseconds; set when the answer is there. */
  duration?: number
  /** Rows of this page; set when the answer is there. */
  rows?: number
  /** Set when it failed. */
  error?: unknown
}

const channel = tracingChannel<'coodie:execute', ExecuteTrace>('coodie:execute')

/** True when anybody listens: otherwise nothing needs to be measured. */
export function isTraced(): boolean {
  return (
    channel.start.hasSubscribers ||
    channel.end.hasSubscribers ||
    channel.asyncStart.hasSubscribers ||
    channel.asyncEnd.hasSubscribers ||
    channel.error.hasSubscribers
  )
}

/**
 * Publishes around an execution: `start` and `end` when it is sent, `asyncStart` and `asyncEnd` when the answer
 * is there, `error` before them when it failed.
 */
export async function traced<T>(trace: ExecuteTrace, run: () => Promise<T>): Promise<T> {
  let answer!: T
  // What the traced promise gives is published as `result`, and rows hold values.
  await channel.tracePromise(async () => {
    answer = await run()
  }, trace)
  return answer
}

/** What subscribers of the channel `coodie:warning` see: something that works and should not be done. */
export interface Warning {
  readonly kind: 'largeBatch'
  readonly message: string
  /** The names of the entities that it concerns. */
  readonly entities: readonly string[]
  readonly statements: number
  readonly partitions: number
}

const warnings = channelOf('coodie:warning')

/** Publishes what `find` finds; nothing is looked for unless anybody listens. */
export function publishWarning(find: () => Warning | undefined): void {
  if (!warnings.hasSubscribers) return
  const warning = find()
  if (warning !== undefined) warnings.publish(warning)
}
