import type { ExecuteOptions } from '../../driver/execute-options'
import { requireObject } from '../../statement/column-of'
import type { UpdateRequest } from '../../statement/requests'
import { applyDefaults } from './apply-defaults'
import type { Behaviour } from '../hooks/behaviour'
import { type BoundWrite, outcomeOf, sendWrite } from './bound-write'
import { moveDates, setDates } from '../hooks/dates'
import { discriminate } from '../inheritance/discriminate'
import { type EntityVerb, bindEntity, isStored, lockError, unsavedChanges } from './entity-write'
import type { ValidateOptions } from '../options/find-options'
import { loaded } from '../read/mark-loaded'
import type { LwtResult } from './lwt-result'
import type { RepositoryContext } from '../repository-context'
import { runSteps } from '../hooks/run-steps'
import { validateChanges, validateGiven } from './validate-write'

/** A write of an entity whose hooks have run, bound. */
export interface PreparedWrite {
  /** Undefined: nothing is to be sent. */
  readonly write: BoundWrite | undefined
  /** True: the condition on the entity's version is ours, and a write that is not applied is an error. */
  readonly isLocked: boolean
  /** To be called when it was applied, and only then. */
  readonly applied: () => Promise<void>
}

/**
 * Writes an entity that has a behaviour, from its before-hooks to its after-hooks. An error in a before-hook is thrown
 * as it is, and nothing is sent.
 */
export async function writeEntity(
  context: RepositoryContext,
  behaviour: Behaviour | undefined,
  verb: EntityVerb,
  given: object,
  options: ExecuteOptions & ValidateOptions,
): Promise<LwtResult<unknown> | undefined> {
  const { write, applied, isLocked } = await prepareWrite(context, verb, given, options)
  if (write === undefined) return undefined
  const result = outcomeOf(write, await sendWrite(write, options))
  if (result === undefined || result.applied) {
    await applied()
    return isLocked ? undefined : result
  }
  if (
    behaviour !== undefined &&
    write.plan.statement.kind === 'insert' &&
    result.existing !== null
  ) {
    await loaded(context, behaviour, [result.existing], true)
  }
  if (isLocked) throw lockError(context.metadata, write, result.existing)
  return result
}

/** All that comes before a write is sent, in its order. `now` is one for all writes of a batch. */
export async function prepareWrite(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
  options: object,
  now = new Date(),
): Promise<PreparedWrite> {
  const { metadata, known, behaviour } = context
  requireObject(metadata, given, 'an entity')
  discriminate(metadata, given)
  const ofClass = behaviour?.of(given)
  const steps = ofClass?.steps ?? {}
  const event = eventOf(context, verb, given)
  await runSteps(steps[`before${event}`], given)
  // A hook may have changed what tells the class.
  discriminate(metadata, given)
  if (verb === 'insert') applyDefaults(context, given)
  if (event === 'Update') {
    known.restore(given)
    // Before the dates, which would be a change each time.
    if (unsavedChanges(context, given, options)?.length === 0) return nothing
  }
  if (verb !== 'remove' && ofClass !== undefined) {
    setDates(ofClass, given, now, event === 'Insert')
  }
  if (verb !== 'remove') await validateGiven(context, verb, given, options)
  const { write, isLocked, applied } = bindEntity(context, verb, given, options)
  return {
    write,
    isLocked,
    async applied() {
      applied()
      if (verb === 'remove') known.delete(given)
      else if (behaviour?.needsKnown === true) {
        known.add(metadata, given, ofClass?.createDates ?? [])
      }
      await runSteps(steps[`after${event}`], given)
    },
  }
}

const nothing: PreparedWrite = Object.freeze({
  write: undefined,
  isLocked: false,
  applied: () => Promise.resolve(),
})

/** All that comes before an update without an entity is bound. `now` is one for all writes of a batch. */
export async function prepareUpdate(
  context: RepositoryContext,
  request: UpdateRequest & ValidateOptions,
  now = new Date(),
): Promise<UpdateRequest> {
  const { metadata, behaviour } = context
  const moved = behaviour === undefined ? request : moveDates(metadata, behaviour.own, request, now)
  await validateChanges(context, moved.changes, request)
  return moved
}

/** `save` of what was read or written here before is an update, and so is one that says its version. */
function eventOf(context: RepositoryContext, verb: EntityVerb, given: object) {
  if (verb === 'remove') return 'Remove'
  return verb === 'save' && isStored(context, given) ? 'Update' : 'Insert'
}
