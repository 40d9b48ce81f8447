import { errors, types } from 'cassandra-driver'
import {
  CoodieError,
  ExecutionError,
  type ExecutionErrorKind,
  LwtOutcomeUnknownError,
} from '../errors/errors'
import { ForgottenStatement, UnsentRequest } from './internals/request-guard'
import {
  isDriverError,
  isEncodingError,
  isError,
  isLostConnection,
  isUnreadable,
  isWithoutConnection,
  withoutValue,
} from './driver-error'

/** The operation that failed. */
export interface ErrorContext {
  readonly cql?: string | undefined
  readonly isConditional?: boolean | undefined
  /** The parameters are bytes of coodie's codecs, which the driver's encoder does not refuse. */
  readonly isEncoded?: boolean | undefined
  /** The entity that was read or written. */
  readonly entity?: string | undefined
  /** The contact points of a client that was connecting. */
  readonly contactPoints?: readonly string[] | undefined
}

const codes = types.responseErrorCodes

/** A conditional write whose Paxos round was left undecided; newer servers have this code for it. */
const casWriteUnknown = 0x1700

/** The message for a prepared statement that the server does not know any more, and cannot prepare again. */
export const staleStatement =
  'the statement can no longer be prepared: its table or one of its columns was dropped or renamed'

const lateWrite = 'the replicas did not acknowledge the write in time, so it may have been applied'
const failedWrite = 'a replica refused the write; others may have applied it'
const overloaded = 'the server accepts no requests at the moment'

/** The meaning of each answer of the server, and a reason to put before its text. */
const answers: Readonly<Record<number, readonly [kind: ExecutionErrorKind, reason?: string]>> = {
  [codes.serverError]: ['server'],
  [codes.protocolError]: ['server'],
  [codes.badCredentials]: ['unauthorized'],
  [codes.unavailableException]: [
    'unavailable',
    'not enough replicas are alive for the requested consistency',
  ],
  [codes.overloaded]: ['overloaded', overloaded],
  [codes.isBootstrapping]: ['overloaded', overloaded],
  [codes.truncateError]: ['server'],
  [codes.writeTimeout]: ['timeout', lateWrite],
  [codes.readTimeout]: ['timeout', 'the replicas did not answer the read in time'],
  [codes.readFailure]: ['server'],
  [codes.functionFailure]: ['server'],
  [codes.writeFailure]: ['server', failedWrite],
  [codes.syntaxError]: ['syntax'],
  [codes.unauthorized]: ['unauthorized'],
  [codes.invalid]: ['invalid'],
  [codes.configError]: ['invalid'],
  [codes.alreadyExists]: ['alreadyExists'],
  [codes.unprepared]: ['invalid'],
  [casWriteUnknown]: ['timeout', lateWrite],
}

/** Returns coodie's error for an error of the driver, which becomes its `cause`. Returns coodie's own errors as they are. */
export function translateError(error: unknown, context: ErrorContext = {}): CoodieError {
  if (error instanceof CoodieError) return error
  if (error instanceof UnsentRequest || error instanceof ForgottenStatement) {
    return explainUnsent(error, context)
  }
  const root = rootOf(error)
  const { cql, entity, isConditional } = context
  if (isConditional === true && isUndecided(root, root !== error, context)) {
    const cause = isEncodingError(error) ? withoutValue(error) : error
    return new LwtOutcomeUnknownError(cql, { cause, entity })
  }
  const { kind, message, mayBeExecuted, cause = error } = explain(root, error, context)
  return new ExecutionError(kind, message, { cause, cql, mayBeExecuted })
}

const mayBe = 'the statement may have been executed'

/** Returns the error of a call that was given up before an answer came. */
export function unansweredError(reason: string, { cql, isConditional, entity }: ErrorContext) {
  const cause = new Error(reason)
  return isConditional === true
    ? new LwtOutcomeUnknownError(cql, { cause, entity })
    : new ExecutionError('timeout', `${reason}; ${mayBe}`, { cause, cql, mayBeExecuted: true })
}

