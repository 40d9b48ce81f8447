import { inspect } from 'node:util'
import { errors, types } from 'cassandra-driver'
import { DamagedFrame } from '../../lib/driver/internals/damaged-frame'
import { translateError } from '../../lib/driver/translate-error'
import {
  ExecutionError,
  type ExecutionErrorKind,
  LwtOutcomeUnknownError,
  StatementError,
} from '../../lib/errors/errors'

const codes = types.responseErrorCodes
const cql = 'SELECT "a" FROM "k"."t" WHERE "id" = ?'

function translated(error: unknown): { kind: ExecutionErrorKind; message: string } {
  const result = translateError(error, { cql })
  if (!(result instanceof ExecutionError)) throw result
  expect(result.cause).toBe(error)
  expect(result.cql).toBe(cql)
  expect(result.code).toBe('EXECUTION')
  return { kind: result.kind, message: result.message }
}

function allHosts(inner: Readonly<Record<string, unknown>>): Error {
  return new errors.NoHostAvailableError(inner)
}

function socketError(): Error {
  return Object.assign(new errors.DriverInternalError('Socket was closed'), { isSocketError: true })
}

describe('answers of the server', () => {
  const answers: readonly [number, string, ExecutionErrorKind, string][] = [
    [codes.serverError, 'java.lang.X', 'server', 'java.lang.X'],
    [codes.protocolError, 'Invalid value', 'server', 'Invalid value'],
    [codes.badCredentials, 'wrong', 'unauthorized', 'wrong'],
    [
      codes.unavailableException,
      'Not enough replicas available for query at consistency QUORUM (2 required but only 1 alive)',
      'unavailable',
      'not enough replicas are alive for the requested consistency: ' +
        'Not enough replicas available for query at consistency QUORUM (2 required but only 1 alive)',
    ],
    [codes.overloaded, 'busy', 'overloaded', 'the server accepts no requests at the moment: busy'],
    [codes.isBootstrapping, 'x', 'overloaded', 'the server accepts no requests at the moment: x'],
    [codes.truncateError, 'not truncated', 'server', 'not truncated'],
    [
      codes.writeTimeout,
      'late',
      'timeout',
      'the replicas did not acknowledge the write in time, so it may have been applied: late',
    ],
    [codes.readTimeout, 'late', 'timeout', 'the replicas did not answer the read in time: late'],
    [
      codes.readFailure,
      'x',
      'server',
      'a replica failed to read; an index may still be building: x',
    ],
    [codes.functionFailure, 'x', 'server', 'x'],
    [
      codes.writeFailure,
      'x',
      'server',
      'a replica refused the write; others may have applied it: x',
    ],
    [
      codes.readFailure,
      '1 failures: READ_TOO_MANY_TOMBSTONES from /127.0.0.1:7000',
      'server',
      'the read met more tombstones than tombstone_failure_threshold of the server allows; ' +
        'read a smaller range, or wait until compaction has removed them: 1 failures',
    ],
    [
      codes.readFailure,
      '1 failures: INDEX_BUILD_IN_PROGRESS from /127.0.0.1:7000',
      'server',
      'an index is still building: 1 failures',
    ],
    [codes.syntaxError, "no viable alternative at input 'x'", 'syntax', 'no viable alternative'],
    [codes.unauthorized, 'User u has no MODIFY permission', 'unauthorized', 'User u has no MODIFY'],
    [codes.invalid, 'table nope does not exist', 'invalid', 'table nope does not exist'],
    [codes.configError, 'x', 'invalid', 'x'],
    [codes.alreadyExists, 'Cannot add', 'alreadyExists', 'Cannot add'],
    [0x1600, 'cdc', 'server', 'cdc'],
  ]

  it.each(answers)('0x%p, %p, is %p', (code, text, kind, message) => {
    const result = translated(new errors.ResponseError(code, text))
    expect(result.kind).toBe(kind)
    expect(result.message.startsWith(message)).toBe(true)
    expect(result.message.endsWith(text)).toBe(true)
  })

  it('knows every code of the driver', () => {
    const numbers = Object.values(codes).filter((code) => typeof code === 'number')
    const named = new Set([...answers.map(([code]) => code), codes.unprepared])
    // clientWriteFailure is a code of DSE.
    expect(numbers.filter((code) => !named.has(code) && code !== 0x8000)).toEqual([])
  })

  it.each(["Keyspace 'shop' does not exist", 'keyspace shop does not exist'])(
    'tells how to create the missing keyspace: %p',
    (text) => {
      expect(translated(new errors.ResponseError(codes.invalid, text))).toEqual({
        kind: 'invalid',
        message: `${text}; create it, or give the DataSource createKeyspace`,
      })
    },
  )

  it('does not take a column name for the cause of a connection error', () => {
    const text = 'Undefined column name "localDataCenter" in table k.t'
    expect(translated(new errors.ResponseError(codes.invalid, text))).toEqual({
      kind: 'invalid',
      message: text,
    })
  })
})

