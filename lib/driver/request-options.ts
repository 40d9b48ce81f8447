import { type Client, type QueryOptions, policies } from 'cassandra-driver'
import { requireProfile, setQueryOptions } from './execute-options'
import type { Execution } from './execution'
import { optionsOf } from './internals/client-members'
import { ownRequest } from './internals/direct-requests'
import { type FrameReader, frameReader } from './internals/direct-rows'
import {
  type GuardedOptions,
  encodedFor,
  lastRequest,
  markerChecks,
  rounds,
} from './internals/request-guard'

/** The options of one request to the driver, with a place for each usual one, so that the object need not grow. */
export class RequestOptions {
  prepare = true
  /** The look of `Calls` at which the call is overdue. */
  due = Infinity
  routingKey: Buffer | undefined
  timestamp: QueryOptions['timestamp'];
  [ownRequest]: boolean | undefined;
  [frameReader]: FrameReader | undefined;
  [markerChecks]: GuardedOptions[typeof markerChecks];
  [encodedFor]: GuardedOptions[typeof encodedFor];
  [lastRequest]: unknown;
  [rounds] = 0

  constructor(readonly isIdempotent: boolean) {}
}

/**
 * The retry policy of conditional statements. The driver's default policy sends a statement again if replicas are
 * unavailable or a read times out, idempotent or not; the second round would then find the first one's write.
 */
const noRetry = new policies.retry.FallthroughRetryPolicy()

/** Returns the driver's options for an execution. Throws `StatementError` for an execution profile that the client does not have. */
export function requestOptionsOf(
  client: Client,
  {
    options = {},
    isIdempotent,
    isConditional,
  }: Pick<Execution, 'options' | 'isIdempotent' | 'isConditional'>,
): QueryOptions & RequestOptions {
  const request = new RequestOptions(options.isIdempotent ?? isIdempotent) as QueryOptions &
    RequestOptions
  setQueryOptions(request, options)
  if (options.executionProfile !== undefined) {
    requireProfile(optionsOf(client)?.profiles, options.executionProfile)
  }
  if (isConditional === true) request.retry = noRetry
  return request
}

/** The driver's own timeout of a request in milliseconds. */
const defaultTimeout = 12_000

/** Returns a function that tells the timeout of a request in milliseconds: that of its call, its profile, or the client. */
export function callLimits(client: Client): (request: QueryOptions) => number {
  const { socketOptions, profiles = [] } = optionsOf(client) ?? {}
  const ofClient = socketOptions?.readTimeout ?? defaultTimeout
  const ofProfiles = new Map(profiles.map(({ name, readTimeout }) => [name, readTimeout]))
  const usual = ofProfiles.get('default') ?? ofClient
  return ({ readTimeout, executionProfile }) =>
    readTimeout ??
    (typeof executionProfile === 'string' ? (ofProfiles.get(executionProfile) ?? ofClient) : usual)
}

/** Returns the number of requests that all connections of a client together can have under way. */
export function maxConcurrency(client: Client): number {
  const state = client.getState()
  const connections = state
    .getConnectedHosts()
    .reduce((sum, host) => sum + state.getOpenConnections(host), 0)
  return (optionsOf(client)?.pooling?.maxRequestsPerConnection ?? 2048) * Math.max(connections, 1)
}
