import { createHash } from 'node:crypto'
import { anyOrder } from '../../codec/parameter'
import { StatementError } from '../../errors/errors'
import { valueAt } from '../../plan/binder'
import type { Plan } from '../../plan/plan'

const readLength = 16
const sumLength = 8
const headLength = readLength + sumLength

/**
 * The page state as users hold it: a digest of the statement and its values, a checksum, the driver's state.
 * The server accepts any state for any statement and answers from a wrong place; a state that lost some bytes
 * too. There is no secret in it: it serves every process that sends the same read.
 */
export function sealPageToken(plan: Plan, request: object, state: string): string {
  const read = digest(plan, request)
  const bytes = Buffer.from(state, 'hex')
  return Buffer.concat([read, checksum(read, bytes), bytes]).toString('base64url')
}

/** The driver's state. Throws `StatementError` when the token is not one, or belongs to another read. */
export function openPageToken(plan: Plan, request: object, entity: string, token: unknown): string {
  const bytes = typeof token === 'string' ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  const read = bytes.subarray(0, readLength)
  const sum = bytes.subarray(readLength, headLength)
  const state = bytes.subarray(headLength)
  if (
    state.length === 0 ||
    bytes.toString('base64url') !== token ||
    !checksum(read, state).equals(sum)
  ) {
    throw new StatementError(
      `${entity}: the pageState is not one that findPage() gave; leave it out for the first page`,
    )
  }
  if (!digest(plan, request).equals(read)) {
    throw new StatementError(
      `${entity}: the pageState belongs to another read; ` +
        'the filter, its values, select, orderBy and limits must be the same on every page',
    )
  }
  return state.toString('hex')
}

function checksum(read: Buffer, state: Buffer): Buffer {
  return createHash('sha256').update(read).update(state).digest().subarray(0, sumLength)
}

/** Tells a read from all others: of its statement and its values. */
export function digest({ statement }: Plan, request: object): Buffer {
  const hash = createHash('sha256').update(statement.cql)
  for (const { path, codec } of statement.markers) {
    const bytes = codec.encode(codec.check(valueAt(request, path)), anyOrder)
    hash.update(`:${bytes.length}:`).update(bytes)
  }
  return hash.digest().subarray(0, readLength)
}
