import type { ExecuteOptions } from '../driver/execute-options'
import { StatementError } from '../errors/errors'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { type Plan, matchesNothing } from '../plan/plan'
import { buildDelete, shapeOfDelete } from '../statement/delete'
import { buildInsert, shapeOfInsert } from '../statement/insert'
import type { DeleteRequest, InsertRequest, UpdateRequest } from '../statement/requests'
import { buildUpdate, shapeOfUpdate } from '../statement/update'
import { type LwtResult, readLwtResult } from './lwt-result'
import type { RepositoryContext } from './repository-context'

export type WriteRequest = InsertRequest | UpdateRequest | DeleteRequest

/** A write that is planned and bound: all that can be refused before it is sent has been. */
export interface BoundWrite {
  readonly context: RepositoryContext
  readonly plan: Plan
  readonly request: WriteRequest
  readonly params: unknown[]
  /** True: an IN has an empty list, and nothing needs to be sent. */
  readonly isVoid: boolean
}

export function bindInsert(context: RepositoryContext, request: InsertRequest): BoundWrite {
  const { entity } = context
  const plan = context.plan(shapeOfInsert(entity, request), (keyspace) =>
    buildInsert(entity, keyspace, request),
  )
  return bound(context, plan, request)
}

export function bindUpdate(context: RepositoryContext, request: UpdateRequest): BoundWrite {
  const { entity } = context
  const plan = context.plan(shapeOfUpdate(entity, request), (keyspace) =>
    buildUpdate(entity, keyspace, request),
  )
  return bound(context, plan, request)
}

export function bindDelete(context: RepositoryContext, request: DeleteRequest): BoundWrite {
  const { entity } = context
  const plan = context.plan(shapeOfDelete(entity, request), (keyspace) =>
    buildDelete(entity, keyspace, request),
  )
  return bound(context, plan, request)
}

function bound(context: RepositoryContext, plan: Plan, request: WriteRequest): BoundWrite {
  return {
    context,
    plan,
    request,
    params: plan.bind(request),
    isVoid: matchesNothing(plan, request),
  }
}

/** The primary key of an entity, as a `where`. Throws `StatementError` for a part without a value. */
export function keyOf(
  { entity, partitionKey, clusteringKey }: EntityMetadata,
  given: object,
): Readonly<Record<string, unknown>> {
  const key: Record<string, unknown> = {}
  for (const { property } of [...partitionKey, ...clusteringKey]) {
    const value = (given as Readonly<Record<string, unknown>>)[property]
    if (value === undefined || value === null) {
      throw new StatementError(`${entity}.${property} belongs to the primary key and needs a value`)
    }
    key[property] = value
  }
  return key
}

/** Sends it. Gives a result when it is conditional. */
export async function executeWrite(
  { context, plan, params, isVoid }: BoundWrite,
  options: ExecuteOptions,
): Promise<LwtResult<unknown> | undefined> {
  if (isVoid) return undefined
  const { rows } = await context.execute(plan, params, options)
  return plan.statement.isConditional ? readLwtResult(plan, rows) : undefined
}