describe('what all hosts failed with', () => {
  it('finds the unavailable replicas', () => {
    const text = 'Not enough replicas available for query at consistency ALL (3 required)'
    const inner = new errors.ResponseError(codes.unavailableException, text)
    const { kind, message } = translated(
      allHosts({ '10.0.0.1:9042': 'Host considered as DOWN', '10.0.0.2:9042': inner }),
    )
    expect(kind).toBe('unavailable')
    expect(message).toContain(text)
  })

  it('says that a statement became stale', () => {
    const stale = new errors.ResponseError(
      codes.unprepared,
      'Prepared query with ID 0a1b not found (either the query was not prepared on this host …)',
    )
    expect(translated(allHosts({ '10.0.0.1:9042': stale }))).toEqual({
      kind: 'invalid',
      message:
        'the statement can no longer be prepared: its table or one of its columns was dropped or renamed',
    })
  })

  it('finds the refused login', () => {
    const inner = new errors.AuthenticationError(
      'Provided username u and/or password are incorrect',
    )
    expect(translated(allHosts({ a: new Error('connect ECONNREFUSED'), b: inner }))).toEqual({
      kind: 'unauthorized',
      message:
        'the server refused the login: Provided username u and/or password are incorrect; ' +
        'give the DataSource the right credentials: { username, password }',
    })
  })

  it('names the hosts that refused the connection', () => {
    const inner = {
      '10.0.0.1:9042': new Error('connect ECONNREFUSED 10.0.0.1:9042'),
      '10.0.0.2:9042': new Error('connect ECONNREFUSED 10.0.0.2:9042'),
    }
    expect(translated(allHosts(inner))).toEqual({
      kind: 'connection',
      message:
        'no server could be reached at 10.0.0.1:9042, 10.0.0.2:9042: connect ECONNREFUSED 10.0.0.1:9042; ' +
        'are contactPoints and port right, and is the server running?',
    })
  })

  it('says of a connection that was lost, and could not be had again, that the statement may have been executed', () => {
    const inner = { a: new Error('connect ECONNREFUSED'), b: socketError() }
    expect(translated(allHosts(inner))).toEqual({
      kind: 'connection',
      message: 'the connection was lost: Socket was closed; the statement may have been executed',
    })
  })

  it('says of a client that has no connection left that the statement was not executed', () => {
    expect(translated(new Error('No connection available'))).toEqual({
      kind: 'connection',
      message:
        'no connection could take the statement: No connection available; it was not executed',
    })
  })

  it('says that nothing answered, and executed nothing, while it connects', () => {
    const late = new errors.OperationTimedOutError('The host a did not reply before timeout 5 ms')
    const lost = socketError()
    const contactPoints = ['a:9042']
    expect(translateError(allHosts({ 'a:9042': late }), { contactPoints })).toMatchObject({
      kind: 'timeout',
      message:
        'no server answered in time: The host a did not reply before timeout 5 ms; ' +
        'are contactPoints and port right, and is the server running?',
    })
    for (const error of [allHosts({ 'a:9042': lost }), lost]) {
      expect(translateError(error, { contactPoints })).toMatchObject({
        kind: 'connection',
        message:
          'no server could be reached at a:9042: Socket was closed; ' +
          'are contactPoints and port right, and is the server running?',
      })
    }
    const timeout = new errors.DriverInternalError('Connection timeout')
    expect(translateError(allHosts({ 'a:9042': timeout }), { contactPoints })).toMatchObject({
      kind: 'connection',
      message:
        'no server answered in time at a:9042: Connection timeout; ' +
        'are contactPoints and port right, and is the server running?',
    })
    const argument = new errors.ArgumentError('Contact points are not valid')
    expect(translateError(argument, { contactPoints })).toMatchObject({
      kind: 'connection',
      message: 'the connection options cannot be used: Contact points are not valid',
    })
  })

  it('names the contact points that have no address', () => {
    const error = new errors.NoHostAvailableError({}, 'No host could be resolved')
    const result = translateError(error, { contactPoints: ['db.example'] })
    expect(result.message).toBe(
      'no server could be reached at db.example: No host could be resolved; ' +
        'are contactPoints and port right, and is the server running?',
    )
  })

  it.each(['Host considered as DOWN', null])('says that all hosts are down: %p', (state) => {
    expect(translated(allHosts({ '10.0.0.1:9042': state }))).toEqual({
      kind: 'connection',
      message:
        'no server could be reached at 10.0.0.1:9042: all are down; ' +
        'are contactPoints and port right, and is the server running?',
    })
  })

  it('prefers the wrong data center to a host that is off', () => {
    const text = `localDataCenter was configured as 'dc9', but only found hosts in data centers: [dc1]`
    expect(
      translated(allHosts({ a: new Error('connect'), b: new errors.ArgumentError(text) })),
    ).toEqual({
      kind: 'connection',
      message: `${text}; give the DataSource the localDataCenter of your contact points`,
    })
  })

  it('finds the timeout', () => {
    const inner = new errors.OperationTimedOutError('The host a did not reply before timeout 5 ms')
    expect(translated(allHosts({ a: inner }))).toEqual({
      kind: 'timeout',
      message:
        'no answer came in time: The host a did not reply before timeout 5 ms; ' +
        'the statement may have been executed',
    })
  })

  it('tells a busy client from an absent server', () => {
    const inner = new errors.BusyConnectionError('a', 2048, 1)
    const { kind, message } = translated(allHosts({ a: inner }))
    expect(kind).toBe('overloaded')
    expect(message).toMatch(
      /^too many requests are waiting for answers: All connections to host a/u,
    )
  })
})

