import type { TypedName } from './data-type'

/** Compares the markers of a prepared statement with the types of its parameters. */
export interface MarkerCheck {
  /** Returns whether these markers, the same array, were found right before. */
  isKnown(markers: readonly TypedName[]): boolean
  /** Returns an error if the parameters must not be sent to these markers. */
  findWrongMarker(markers: readonly TypedName[]): Error | undefined
}

type Each<T> = readonly (T | undefined)[]
type Markers = readonly TypedName[]

/** The key of the checks in the options of a query; in those of a batch, one for each statement. */
export const markerChecks = Symbol('coodie.markerChecks')

/**
 * The key of the markers for which parameters were encoded; in a batch, one for each statement. User-defined types have
 * bytes only in the order of their fields, so the parameters fit no other markers.
 */
export const encodedFor = Symbol('coodie.encodedFor')

/** The key of the request that was sent last with these options. */
export const lastRequest = Symbol('coodie.lastRequest')

/** The key of the number of times that the driver prepared a statement of the request again. */
export const rounds = Symbol('coodie.rounds')

/** The options of a query or batch whose parameters are checked. */
export interface GuardedOptions {
  [lastRequest]?: unknown
  [rounds]?: number
  readonly [markerChecks]?: MarkerCheck | Each<MarkerCheck> | undefined
  readonly [encodedFor]?: Markers | Each<Markers> | undefined
}

/** The answer to a request that was not sent. The driver passes it on like an error of the server. */
export class UnsentRequest extends Error {
  override readonly name = 'UnsentRequest'

  constructor(
    /** The reason; undefined if the markers have other types than before, so that the parameters must be encoded again. */
    readonly reason?: Error,
  ) {
    super(reason?.message ?? 'the statement was prepared again, with other types')
  }
}

/** The answer to a request whose statement the server forgets as soon as it is prepared. */
export class ForgottenStatement extends Error {
  override readonly name = 'ForgottenStatement'
}

interface Meta {
  readonly columns?: Markers
}

/** The used members of the driver's requests. */
interface Request {
  /** The statement of an EXECUTE request; of a BATCH request, only after one of its statements was prepared again. */
  readonly meta?: Meta
  readonly queries?: readonly { readonly meta?: Meta }[]
}

/** The number of times that one statement of a request may be prepared again. */
const maxRounds = 2

/** Forgets what was sent before, because the request is made again. */
export function beginAttempt(options: GuardedOptions): void {
  options[lastRequest] = undefined
  options[rounds] = 0
}

/**
 * Returns an error if the driver has prepared a statement again too often for this request: it makes another request each
 * time, for as long as the server forgets the statement.
 */
function findForgotten(request: Request, options: GuardedOptions): Error | undefined {
  const last = options[lastRequest]
  if (last === request) return undefined
  options[lastRequest] = request
  if (last === undefined) return undefined
  const times = (options[rounds] ?? 0) + 1
  options[rounds] = times
  return times > maxRounds + (request.queries?.length ?? 0) ? new ForgottenStatement() : undefined
}

/**
 * Returns the reason not to send a request: a marker has another type than its parameter. It is asked each time that a
 * request is sent, also after the driver prepared a statement again on its own.
 */
export function findReasonNotToSend(request: unknown, options: GuardedOptions): Error | undefined {
  if (!(markerChecks in options)) return undefined
  const forgotten = findForgotten(request as Request, options)
  if (forgotten !== undefined) return forgotten
  const checks = options[markerChecks]
  if (checks === undefined) return undefined
  const { meta, queries } = request as Request
  if (queries === undefined) {
    const encoded = options[encodedFor] as Markers | undefined
    return findReason(meta?.columns, checks as MarkerCheck, encoded)
  }
  const encoded = options[encodedFor] as Each<Markers> | undefined
  for (let i = 0; i < queries.length; i++) {
    const check = (checks as Each<MarkerCheck>)[i]
    const markers = queries[i]?.meta?.columns
    const reason = findReason(markers, check, encoded?.[i])
    if (reason !== undefined) return reason
  }
  // The driver has prepared one of the statements again, and keeps the old markers in the request.
  if (meta === undefined) return undefined
  return queries.some((query) => areEqual(query.meta?.columns, meta.columns))
    ? undefined
    : new UnsentRequest()
}

function findReason(
  markers: Markers | undefined,
  check: MarkerCheck | undefined,
  encoded: Markers | undefined,
): Error | undefined {
  if (markers === undefined) return undefined
  if (check !== undefined && !check.isKnown(markers)) {
    const reason = check.findWrongMarker(markers)
    if (reason !== undefined) return new UnsentRequest(reason)
  }
  const isEncoded = encoded === undefined || encoded === markers || areEqual(encoded, markers)
  return isEncoded ? undefined : new UnsentRequest()
}

function areEqual(a: Markers | undefined, b: Markers | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