/** Returns the error of a request that was not sent because of its prepared statement. */
function explainUnsent(
  error: UnsentRequest | ForgottenStatement,
  { cql }: ErrorContext,
): CoodieError {
  if (error instanceof UnsentRequest && error.reason instanceof CoodieError) return error.reason
  return new ExecutionError(
    'server',
    error instanceof UnsentRequest
      ? 'the table changed each time that the statement was prepared; nothing was executed'
      : 'the server forgets the statement as soon as it is prepared; nothing was executed',
    { cause: error, cql },
  )
}

/** The errors of single hosts that say most, in this order: an answer says more than a connection that failed. */
const telling: readonly ((error: unknown) => boolean)[] = [
  (error) => isDriverError(error, 'response'),
  (error) => isDriverError(error, 'authentication'),
  (error) => isDriverError(error, 'argument'),
  (error) => isDriverError(error, 'timeout'),
  isLostConnection,
  isError,
]

/** Returns the error of one host if the driver only says that all hosts failed. */
function rootOf(error: unknown): unknown {
  if (!isDriverError(error, 'noHost')) return error
  // A host that is down has a text or null instead of an error.
  const inner = Object.values(innerErrorsOf(error))
  for (const isTelling of telling) {
    const found = inner.find(isTelling)
    if (found !== undefined) return found
  }
  return error
}

/** Returns the errors by host; a client that was shut down has null instead. */
function innerErrorsOf(error: errors.NoHostAvailableError): Readonly<Record<string, unknown>> {
  return (error.innerErrors as Record<string, unknown> | null | undefined) ?? {}
}

interface Explanation {
  readonly kind: ExecutionErrorKind
  readonly message: string
  readonly mayBeExecuted?: boolean
  /** The cause to keep in place of the driver's error, whose text contains a value. */
  readonly cause?: Error
}

const hint = 'are contactPoints and port right, and is the server running?'

function explain(error: unknown, outer: unknown, context: ErrorContext): Explanation {
  const text = isError(error) ? error.message : String(error)
  const isConnecting = context.contactPoints !== undefined
  if (isDriverError(error, 'response')) return explainAnswer(error.code, text)
  if (isDriverError(error, 'authentication')) {
    return {
      kind: 'unauthorized',
      message: `the server refused the login: ${text}; give the DataSource the right credentials: { username, password }`,
    }
  }
  if (isDriverError(error, 'timeout')) {
    return {
      kind: 'timeout',
      message: isConnecting
        ? `no server answered in time: ${text}; ${hint}`
        : `no answer came in time: ${text}; ${mayBe}`,
      mayBeExecuted: !isConnecting,
    }
  }
  if (isDriverError(error, 'busy')) {
    return { kind: 'overloaded', message: `too many requests are waiting for answers: ${text}` }
  }
  if (isDriverError(error, 'argument')) {
    if (/data ?center/iu.test(text)) {
      return {
        kind: 'connection',
        message: `${text}; give the DataSource the localDataCenter of your contact points`,
      }
    }
    return isConnecting
      ? { kind: 'connection', message: `the connection options cannot be used: ${text}` }
      : { kind: 'invalid', message: text }
  }
  if (/after shutdown|ControlConnection is being shutdown/u.test(text)) {
    return { kind: 'connection', message: 'the client was shut down' }
  }
  if (!isConnecting && isLostConnection(error)) {
    // A conditional statement is never sent again: with an error for each host, it was being prepared.
    const isUnsent = context.isConditional === true && error !== outer
    return {
      kind: 'connection',
      message: `the connection was lost: ${text}; ${isUnsent ? 'the statement was not executed' : mayBe}`,
      mayBeExecuted: !isUnsent,
    }
  }
  if (!isConnecting && isWithoutConnection(error)) {
    return {
      kind: 'connection',
      message: `no connection could take the statement: ${text}; it was not executed`,
    }
  }
  if (isConnecting || isDriverError(outer, 'noHost')) {
    return { kind: 'connection', message: explainUnreachable(outer, text, context) }
  }
  if (isUnreadable(error) || (context.isEncoded === true && isEncodingError(error))) {
    return {
      kind: 'connection',
      message: `the answer is damaged and could not be read; ${mayBe}`,
      mayBeExecuted: true,
      cause: withoutValue(error),
    }
  }
  if (context.cql !== undefined && isEncodingError(error)) {
    return {
      kind: 'invalid',
      message: 'a bound value does not fit the CQL type of its marker',
      cause: withoutValue(error),
    }
  }
  return { kind: 'server', message: text }
}

