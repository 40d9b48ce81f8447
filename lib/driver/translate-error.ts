import { errors, types } from 'cassandra-driver'
import {
  CoodieError,
  ExecutionError,
  type ExecutionErrorKind,
  LwtOutcomeUnknownError,
} from '../errors/errors'

/** What was being done when the error came. */
export interface ErrorContext {
  readonly cql?: string | undefined
  readonly isConditional?: boolean | undefined
  /** While connecting: what the client was told to connect to. */
  readonly contactPoints?: readonly string[] | undefined
}

const codes = types.responseErrorCodes

/** A conditional write whose Paxos round was left undecided; newer servers say so by a code of its own. */
const casWriteUnknown = 0x1700

/** What each answer of the server means, and what stands before its text. */
const answers: Readonly<Record<number, readonly [kind: ExecutionErrorKind, reason?: string]>> = {
  [codes.serverError]: ['server'],
  [codes.protocolError]: ['server'],
  [codes.badCredentials]: ['unauthorized'],
  [codes.unavailableException]: [
    'unavailable',
    'too few replicas are alive for the consistency that was asked for',
  ],
  [codes.overloaded]: ['overloaded', 'the server does not take requests for now'],
  [codes.isBootstrapping]: ['overloaded', 'the server does not take requests for now'],
  [codes.truncateError]: ['server'],
  [codes.writeTimeout]: [
    'timeout',
    'the replicas did not acknowledge the write in time, which may be applied all the same',
  ],
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
  [casWriteUnknown]: [
    'timeout',
    'the replicas did not acknowledge the write in time, which may be applied all the same',
  ],
}

/** From an error of the driver to one of ours, whose `cause` it is. Ours come back as they are. */
export function translateError(error: unknown, context: ErrorContext = {}): CoodieError {
  if (error instanceof CoodieError) return error
  const real = rootOf(error)
  if (context.isConditional === true && isUndecided(real, real !== error)) {
    return new LwtOutcomeUnknownError(context.cql, { cause: error })
  }
  const { kind, message } = explain(real, error, context)
  return new ExecutionError(kind, message, { cause: error, cql: context.cql })
}

/** What one host answered, where the driver only says that all of them failed. */
function rootOf(error: unknown): unknown {
  if (!isNamed(error, 'NoHostAvailableError')) return error
  // A host that is down has a text or null in place of an error, and a client that was shut down has no hosts.
  const inner = Object.values(innerErrorsOf(error))
  return (
    inner.find((each) => answerNames.some((name) => isNamed(each, name))) ??
    inner.find((each) => isNamed(each, 'OperationTimedOutError')) ??
    inner.find(isError) ??
    error
  )
}

/** An answer says more than a connection that could not be made. */
const answerNames = ['ResponseError', 'AuthenticationError', 'ArgumentError'] as const

function innerErrorsOf(error: Error): Readonly<Record<string, unknown>> {
  return (error as { innerErrors?: Record<string, unknown> | null }).innerErrors ?? {}
}

/** By shape: errors of Node itself are of another realm under jest, and no `Error` there. */
function isError(error: unknown): error is Error {
  return typeof (error as Error | null | undefined)?.message === 'string'
}

function isNamed(error: unknown, name: string): error is Error {
  return isError(error) && error.name === name
}

interface Explanation {
  readonly kind: ExecutionErrorKind
  readonly message: string
}

function explain(error: unknown, outer: unknown, context: ErrorContext): Explanation {
  const text = isError(error) ? error.message : String(error)
  if (isNamed(error, 'ResponseError')) return answerOf((error as errors.ResponseError).code, text)
  if (isNamed(error, 'AuthenticationError')) {
    return {
      kind: 'unauthorized',
      message: `the server refused the login: ${text}; give the DataSource the right credentials: { username, password }`,
    }
  }
  if (isNamed(error, 'OperationTimedOutError')) {
    return {
      kind: 'timeout',
      message: `no answer came in time: ${text}; it may have been executed all the same`,
    }
  }
  if (isNamed(error, 'BusyConnectionError')) {
    return { kind: 'overloaded', message: `too many requests are waiting for answers: ${text}` }
  }
  if (isNamed(error, 'ArgumentError')) {
    return /data ?center/iu.test(text)
      ? {
          kind: 'connection',
          message: `${text}; give the DataSource the localDataCenter of your contact points`,
        }
      : { kind: 'invalid', message: text }
  }
  if (/after shutdown|ControlConnection is being shutdown/u.test(text)) {
    return { kind: 'connection', message: 'the client was shut down' }
  }
  if (isNamed(outer, 'NoHostAvailableError')) {
    return { kind: 'connection', message: unreachable(outer, text, context) }
  }
  if ((error as { isSocketError?: boolean } | null)?.isSocketError === true) {
    return {
      kind: 'connection',
      message: `the connection was lost: ${text}; the statement may have been executed all the same`,
    }
  }
  // The driver's encoder and Buffer put the value into the text.
  if (context.cql !== undefined && (isNamed(error, 'TypeError') || isNamed(error, 'RangeError'))) {
    return {
      kind: 'invalid',
      message: 'a bound value does not fit the CQL type of its marker; the cause tells which',
    }
  }
  return { kind: 'server', message: text }
}

function answerOf(code: number, text: string): Explanation {
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
        'the statement cannot be prepared any more: its table or one of its columns was dropped or renamed',
    }
  }
  const [kind, reason] = answers[code] ?? ['server']
  return { kind, message: reason === undefined ? text : `${reason}: ${text}` }
}

function unreachable(outer: Error, text: string, { contactPoints }: ErrorContext): string {
  const hosts = Object.keys(innerErrorsOf(outer))
  const names = hosts.length > 0 ? hosts : (contactPoints ?? [])
  const at = names.length > 0 ? ` at ${names.join(', ')}` : ''
  // When no host has an error of its own, all of them are known to be down.
  const reason = hosts.length > 0 && text === outer.message ? 'all are down' : text
  return `no server could be reached${at}: ${reason}; are contactPoints and port right, and is the server running?`
}

/**
 * True when the write may have happened: no answer came, or one that leaves the Paxos round open. A lost
 * connection that the driver reports for all hosts was lost while preparing, before anything was executed.
 */
function isUndecided(error: unknown, isOfAllHosts: boolean): boolean {
  if (isNamed(error, 'OperationTimedOutError')) return true
  if (isNamed(error, 'ResponseError')) {
    const { code, writeType } = error as errors.ResponseError & { readonly writeType?: string }
    return (
      code === casWriteUnknown ||
      code === codes.writeTimeout ||
      (code === codes.writeFailure && writeType === 'CAS')
    )
  }
  const { isSocketError, requestNotWritten } = (error ?? {}) as {
    readonly isSocketError?: boolean
    readonly requestNotWritten?: boolean
  }
  return isSocketError === true && requestNotWritten !== true && !isOfAllHosts
}
