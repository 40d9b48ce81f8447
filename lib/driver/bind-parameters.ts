import type { Client } from 'cassandra-driver'
import { ExecutionError, SchemaError, StatementError } from '../errors/errors'
import { isDriverError } from './driver-error'
import type { Execution } from './execution'
import { type TypedName, fieldOrdersOf } from './internals/data-type'
import { forgetPrepared, preparedMarkers } from './internals/prepared-statements'
import { UnsentRequest } from './internals/request-guard'
import { type FieldOrders, MissingFieldError, UnorderedParameter } from './types/field-orders'

type Statement = Pick<Execution, 'cql' | 'params' | 'types' | 'keyspace' | 'boundFor'>

/** Parameters that fit the markers of a prepared statement. */
interface BoundParameters {
  readonly params: unknown[]
  /** The markers; undefined if the driver does not tell them. */
  readonly markers: readonly TypedName[] | undefined
}

/** Returns whether parameters have bytes only in the order of the fields of their user-defined types. */
function isUnordered({
  params,
  mayHoldUserTypes,
}: Pick<Execution, 'params' | 'mayHoldUserTypes'>): boolean {
  return mayHoldUserTypes !== false && params.some((param) => param instanceof UnorderedParameter)
}

/**
 * Returns whether parameters must be compared or encoded before the request is made. Without the guard, all are compared
 * there.
 */
export function mustBind(
  statement: Pick<Execution, 'params' | 'types' | 'boundFor' | 'mayHoldUserTypes'>,
  isGuarded: boolean,
): boolean {
  return (
    statement.boundFor !== undefined ||
    isUnordered(statement) ||
    (!isGuarded && statement.types !== undefined && statement.params.length > 0)
  )
}

/** The number of times that parameters are encoded again because the statement was prepared with other types. */
const maxAttempts = 5

/**
 * Returns whether a request that was not sent is to be made again: with parameters for the types that the markers
 * have now, or, after a marker of a wrong type, once with a statement that is prepared anew, because the driver keeps
 * the types of a table that was replaced.
 */
export function canRepeat(
  client: Client,
  error: unknown,
  attempt: number,
  statements: readonly { readonly cql: string }[],
): boolean {
  if (!(error instanceof UnsentRequest) || attempt === maxAttempts) return false
  if (error.reason === undefined) return true
  if (attempt > 1) return false
  for (const { cql } of statements) forgetPrepared(client, cql)
  return true
}

/**
 * Prepares a statement, unless the driver holds it prepared, and returns its markers without executing it. Returns
 * undefined if the driver does not tell them. The statement must have a marker. Throws the driver's errors.
 */
export async function prepare(
  client: Client,
  cql: string,
): Promise<readonly TypedName[] | undefined> {
  let markers = preparedMarkers(client, cql)
  // A change of the schema may make the driver forget the statement as soon as it is prepared.
  for (let attempt = 1; markers === undefined && attempt <= maxAttempts; attempt++) {
    try {
      // The named parameters are missing: the driver prepares, misses the first of them, and sends nothing.
      await client.execute(cql, {}, { prepare: true })
    } catch (error) {
      if (!isDriverError(error, 'argument')) throw error
    }
    markers = preparedMarkers(client, cql)
  }
  return markers
}

/**
 * Returns the parameters with all user-defined types as bytes, in the order of the fields that the prepared statement
 * tells. Throws `SchemaError` for a marker of another type than declared, and `StatementError` for a field that the
 * type does not have; but first prepares the statement again, because the table or type may have changed since.
 */
export async function bindParameters(
  client: Client,
  statement: Statement,
): Promise<BoundParameters> {
  const { cql } = statement
  try {
    return encodeFor(await prepare(client, cql), statement)
  } catch (error) {
    if (!(error instanceof MissingFieldError || error instanceof SchemaError)) throw error
  }
  forgetPrepared(client, cql)
  try {
    return encodeFor(await prepare(client, cql), statement)
  } catch (error) {
    if (!(error instanceof MissingFieldError)) throw error
    const place = statement.keyspace === undefined ? '' : ` in the keyspace '${statement.keyspace}'`
    throw new StatementError(`${error.message}${place}; create it with db.schema.sync()`)
  }
}

function encodeFor(
  markers: readonly TypedName[] | undefined,
  { params: given, types, boundFor }: Statement,
): BoundParameters {
  const error = markers && types?.findWrongMarker(markers)
  if (error !== undefined) throw error
  const orders = markers && ordersOf(markers)
  const params =
    boundFor === undefined || markers === undefined || markers === boundFor.markers
      ? given
      : boundFor.rebind(markers)
  const encoded = params.map((param, i) => {
    if (!(param instanceof UnorderedParameter)) return param
    const order = orders?.[i]
    if (order !== undefined) return param.encode(order)
    throw new ExecutionError(
      'invalid',
      'this version of cassandra-driver does not tell the types of prepared statements, ' +
        'which values of user-defined types need',
      {},
    )
  })
  return { params: encoded, markers }
}

/** The orders of fields at each marker of a prepared statement. */
const knownOrders = new WeakMap<readonly TypedName[], readonly FieldOrders[]>()

function ordersOf(markers: readonly TypedName[]): readonly FieldOrders[] {
  let orders = knownOrders.get(markers)
  if (orders === undefined) {
    orders = markers.map(({ type }) => fieldOrdersOf(type))
    knownOrders.set(markers, orders)
  }
  return orders
}
