import { channel as channelOf, tracingChannel } from 'node:diagnostics_channel'

/** The message of the tracing channel `coodie:execute`. It contains no values. */
export interface ExecuteTrace {
  /** The statement with its markers. */
  readonly cql: string
  /** The name of the class, or the names of the classes of a batch. */
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
  /** The kind of warning. */
  readonly kind: 'largeBatch'
  /** The warning in words, with the remedy. */
  readonly message: string
  /** The names of the entities concerned. */
  readonly entities: readonly string[]
  /** The number of statements. */
  readonly statements: number
  /** The number of partitions. */
  readonly partitions: number
}

const warnings = channelOf('coodie:warning')

/** Publishes the warning that `find` returns, if any. Without subscribers `find` is not called. */
export function publishWarning(find: () => Warning | undefined): void {
  if (!warnings.hasSubscribers) return
  const warning = find()
  if (warning !== undefined) warnings.publish(warning)
}
