import type { ExecuteOptions } from '../../driver/execute-options'
import { OptimisticLockError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { requireObject, requireProperties } from '../../statement/column-of'
import { requireColumns } from '../../statement/insert'
import type { UpdateRequest } from '../../statement/requests'
import type { ClassBehavior } from '../hooks/behavior'
import { moveDates, setDates } from '../hooks/dates'
import { runSteps } from '../hooks/run-steps'
import { discriminate } from '../inheritance/discriminate'
import type { ValidateOptions } from '../options/write-options'
import { markLoaded } from '../read/mark-loaded'
import type { RepositoryContext } from '../repository-context'
import { type Difference, differencesOf, renewDifferences } from '../tracking/differences'
import { isCounted, versionOf } from '../tracking/row-version'
import { applyDefaults } from './apply-defaults'
import type { EntityVerb } from './bind-entity'
import { bindStored } from './bind-stored'
import type { BoundWrite } from './bind-write'
import type { LwtResult } from './lwt-result'
import { outcomeOf, sendWrite } from './send-write'
import { validateChanges, validateGiven } from './validate-write'
import { saysOfValidation } from './validation-of'

type Values = Readonly<Record<string, unknown>>

/** A write of an entity whose before-hooks have run, bound. */
export interface PreparedWrite {
  /** The write; undefined if nothing is to be sent. */
  readonly write: BoundWrite | undefined
  /** The condition on the entity's version is ours: a write that is not applied is an `OptimisticLockError`. */
  readonly isLocked: boolean
  /** To be called after the write was applied, and only then. */
  readonly finish: () => Promise<void>
}

/** Returns true if more happens to an entity than its write: hooks, dates, a version, tracking, validation. */
export function needsPreparing(
  { behavior }: RepositoryContext,
  options: ExecuteOptions & ValidateOptions,
): boolean {
  return behavior !== undefined || saysOfValidation(options)
}

/** Returns true if more happens to an update without an entity: dates, validation. */
export function needsPreparingUpdates(
  { behavior }: RepositoryContext,
  options: ValidateOptions,
): boolean {
  return behavior?.concernsUpdates === true || saysOfValidation(options)
}

/**
 * Writes an entity that needs preparing, from its before-hooks to its after-hooks. What a before-hook throws is passed
 * on, and nothing is sent.
 */
export async function writeEntity(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
  options: ExecuteOptions & ValidateOptions,
): Promise<LwtResult<unknown> | undefined> {
  const { write, isLocked, finish } = await prepareWrite(context, verb, given, options)
  if (write === undefined) return undefined
  const result = outcomeOf(write, await sendWrite(write, options))
  if (result === undefined || result.applied) {
    await finish()
    return isLocked ? undefined : result
  }
  const { behavior } = context
  const { existing } = result
  const isRow = write.plan.statement.kind === 'insert' && existing !== null
  if (isRow && behavior !== undefined) await markLoaded(context, behavior, [existing], true)
  if (isLocked) throw lockError(context.metadata, write, existing)
  return result
}

/** Does what comes before a write is sent, in its order. `now` is the same for all writes of a batch. */
export async function prepareWrite(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
  options: object,
  now = new Date(),
): Promise<PreparedWrite> {
  const { metadata, known, behavior } = context
  requireObject(metadata, given, 'an entity')
  discriminate(metadata, given)
  const ofClass = behavior?.of(given)
  const event = eventOf(context, verb, given)
  const before = ofClass?.steps[`before${event}`]
  if (before !== undefined) {
    await runSteps(before, given)
    // A hook may have changed what tells the class.
    discriminate(metadata, given)
  }
  if (verb === 'insert') applyDefaults(context, given)
  if (event === 'Update') known.restore(metadata, given)
  let differences = event === 'Update' ? findDifferences(context, given, options) : undefined
  // Before the dates, which would be a change each time.
  if (differences?.length === 0) return nothing
  if (verb !== 'remove') {
    if (ofClass !== undefined) {
      setDates(ofClass, given, now, event === 'Insert')
      differences &&= redate(context, ofClass, given, differences)
    }
    const validation = validateGiven(context, verb, given, options)
    if (validation !== undefined) {
      await validation
      // The entity may have been changed meanwhile.
      differences &&= findDifferences(context, given, options)
      if (differences?.length === 0) return nothing
    }
  }
  const { write, isLocked, markApplied } = bindStored(context, verb, given, options, differences)
  return {
    write,
    isLocked,
    finish: async () => {
      markApplied()
      if (verb === 'remove') known.delete(given)
      else if (behavior?.needsKnown === true) {
        known.add(metadata, given, ofClass?.createDates ?? [])
      }
      await runSteps(ofClass?.steps[`after${event}`], given)
    },
  }
}

const nothing: PreparedWrite = Object.freeze({
  write: undefined,
  isLocked: false,
  finish: () => Promise.resolve(),
})

/** Does what comes before an update without an entity is bound. `now` is the same for all writes of a batch. */
export async function prepareUpdate(
  context: RepositoryContext,
  request: UpdateRequest & ValidateOptions,
  now = new Date(),
): Promise<UpdateRequest> {
  const { metadata, behavior } = context
  requireProperties(metadata, request.changes, 'changes')
  const moved = behavior === undefined ? request : moveDates(metadata, behavior.own, request, now)
  await validateChanges(context, moved.changes, request)
  return moved
}

/** A `save` of what was read or written here before is an update, and so is a `save` of what has a version. */
function eventOf(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
): 'Insert' | 'Update' | 'Remove' {
  if (verb === 'remove') return 'Remove'
  return verb === 'save' && isStored(context, given) ? 'Update' : 'Insert'
}

/** Returns true for an entity of a stored row: read or written here, or elsewhere, as its version tells. */
function isStored({ metadata, known }: RepositoryContext, given: object): boolean {
  if (known.has(metadata, given)) return true
  return metadata.version !== undefined && isCounted(versionOf(metadata, metadata.version, given))
}

/**
 * Returns the differences of an entity that was read or written here; undefined if they are not known or not used,
 * because a `ttl` concerns the whole entity.
 */
function findDifferences(
  { metadata, known }: RepositoryContext,
  given: object,
  { ttl }: Pick<UpdateRequest, 'ttl'>,
): readonly Difference[] | undefined {
  const tracked = known.tracked.get(given)
  if (tracked === undefined || ttl !== undefined || !known.has(metadata, given)) return undefined
  requireColumns(metadata, given)
  return differencesOf(tracked.snapshot, given, tracked.doubtful).filter(
    ({ column }) => column.property !== metadata.version?.property,
  )
}

/** The differences with those of the dates that were set. */
function redate(
  { known }: RepositoryContext,
  { updateDates }: ClassBehavior,
  given: object,
  differences: readonly Difference[],
): readonly Difference[] {
  const tracked = known.tracked.get(given)
  if (updateDates.length === 0 || tracked === undefined) return differences
  const properties = new Set(updateDates.map(({ property }) => property))
  return renewDifferences(differences, tracked.snapshot, given, properties)
}

/** The error of a write that was not applied because of our condition; `existing` is what is stored. */
function lockError(
  { name }: EntityMetadata,
  { plan }: BoundWrite,
  existing: unknown,
): OptimisticLockError {
  const reason =
    plan.statement.kind === 'insert' ? 'exists' : existing === null ? 'gone' : 'changed'
  return new OptimisticLockError(name, reason, existing as Values | null)
}
