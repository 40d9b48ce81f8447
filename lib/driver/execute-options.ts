import { type ExecutionProfile, type QueryOptions, types } from 'cassandra-driver'
import { didYouMean } from '../errors/did-you-mean'
import { StatementError } from '../errors/errors'
import {
  type OptionCheck,
  boolean,
  oneOf,
  quoteNames,
  text,
  wholeFrom,
} from '../errors/option-checks'

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

/** The name of a consistency level. */
export type Consistency = keyof typeof levels
/** The name of a consistency level for the condition of a conditional write. */
export type SerialConsistency = 'serial' | 'localSerial'

/** Options that every call accepts, about how it is executed. */
export interface ExecuteOptions {
  /** The number of replicas that must answer. */
  readonly consistency?: Consistency
  /** The consistency of the conditional part of a write. */
  readonly serialConsistency?: SerialConsistency
  /** The time in milliseconds that the client waits for an answer. */
  readonly timeout?: number
  /** Allows the driver to send the statement again if the outcome is unknown. Inferred unless given. */
  readonly isIdempotent?: boolean
  /** The name of one of the client's `profiles`. Defaults do not override its options. */
  readonly executionProfile?: string
  /** Asks the server to trace the request. */
  readonly traceQuery?: boolean
  /** The number of rows per page. */
  readonly fetchSize?: number
}

/** The requirement for the value of each option. */
export const executeOptionChecks = {
  consistency: oneOf(Object.keys(levels)),
  serialConsistency: oneOf(['serial', 'localSerial'] satisfies SerialConsistency[]),
  timeout: wholeFrom(0),
  isIdempotent: boolean,
  executionProfile: text,
  traceQuery: boolean,
  fetchSize: wholeFrom(1),
} as const satisfies Record<keyof ExecuteOptions, OptionCheck>

const names = Object.keys(executeOptionChecks) as readonly (keyof ExecuteOptions)[]
const known: ReadonlySet<string> = new Set(names)

/** Returns whether the options of a call contain any of `ExecuteOptions`. */
export function hasExecuteOptions(options: object): boolean {
  for (const name of Object.keys(options)) if (known.has(name)) return true
  return false
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The options that a profile of the client can have. */
const profileOptionNames: ReadonlySet<keyof ExecuteOptions> = new Set([
  'consistency',
  'serialConsistency',
  'timeout',
])

/**
 * Merges layers of options: the call, then `with`, then the data source. The first layer that names an option decides
 * it. Below a layer that names an execution profile, the options that a profile can have do not count, because a
 * default must not override the profile.
 */
export function mergeOptions(...layers: readonly ExecuteOptions[]): ExecuteOptions {
  const merged: Mutable<ExecuteOptions> = {}
  let hasProfile = false
  for (const layer of layers) {
    for (const name of names) {
      const value = layer[name]
      if (value === undefined || merged[name] !== undefined) continue
      if (hasProfile && profileOptionNames.has(name)) continue
      merged[name] = value as never
    }
    hasProfile ||= layer.executionProfile !== undefined
  }
  return merged
}

/** Throws `StatementError` for the name of an execution profile that a client does not have. */
export function requireProfile(profiles: readonly ExecutionProfile[] = [], name: string): void {
  const known = [...new Set([...profiles.map((profile) => profile.name), 'default'])]
  if (known.includes(name)) return
  throw new StatementError(
    `'${name}' is not an execution profile; the client has ${quoteNames(known)}${didYouMean(name, known)}`,
  )
}

/** Sets the driver's query options. The values have been checked where the call, `with` or the data source named them. */
export function setQueryOptions(query: QueryOptions, options: ExecuteOptions): void {
  if (options.consistency !== undefined) query.consistency = levelOf(options.consistency)
  if (options.serialConsistency !== undefined) {
    query.serialConsistency = levels[options.serialConsistency]
  }
  if (options.timeout !== undefined) query.readTimeout = options.timeout
  if (options.fetchSize !== undefined) query.fetchSize = options.fetchSize
  if (options.executionProfile !== undefined) query.executionProfile = options.executionProfile
  if (options.traceQuery !== undefined) query.traceQuery = options.traceQuery
}

function levelOf(name: Consistency): number {
  // The driver replaces a falsy level by ONE; the boxed 0 is truthy and written as 0.
  return name === 'any' ? Object(levels.any) : levels[name]
}
