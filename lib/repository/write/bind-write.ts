import { StatementError } from '../../errors/errors'
import { type Plan, matchesNothing } from '../../plan/plan'
import { type Delta, Decrement, Increment } from '../../statement/change'
import { changesNothing } from '../../statement/changes-nothing'
import { columnOf, requireProperties } from '../../statement/column-of'
import { buildDelete, shapeOfDelete } from '../../statement/delete'
import { buildInsert, shapeOfInsert } from '../../statement/insert'
import { splitInsert, splitUpdate } from '../../statement/own-ttl'
import { lastIndexFirst } from '../../statement/clause/removals'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { DeleteRequest, InsertRequest, UpdateRequest } from '../../statement/requests'
import { buildUpdate, shapeOfUpdate } from '../../statement/update'
import { deleteOfClass, updateOfClass } from '../inheritance/class-write'
import type { RepositoryContext } from '../repository-context'
import { updateOfVersion } from '../tracking/row-version'

type WriteRequest = InsertRequest | UpdateRequest | DeleteRequest

/** A write that is planned and bound: everything that can be refused before it is sent has been checked. */
export interface BoundWrite {
  readonly context: RepositoryContext
  readonly plan: Plan
  readonly request: WriteRequest
  readonly params: unknown[]
  /** An IN has an empty list, or nothing is changed, so that nothing needs to be sent. */
  readonly isVoid: boolean
  /** The other statements of the same write, sent together with it: columns with a TTL of their own. */
  readonly more: readonly BoundWrite[]
}

const none: readonly BoundWrite[] = Object.freeze([])

/** `INSERT …`, and an `UPDATE` for each TTL that columns have of their own. */
export function bindInsert(context: RepositoryContext, request: InsertRequest): BoundWrite {
  const { metadata } = context
  if (!metadata.hasOwnTtls) return bindInsertPart(context, request)
  const { insert, updates } = splitInsert(metadata, request)
  return joinParts([
    ...(insert === undefined ? [] : [bindInsertPart(context, insert)]),
    ...updates.map((update) => bindUpdatePart(context, update)),
  ])
}

/**
 * The update of a caller: it names the version that it changes, and concerns rows of its class alone. If it changes
 * nothing, it is checked and not sent.
 */
export function bindUpdate(context: RepositoryContext, request: UpdateRequest): BoundWrite {
  const { metadata } = context
  const given = isEmpty(request.changes) ? withIdleChange(metadata, request) : request
  const versioned = metadata.version === undefined ? given : updateOfVersion(metadata, given)
  const write = bindParts(context, updateOfClass(metadata, versioned))
  const isVoid = !write.plan.statement.isConditional && changesNothing(given.changes)
  return isVoid ? { ...write, isVoid, more: none } : write
}

/** Tests for an object without properties. It makes no list of them, because each update is asked. */
function isEmpty(changes: object): boolean {
  for (const property in changes) return property === undefined
  return true
}

/** Changes a property to undefined instead of none, which is the same, so that the rest of the update can be checked. */
function withIdleChange(metadata: EntityMetadata, request: UpdateRequest): UpdateRequest {
  requireProperties(metadata, request.changes, 'changes')
  const { version, inheritance } = metadata
  const columns = metadata.columns.filter(
    (each) => !each.isKey && each !== version && each !== inheritance?.column,
  )
  const idle = columns.find(({ kind }) => kind !== 'static') ?? columns[0]
  return idle === undefined ? request : { ...request, changes: { [idle.property]: undefined } }
}

/** `UPDATE …`, one for each TTL that columns have of their own. */
export function bindParts(context: RepositoryContext, request: UpdateRequest): BoundWrite {
  const { metadata } = context
  if (!metadata.hasOwnTtls) return bindUpdatePart(context, request)
  return joinParts(splitUpdate(metadata, request).map((part) => bindUpdatePart(context, part)))
}

/** `DELETE …` of rows of the class alone. */
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
  return bindPlan(context, plan, request)
}

/** `UPDATE … SET "views" = "views" + ?`, or `- ?`. */
export function bindCount(
  context: RepositoryContext,
  verb: 'increment' | 'decrement',
  where: object,
  by: unknown,
): BoundWrite {
  const { metadata } = context
  requireProperties(metadata, by, verb)
  const change = verb === 'increment' ? Increment : Decrement
  const changes: Record<string, unknown> = {}
  for (const [property, delta] of Object.entries(by)) {
    if (!columnOf(metadata, property, verb).isCounter) {
      throw new StatementError(
        `${metadata.name}.${property} is not a counter, and ${verb}() changes counters only`,
      )
    }
    if (delta !== undefined) changes[property] = change(delta as Delta)
  }
  if (Object.keys(changes).length === 0) {
    throw new StatementError(
      `${metadata.name}: ${verb} names no counter; give at least one a value`,
    )
  }
  return bindUpdatePart(context, { where, changes })
}

function bindInsertPart(context: RepositoryContext, request: InsertRequest): BoundWrite {
  const { metadata } = context
  const plan = context.plan(shapeOfInsert(metadata, request), (keyspace) =>
    buildInsert(metadata, keyspace, request),
  )
  return bindPlan(context, plan, request)
}

function bindUpdatePart(context: RepositoryContext, request: UpdateRequest): BoundWrite {
  const { metadata } = context
  const plan = context.plan(shapeOfUpdate(metadata, request), (keyspace) =>
    buildUpdate(metadata, keyspace, request),
  )
  return bindPlan(context, plan, request)
}

function bindPlan(context: RepositoryContext, plan: Plan, request: WriteRequest): BoundWrite {
  return {
    context,
    plan,
    request,
    params: plan.bind(request),
    isVoid: matchesNothing(plan, request),
    more: none,
  }
}

function joinParts([first, ...more]: readonly BoundWrite[]): BoundWrite {
  return { ...(first as BoundWrite), more }
}