function explainAnswer(code: number, text: string): Explanation {
  if (/^keyspace '?\w+'? (?:does not|doesn't) exist/iu.test(text)) {
    return {
      kind: 'invalid',
      message: `${text}; create it, or give the DataSource createKeyspace`,
    }
  }
  if (/^Prepared query with ID .* not found/u.test(text)) {
    return {
      kind: 'invalid',
      message: staleStatement,
    }
  }
  const [kind, reason] = answers[code] ?? ['server']
  const told = code === codes.readFailure ? reasonOfReadFailure(text) : reason
  return {
    kind,
    message: told === undefined ? text : `${told}: ${text}`,
    mayBeExecuted: unfinished.has(code),
  }
}

function reasonOfReadFailure(text: string): string {
  if (/TOO_MANY_TOMBSTONES/u.test(text)) {
    return (
      'the read met more tombstones than tombstone_failure_threshold of the server allows; ' +
      'read a smaller range, or wait until compaction has removed them'
    )
  }
  if (/INDEX_(?:NOT_AVAILABLE|BUILD_IN_PROGRESS)/u.test(text)) return 'an index is still building'
  return 'a replica failed to read; an index may still be building'
}

function explainUnreachable(
  outer: unknown,
  text: string,
  { contactPoints = [] }: ErrorContext,
): string {
  const hosts = isDriverError(outer, 'noHost') ? Object.keys(innerErrorsOf(outer)) : []
  const names = hosts.length > 0 ? hosts : contactPoints
  const at = names.length > 0 ? ` at ${names.join(', ')}` : ''
  // If no host has an error of its own, all of them are known to be down.
  const reason = hosts.length > 0 && text === (outer as Error).message ? 'all are down' : text
  const what = text === 'Connection timeout' ? 'answered in time' : 'could be reached'
  return `no server ${what}${at}: ${reason}; ${hint}`
}

/** The answers after which a write may have been applied. */
const unfinished: ReadonlySet<number> = new Set([
  codes.serverError,
  codes.writeTimeout,
  codes.writeFailure,
  casWriteUnknown,
])

/** The answers that leave no doubt that a conditional write was not applied. */
const decided: ReadonlySet<number> = new Set([
  codes.badCredentials,
  codes.unavailableException,
  codes.isBootstrapping,
  codes.readTimeout,
  codes.readFailure,
  codes.functionFailure,
  codes.syntaxError,
  codes.unauthorized,
  codes.invalid,
  codes.configError,
  codes.alreadyExists,
  codes.unprepared,
])

/**
 * Returns whether a conditional write may have been applied: no answer came, an unreadable one, or one that leaves the
 * Paxos round open. It is sent once; what the driver reports for all hosts was met while preparing, before that.
 */
function isUndecided(error: unknown, isOfAllHosts: boolean, { isEncoded }: ErrorContext): boolean {
  if (isDriverError(error, 'timeout')) return true
  if (isDriverError(error, 'response')) return !decided.has(error.code)
  if (isLostConnection(error)) return !isOfAllHosts
  return isUnreadable(error) || (isEncoded === true && isEncodingError(error))
}
