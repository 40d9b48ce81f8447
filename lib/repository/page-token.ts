import { createHash } from 'node:crypto'
import { StatementError } from '../errors/errors'
import { valueAt } from '../plan/binder'
import type { Plan } from '../plan/plan'

const digestLength = 16

/**
 * The page state as users hold it: the driver's state behind a digest of the statement and its values.
 * The server accepts any state for any statement and answers from a wrong place.
 */
export function sealPageToken(plan: Plan, request: object, state: string): string {
  return Buffer.concat([digest(plan, request), Buffer.from(state, 'hex')]).toString('base64url')
}

/** The driver's state. Throws `StatementError` when the token is not one, or belongs to another read. */
export function openPageToken(plan: Plan, request: object, entity: string, token: unknown): string {
  const bytes = typeof token === 'string' ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  if (bytes.length <= digestLength || bytes.toString('base64url') !== token) {
    throw new StatementError(
      `${entity}: the pageState is not one that findPage() gave; leave it out for the first page`,
    )
  }
  if (!digest(plan, request).equals(bytes.subarray(0, digestLength))) {
    throw new StatementError(
      `${entity}: the pageState belongs to another read; ` +
        'the filter, its values, select, orderBy and limits must be the same on every page',
    )
  }
  return bytes.subarray(digestLength).toString('hex')
}

function digest({ statement }: Plan, request: object): Buffer {
  const hash = createHash('sha256').update(statement.cql)
  for (const { path, codec } of statement.markers) {
    const bytes = codec.encode(codec.check(valueAt(request, path)))
    hash.update(`:${bytes.length}:`).update(bytes)
  }
  return hash.digest().subarray(0, digestLength)
}