describe('what the driver says itself', () => {
  it.each([
    `'localDataCenter' is not defined in Client options and also was not specified in constructor.`,
    'Datacenter dc9 was not found. Available DCs are: [dc1]',
  ])('names the remedy of %p', (text) => {
    expect(translated(new errors.ArgumentError(text))).toEqual({
      kind: 'connection',
      message: `${text}; give the DataSource the localDataCenter of your contact points`,
    })
  })

  it('passes on that an execution profile does not exist', () => {
    const error = new errors.ArgumentError('Execution profile "olap" not found')
    expect(translated(error)).toEqual({ kind: 'invalid', message: error.message })
  })

  it('knows a client that was shut down', () => {
    // As the driver makes it; its typings want an object.
    const error = Object.assign(new errors.NoHostAvailableError({}, ''), {
      innerErrors: null,
      message: 'Connecting after shutdown is not supported',
    })
    expect(translated(error)).toEqual({ kind: 'connection', message: 'the client was shut down' })
  })

  it('says that a statement whose connection was lost may have been executed', () => {
    expect(translated(socketError())).toEqual({
      kind: 'connection',
      message: 'the connection was lost: Socket was closed; the statement may have been executed',
    })
  })

  it.each([TypeError, RangeError])(
    'does not repeat a value that the encoder names, nor does the cause: %p',
    (Class) => {
      const error = new Class(`Not a valid text value, expected String obtained 'secret'`)
      const result = translateError(error, { cql })
      expect(result).toMatchObject({
        kind: 'invalid',
        message: 'a bound value does not fit the CQL type of its marker',
        mayBeExecuted: false,
        cause: {
          name: Class.name,
          message: 'the text is left out, because it can contain a value',
        },
      })
      const printed = inspect(result, { showHidden: true, depth: 9 })
      expect(printed).not.toContain('secret')
      expect(printed).toContain('translate-error.spec')
    },
  )

  it.each([
    new DamagedFrame('the rows do not end where the frame does'),
    new Error('Received invalid opcode: 119'),
    new RangeError('Attempt to access memory outside buffer bounds'),
    new RangeError('The value of "offset" is out of range. It must be >= 0 and <= 9. Received 12'),
    new TypeError('Cannot read properties of undefined'),
  ])('says that the answer is damaged: %p', (error) => {
    expect(translateError(error, { cql, isEncoded: true })).toMatchObject({
      kind: 'connection',
      message: 'the answer is damaged and could not be read; the statement may have been executed',
      mayBeExecuted: true,
    })
    const conditional = { cql, isConditional: true, isEncoded: true }
    expect(translateError(error, conditional)).toBeInstanceOf(LwtOutcomeUnknownError)
  })

  it('tells a connection that broke before the statement was written from servers that are away', () => {
    const error = Object.assign(socketError(), { requestNotWritten: true })
    expect(translateError(allHosts({ a: error }), { cql })).toMatchObject({
      kind: 'connection',
      message: 'no connection could take the statement: Socket was closed; it was not executed',
      mayBeExecuted: false,
    })
    expect(translated(allHosts({ a: new Error('No connection available') })).message).toBe(
      'no connection could take the statement: No connection available; it was not executed',
    )
  })

  it('keeps the text of what it does not know', () => {
    expect(translated(new Error('odd'))).toEqual({ kind: 'server', message: 'odd' })
    expect(translated('odd')).toEqual({ kind: 'server', message: 'odd' })
    expect(translated(undefined)).toEqual({ kind: 'server', message: 'undefined' })
  })

  it('knows the errors of another copy of the driver, whatever its classes are called after minifying', () => {
    const foreign = <T extends object>(error: T & Error, extra: object = {}): Error => {
      const e = class e extends Error {}
      return Object.assign(new e(error.message), { ...error, ...extra, name: 'e' })
    }
    const late = foreign(new errors.OperationTimedOutError('The host a did not reply'))
    expect(translated(late).kind).toBe('timeout')
    const answer = foreign(new errors.ResponseError(codes.syntaxError, 'no viable alternative'))
    expect(translated(answer).kind).toBe('syntax')
    expect(translated(foreign(new errors.NoHostAvailableError({ a: answer }))).kind).toBe('syntax')
    expect(translated(foreign(new errors.BusyConnectionError('a', 1, 1))).kind).toBe('overloaded')
    expect(translated(foreign(new errors.ArgumentError('odd'))).kind).toBe('invalid')
    expect(translated(foreign(new errors.AuthenticationError('no'))).kind).toBe('unauthorized')
    expect(translateError(late, { isConditional: true })).toBeInstanceOf(LwtOutcomeUnknownError)
  })

  it('leaves our own errors alone', () => {
    const error = new StatementError('no')
    expect(translateError(error, { cql, isConditional: true })).toBe(error)
  })
})

