import { errors } from 'cassandra-driver'

/** The driver's classes of errors that have a meaning here. */
const samples = {
  noHost: new errors.NoHostAvailableError({}, ''),
  response: new errors.ResponseError(0, ''),
  authentication: new errors.AuthenticationError(''),
  argument: new errors.ArgumentError(''),
  timeout: new errors.OperationTimedOutError(''),
  busy: new errors.BusyConnectionError('', 0, 0),
} as const

type Errors = typeof samples
export type DriverErrorKind = keyof Errors

/**
 * Returns whether an error of the driver is of a kind. Errors of another copy of the driver are recognized by `info`,
 * a text that each class sets and that no minifier changes; the name of a class may be any after minifying.
 */
export function isDriverError<K extends DriverErrorKind>(
  error: unknown,
  kind: K,
): error is Errors[K] {
  const { constructor: Class, info } = samples[kind]
  return error instanceof Class || (isError(error) && (error as { info?: unknown }).info === info)
}

/** Returns whether a value is an error, also one of another realm, as Node's own errors are under jest. */
export function isError(error: unknown): error is Error {
  return typeof (error as Error | null | undefined)?.message === 'string'
}

/** Returns whether the connection was lost after the request was handed to it, so that the server may have it. */
export function isLostConnection(error: unknown): error is Error {
  const { isSocketError, requestNotWritten } = (error ?? {}) as Record<string, unknown>
  return isSocketError === true && requestNotWritten !== true
}

/** Texts of plain errors with which the driver says that it has no connection. */
const withoutConnection = /^(?:No connection available|Connection closed|Socket was closed)/u

/** Returns whether an error says that a request was not sent because no connection could take it. */
export function isWithoutConnection(error: unknown): error is Error {
  if (!isError(error)) return false
  const { isSocketError, syscall } = error as { isSocketError?: unknown; syscall?: unknown }
  return (
    isSocketError === true || typeof syscall === 'string' || withoutConnection.test(error.message)
  )
}

/** Returns whether a request was not sent because all connections have as many requests under way as they may have. */
export function isBusy(error: unknown): boolean {
  if (isDriverError(error, 'busy')) return true
  if (!isDriverError(error, 'noHost')) return false
  // A host that is down has a text instead of an error.
  const each = Object.values((error.innerErrors as object | null | undefined) ?? {})
  return (
    each.some((inner) => isDriverError(inner, 'busy')) &&
    each.every((inner) => typeof inner === 'string' || isDriverError(inner, 'busy'))
  )
}
