import type { ExecuteOptions } from '../../driver/execute-options'
import type { ResultPage } from '../../driver/execution'
import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { type Plan, matchesNothing } from '../../plan/plan'
import { type Delta, Decrement, Increment } from '../../statement/change'
import { columnOf, requireObject } from '../../statement/column-of'
import { buildDelete, shapeOfDelete } from '../../statement/delete'
import { buildInsert, shapeOfInsert } from '../../statement/insert'
import { splitInsert, splitUpdate } from '../../statement/own-ttl'
import type { DeleteRequest, InsertRequest, UpdateRequest } from '../../statement/requests'
import { buildUpdate, shapeOfUpdate } from '../../statement/update'
import { lastIndexFirst } from '../../statement/clause/removals'
import { deleteOfClass, updateOfClass, updateOfEntity } from '../inheritance/class-write'
import { type LwtResult, readLwtResult } from './lwt-result'
import type { RepositoryContext } from '../repository-context'
import { updateOfVersion } from '../tracking/row-version'

export type WriteRequest = InsertRequest | UpdateRequest | DeleteRequest

/** A write that is planned and bound: all that can be refused before it is sent has been. */
export interface BoundWrite {
  readonly context: RepositoryContext
  readonly plan: Plan
  readonly request: WriteRequest
  readonly params: unknown[]
  /** True: an IN has an empty list, and nothing needs to be sent. */
  readonly isVoid: boolean
  /** What belongs to the same write and is sent together with it: columns with a TTL of their own. */
  readonly more: readonly BoundWrite[]
}

const none: readonly BoundWrite[] = Object.freeze([])

export function bindInsert(context: RepositoryContext, request: InsertRequest): BoundWrite {
  const { metadata } = context
  if (!metadata.hasOwnTtls) return bindOneInsert(context, request)
  const { insert, updates } = splitInsert(metadata, request)
  return together([
    ...(insert === undefined ? [] : [bindOneInsert(context, insert)]),
    ...updates.map((update) => bindOneUpdate(context, update)),
  ])
}

function bindOneInsert(context: RepositoryContext, request: InsertRequest): BoundWrite {
  const { metadata } = context
  const plan = context.plan(shapeOfInsert(metadata, request), (keyspace) =>
    buildInsert(metadata, keyspace, request),
  )
  return bound(context, plan, request)
}

export function bindUpdate(context: RepositoryContext, given: UpdateRequest): BoundWrite {
  const { metadata } = context
  const versioned = metadata.version === undefined ? given : updateOfVersion(metadata, given)
  return bindParts(context, updateOfClass(metadata, versioned))
}

/** An update that a save of an entity is. */
export function bindEntityUpdate(
  context: RepositoryContext,
  request: UpdateRequest,
  given: object,
): BoundWrite {
  return bindParts(context, updateOfEntity(context.metadata, request, given))
}

function bindParts(context: RepositoryContext, request: UpdateRequest): BoundWrite {
  const { metadata } = context
  if (!metadata.hasOwnTtls) return bindOneUpdate(context, request)
  return together(splitUpdate(metadata, request).map((part) => bindOneUpdate(context, part)))
}

function bindOneUpdate(context: RepositoryContext, request: UpdateRequest): BoundWrite {
  const { metadata } = context
  const plan = context.plan(shapeOfUpdate(metadata, request), (keyspace) =>
    buildUpdate(metadata, keyspace, request),
  )
  return bound(context, plan, request)
}

export function bindDelete(context: RepositoryContext, given: DeleteRequest): BoundWrite {
  const { metadata } = context
  const ofClass = deleteOfClass(metadata, given)
  const { elements } = ofClass
  const request =
    typeof elements === 'object' && elements !== null && !Array.isArray(elements)
      ? { ...ofClass, elements: lastIndexFirst(metadata, elements) }
      : ofClass
  const plan = context.plan(shapeOfDelete(metadata, request), (keyspace) =>
    buildDelete(metadata, keyspace, request),
  )
  return bound(context, plan, request)
}

/** Adds to counters, or subtracts from them. */
export function bindCount(
  context: RepositoryContext,
  verb: 'increment' | 'decrement',
  where: object,
  by: unknown,
): BoundWrite {
  const { metadata } = context
  requireObject(metadata, by, verb)
  const change = verb === 'increment' ? Increment : Decrement
  const changes: Record<string, unknown> = {}
  for (const [property, delta] of Object.entries(by)) {
    if (!columnOf(metadata, property, verb).isCounter) {
      throw new StatementError(
        `${metadata.name}.${property} is no counter, and ${verb}() changes nothing else`,
      )
    }
    if (delta !== undefined) changes[property] = change(delta as Delta)
  }
  if (Object.keys(changes).length === 0) {
    throw new StatementError(
      `${metadata.name}: ${verb} names no counter; give at least one a value`,
    )
  }
  return bindOneUpdate(context, { where, changes })
}

function bound(context: RepositoryContext, plan: Plan, request: WriteRequest): BoundWrite {
  return {
    context,
    plan,
    request,
    params: plan.bind(request),
    isVoid: matchesNothing(plan, request),
    more: none,
  }
}

function together([first, ...more]: readonly BoundWrite[]): BoundWrite {
  return { ...(first as BoundWrite), more }
}

/** The primary key of an entity, as a `where`. Throws `StatementError` for a part without a value. */
export function keyOf(
  { name, key: columns }: EntityMetadata,
  given: object,
): Readonly<Record<string, unknown>> {
  const key: Record<string, unknown> = {}
  for (const { property } of columns) {
    const value = (given as Readonly<Record<string, unknown>>)[property]
    if (value === undefined || value === null) {
      throw new StatementError(`${name}.${property} belongs to the primary key and needs a value`)
    }
    key[property] = value
  }
  return key
}

/** Sends it; undefined where there is nothing to send. */
export function sendWrite(
  write: BoundWrite,
  options: ExecuteOptions,
): Promise<ResultPage> | undefined {
  const { context, plan, params, isVoid, more } = write
  if (isVoid) return undefined
  return more.length === 0
    ? context.execute(plan, params, options)
    : context.executeTogether([write, ...more], options)
}

/** What a write gives of its answer: a result when it is conditional. */
export function outcomeOf(
  { plan }: BoundWrite,
  answer: ResultPage | undefined,
): LwtResult<unknown> | undefined {
  return answer !== undefined && plan.statement.isConditional
    ? readLwtResult(plan, answer.rows)
    : undefined
}
