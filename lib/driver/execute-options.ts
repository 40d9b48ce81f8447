import { type QueryOptions, types } from 'cassandra-driver'
import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'

/** Consistency levels by name. */
const levels = {
  any: types.consistencies.any,
  one: types.consistencies.one,
  two: types.consistencies.two,
  three: types.consistencies.three,
  quorum: types.consistencies.quorum,
  all: types.consistencies.all,
  localQuorum: types.consistencies.localQuorum,
  eachQuorum: types.consistencies.eachQuorum,
  serial: types.consistencies.serial,
  localSerial: types.consistencies.localSerial,
  localOne: types.consistencies.localOne,
} as const satisfies Record<keyof typeof types.consistencies, number>

export type Consistency = keyof typeof levels
export type SerialConsistency = 'serial' | 'localSerial'

/** What every call takes, about how it is executed. */
export interface ExecuteOptions {
  readonly consistency?: Consistency
  /** Of the conditional part of a write. */
  readonly serialConsistency?: SerialConsistency
  /** Milliseconds that the client waits for an answer. */
  readonly timeout?: number
  /** Whether the driver may send it again when the outcome is unknown; inferred unless given. */
  readonly isIdempotent?: boolean
  /** One of the client's `profiles`, by name. Defaults do not override what it says. */
  readonly executionProfile?: string
  readonly traceQuery?: boolean
  /** Rows per page. */
  readonly fetchSize?: number
}

/** The names of `ExecuteOptions`, for those who check what they are given. */
export const executeOptionNames = [
  'consistency',
  'serialConsistency',
  'timeout',
  'isIdempotent',
  'executionProfile',
  'traceQuery',
  'fetchSize',
] as const satisfies readonly (keyof ExecuteOptions)[]

const known: ReadonlySet<string> = new Set(executeOptionNames)

/** True when a call says anything about how it is executed. */
export function hasExecuteOptions(options: object): boolean {
  for (const name of Object.keys(options)) if (known.has(name)) return true
  return false
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** What a profile of the client can say. */
const profileOptionNames: ReadonlySet<keyof ExecuteOptions> = new Set([
  'consistency',
  'serialConsistency',
  'timeout',
])

/**
 * The first layer that names an option decides it: the call, then `with`, then the data source. Below a
 * layer that names an execution profile, what a profile can say does not count, for a default must not override it.
 */
export function mergeOptions(...layers: readonly ExecuteOptions[]): ExecuteOptions {
  const merged: Mutable<ExecuteOptions> = {}
  let hasProfile = false
  for (const layer of layers) {
    for (const name of executeOptionNames) {
      const value = layer[name]
      if (value === undefined || merged[name] !== undefined) continue
      if (hasProfile && profileOptionNames.has(name)) continue
      merged[name] = value as never
    }
    hasProfile ||= layer.executionProfile !== undefined
  }
  return merged
}

/** Sets the driver's query options. Throws `StatementError` for a value that an option does not have. */
export function setQueryOptions(query: QueryOptions, options: ExecuteOptions): void {
  if (options.consistency !== undefined) query.consistency = level(options.consistency)
  if (options.serialConsistency !== undefined) {
    const { serialConsistency } = options
    if (serialConsistency !== 'serial' && serialConsistency !== 'localSerial') {
      throw new StatementError(`serialConsistency must be 'serial' or 'localSerial'`)
    }
    query.serialConsistency = levels[serialConsistency]
  }
  if (options.timeout !== undefined) query.readTimeout = whole('timeout', options.timeout, 0)
  if (options.fetchSize !== undefined) query.fetchSize = whole('fetchSize', options.fetchSize, 1)
  if (options.executionProfile !== undefined) query.executionProfile = options.executionProfile
  if (options.traceQuery !== undefined) query.traceQuery = options.traceQuery
}

function level(name: Consistency): number {
  if (!Object.hasOwn(levels, name)) {
    throw new StatementError(
      `'${String(name)}' is not a consistency${didYouMean(String(name), Object.keys(levels))}`,
    )
  }
  // The driver takes a falsy level for none given and sends ONE; the boxed 0 is truthy and written as 0.
  return name === 'any' ? Object(levels.any) : levels[name]
}

function whole(option: string, value: number, smallest: number): number {
  if (!Number.isInteger(value) || value < smallest || value > 2_147_483_647) {
    throw new StatementError(`${option} must be a whole number from ${smallest}`)
  }
  return value
}