describe('a conditional write', () => {
  const conditional = { cql: 'INSERT INTO t (a) VALUES (?) IF NOT EXISTS', isConditional: true }
  const answered = (code: number, writeType?: string): Error =>
    Object.assign(new errors.ResponseError(code, 'late'), { writeType })

  it.each([
    ['a Paxos round that timed out', answered(codes.writeTimeout, 'CAS')],
    ['a commit that timed out', answered(codes.writeTimeout, 'SIMPLE')],
    ['a Paxos round that failed', answered(codes.writeFailure, 'CAS')],
    ['an undecided round, as newer servers say it', answered(0x1700)],
    ['a commit that failed', answered(codes.writeFailure, 'SIMPLE')],
    ['an error inside the server', answered(codes.serverError)],
    ['a commit that met too many hints', answered(codes.overloaded)],
    ['an answer that did not come', new errors.OperationTimedOutError('The host a did not reply')],
    ['a lost connection', socketError()],
  ])('has an unknown outcome after %s', (_, error) => {
    const result = translateError(error, conditional)
    expect(result).toBeInstanceOf(LwtOutcomeUnknownError)
    expect(result).toMatchObject({ code: 'LWT_OUTCOME_UNKNOWN', cql: conditional.cql })
    expect(result.cause).toBe(error)
    expect(result.message).toBe(
      'the conditional write got no final answer and may or may not have been applied; ' +
        `read it back with consistency 'serial' before trying again`,
    )
    expect(translateError(error, { ...conditional, entity: 'Product' }).message).toMatch(
      /^Product: the conditional write got no final answer/u,
    )
    // The same error of another statement is what it is.
    expect(translateError(error, { cql })).toBeInstanceOf(ExecutionError)
  })

  it.each<[string, Error, ExecutionErrorKind]>([
    ['the condition could not be read', answered(codes.readTimeout), 'timeout'],
    ['replicas are unavailable', answered(codes.unavailableException), 'unavailable'],
    ['it is refused', answered(codes.invalid), 'invalid'],
    [
      'it was never written to the socket',
      Object.assign(socketError(), { requestNotWritten: true }),
      'connection',
    ],
    ['it could not be prepared', allHosts({ a: socketError() }), 'connection'],
  ])('did not happen when %s', (_, error, kind) => {
    const result = translateError(error, conditional)
    expect(result).toMatchObject({ code: 'EXECUTION', kind })
    expect(result.message).not.toMatch(/may have been/u)
  })
})
