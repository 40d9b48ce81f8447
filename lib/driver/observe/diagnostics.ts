import { channel as channelOf, tracingChannel } from 'node:diagnostics_channel'

/** The message of the tracing channel `coodie:execute`. It contains no values. */
export interface ExecuteTrace {
  readonly cql: string
  readonly entity: string | undefined
  /** The duration in milliseconds; set when the answer arrives. */
  duration?: number
  /** The number of rows of this page; set when the answer arrives. */
  rows?: number
  /** The error; set if the request failed. */
  error?: unknown
}

const channel = tracingChannel<'coodie:execute', ExecuteTrace>('coodie:execute')

/** Returns whether the channel has subscribers. Otherwise nothing needs to be measured. */
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
 * Publishes messages around an execution: `start` and `end` when it is sent, `asyncStart` and `asyncEnd` when the
 * answer arrives, `error` before these if it failed.
 */
export async function traced<T>(trace: ExecuteTrace, run: () => Promise<T>): Promise<T> {
  let answer!: T
  // The channel publishes the value of the traced promise as `result`, and rows contain values.
  await channel.tracePromise(async () => {
    answer = await run()
  }, trace)
  return answer
}

/** The message of the channel `coodie:warning`: something that works but should be avoided. */
export interface Warning {
  readonly kind: 'largeBatch'
  readonly message: string
  /** The names of the entities concerned. */
  readonly entities: readonly string[]
  readonly statements: number
  readonly partitions: number
}

const warnings = channelOf('coodie:warning')

/** Publishes the warning that `find` returns, if any. Without subscribers `find` is not called. */
export function publishWarning(find: () => Warning | undefined): void {
  if (!warnings.hasSubscribers) return
  const warning = find()
  if (warning !== undefined) warnings.publish(warning)
}
