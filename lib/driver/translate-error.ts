import { errors, types } from 'cassandra-driver'
import {
  CoodieError,
  ExecutionError,
  type ExecutionErrorKind,
  LwtOutcomeUnknownError,
} from '../errors/errors'
import { ForgottenStatement, UnsentRequest } from './internals/request-guard'
import { isDriverError, isError, isLostConnection, isWithoutConnection } from './driver-error'

/** The operation that failed. */
export interface ErrorContext {
  readonly cql?: string | undefined
  readonly isConditional?: boolean | undefined
  /** The entity that was read or written. */
  readonly entity?: string | undefined
  /** The contact points of a client that was connecting. */
  readonly contactPoints?: readonly string[] | undefined
}

const codes = types.responseErrorCodes

/** A conditional write whose Paxos round was left undecided; newer servers have this code for it. */
const casWriteUnknown = 0x1700

const lateWrite = 'the replicas did not acknowledge the write in time, so it may have been applied'
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
  [codes.readFailure]: ['server', 'a replica failed to read; an index may still be building'],
  [codes.functionFailure]: ['server'],
  [codes.writeFailure]: ['server', 'a replica refused the write'],
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
  if (context.isConditional === true && isUndecided(root, root !== error)) {
    return new LwtOutcomeUnknownError(context.cql, { cause: error, entity: context.entity })
  }
  const { kind, message } = explain(root, error, context)
  return new ExecutionError(kind, message, { cause: error, cql: context.cql })
}

/** Returns the error of a call that was given up before an answer came. */
export function unansweredError(reason: string, { cql, isConditional, entity }: ErrorContext) {
  const cause = new Error(reason)
  return isConditional === true
    ? new LwtOutcomeUnknownError(cql, { cause, entity })
    : new ExecutionError('timeout', `${reason}; the statement may have been executed`, {
        cause,
        cql,
      })
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
        : `no answer came in time: ${text}; the statement may have been executed`,
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
      message: `the connection was lost: ${text}; the statement ${isUnsent ? 'was not' : 'may have been'} executed`,
    }
  }
  if (isConnecting || isDriverError(outer, 'noHost')) {
    return { kind: 'connection', message: explainUnreachable(outer, text, context) }
  }
  if (isWithoutConnection(error)) {
    return {
      kind: 'connection',
      message: `no connection could take the statement: ${text}; it was not executed`,
    }
  }
  // The texts of the driver's encoder and of Buffer contain the value.
  if (context.cql !== undefined && isEncodingError(error)) {
    return {
      kind: 'invalid',
      message: 'a bound value does not fit the CQL type of its marker; the cause tells which',
    }
  }
  return { kind: 'server', message: text }
}

/** Returns whether an error is a built-in one, which may be of another realm. */
function isEncodingError(error: unknown): boolean {
  return isError(error) && (error.name === 'TypeError' || error.name === 'RangeError')
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
      message:
        'the statement can no longer be prepared: its table or one of its columns was dropped or renamed',
    }
  }
  const [kind, reason] = answers[code] ?? ['server']
  return { kind, message: reason === undefined ? text : `${reason}: ${text}` }
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
  return `no server could be reached${at}: ${reason}; ${hint}`
}

/**
 * Returns whether a conditional write may have been applied: no answer came, or one that leaves the Paxos round open.
 * A lost connection that the driver reports for all hosts was lost while preparing, before anything was executed.
 */
function isUndecided(error: unknown, isOfAllHosts: boolean): boolean {
  if (isDriverError(error, 'timeout')) return true
  if (isDriverError(error, 'response')) {
    const { code, writeType } = error as errors.ResponseError & { readonly writeType?: string }
    return (
      code === casWriteUnknown ||
      code === codes.writeTimeout ||
      (code === codes.writeFailure && writeType === 'CAS')
    )
  }
  return isLostConnection(error) && !isOfAllHosts
}
