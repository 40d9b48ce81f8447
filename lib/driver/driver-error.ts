import { errors } from 'cassandra-driver'
import { DamagedFrame } from './internals/damaged-frame'

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

/**
 * Returns whether an error is a built-in one, which may be of another realm. The driver's encoder throws them, with the
 * value in their text, and so does its decoder.
 */
export function isEncodingError(error: unknown): error is Error {
  return isError(error) && (error.name === 'TypeError' || error.name === 'RangeError')
}

const unreadable =
  /^(?:Received invalid opcode|There was an problem while parsing|Attempt to access memory outside buffer bounds|The value of "(?:offset|size)")/u

/** Returns whether an answer came that is not as the protocol says. */
export function isUnreadable(error: unknown): error is Error {
  return error instanceof DamagedFrame || (isError(error) && unreadable.test(error.message))
}

/** Returns an error of the same kind and place, without its text, which contains a value. */
export function withoutValue({ name, message, stack = '' }: Error): Error {
  const told = new Error('the text is left out, because it can contain a value')
  const places = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : ''
  told.name = name
  told.stack = `${name}: ${told.message}${places}`
  return told
}
