import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { anyOrder } from '../../codec/parameter'
import { StatementError } from '../../errors/errors'
import { valueAt } from '../../plan/binder'
import type { Plan } from '../../plan/plan'

/** The lengths in bytes of a token's parts. */
const readLength = 16
const sumLength = 8
const signatureLength = 32

/** A read whose pages are asked for one by one. */
export interface PagedRead {
  readonly plan: Plan
  readonly request: object
}

/**
 * Makes the token that users hold: a digest of the statement and its values, a checksum or a signature over both parts,
 * and the driver's state. The server accepts any state for any statement and answers from a wrong place, and so it does
 * for a state that lost some bytes.
 *
 * A checksum finds mistakes: anybody can make one. A signature (HMAC-SHA256) only those who know the secret.
 */
export function sealPageToken(read: PagedRead, state: string, secret: string | undefined): string {
  const of = digest(read)
  const bytes = Buffer.from(state, 'hex')
  return Buffer.concat([of, seal(of, bytes, secret), bytes]).toString('base64url')
}

/**
 * Returns the driver's state in a token. Throws `StatementError` if it is not a token, if it was not signed with this
 * secret, or if it belongs to another read.
 */
export function openPageToken(
  read: PagedRead,
  entity: string,
  token: unknown,
  secret: string | undefined,
): string {
  const bytes = typeof token === 'string' ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  const headLength = readLength + (secret === undefined ? sumLength : signatureLength)
  const of = bytes.subarray(0, readLength)
  const given = bytes.subarray(readLength, headLength)
  const state = bytes.subarray(headLength)
  if (
    state.length === 0 ||
    bytes.toString('base64url') !== token ||
    !timingSafeEqual(seal(of, state, secret), given)
  ) {
    throw new StatementError(
      secret === undefined
        ? `${entity}: the pageState does not come from findPage(); leave it out for the first page`
        : `${entity}: the pageState was not signed with the pageStateSecret of this DataSource, or was changed; ` +
            'leave it out for the first page',
    )
  }
  if (!digest(read).equals(of)) {
    throw new StatementError(
      `${entity}: the pageState belongs to another read; ` +
        'the filter, its values, select, orderBy and limits must be the same on every page',
    )
  }
  return state.toString('hex')
}

function seal(of: Buffer, state: Buffer, secret: string | undefined): Buffer {
  return secret === undefined
    ? createHash('sha256').update(of).update(state).digest().subarray(0, sumLength)
    : createHmac('sha256', secret).update(of).update(state).digest()
}

/** Returns a digest that tells a read from all others, by its statement and its values. */
export function digest({ plan: { statement }, request }: PagedRead): Buffer {
  const hash = createHash('sha256').update(statement.cql)
  for (const { path, codec } of statement.markers) {
    const bytes = codec.encode(codec.check(valueAt(request, path)), anyOrder)
    hash.update(`:${bytes.length}:`).update(bytes)
  }
  return hash.digest().subarray(0, readLength)
}
