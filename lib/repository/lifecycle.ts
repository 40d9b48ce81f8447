import type { ExecuteOptions } from '../driver/execute-options'
import { requireObject } from '../statement/column-of'
import type { UpdateRequest } from '../statement/requests'
import { applyDefaults } from './apply-defaults'
import type { Behaviour } from './behaviour'
import { type BoundWrite, bindDelete, bindInsert, executeWrite, keyOf } from './bound-write'
import { moveDates, setDates } from './dates'
import { discriminate } from './discriminate'
import type { ValidateOptions } from './find-options'
import { loaded } from './loaded'
import type { LwtResult } from './lwt-result'
import type { RepositoryContext } from './repository-context'
import { runSteps } from './run-steps'
import { validateChanges, validateGiven } from './validation/validate-write'

/** What can be done to an entity. */
export type EntityVerb = 'insert' | 'save' | 'remove'

/** A write of an entity whose hooks have run, bound. */
export interface PreparedWrite {
  /** Undefined: nothing is to be sent. */
  readonly write: BoundWrite | undefined
  /** To be called when it was applied, and only then. */
  applied(): Promise<void>
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
  const { write, applied } = await prepareWrite(context, verb, given, options)
  if (write === undefined) return undefined
  const result = await executeWrite(write, options)
  if (result === undefined || result.applied) await applied()
  else if (behaviour !== undefined && verb === 'insert' && result.existing !== null) {
    await loaded(context, behaviour, [result.existing], true)
  }
  return result
}

/** All that comes before a write is sent, in its order. `now` is one for all writes of a batch. */
export async function prepareWrite(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
  options: ValidateOptions,
  now = new Date(),
): Promise<PreparedWrite> {
  const { entity, known, behaviour } = context
  requireObject(entity, given, 'an entity')
  discriminate(entity, given)
  const ofClass = behaviour?.of(given)
  const steps = ofClass?.steps ?? {}
  const event = eventOf(context, verb, given)
  await runSteps(steps[`before${event}`], given)
  // A hook may have changed what tells the class.
  discriminate(entity, given)
  if (verb === 'insert') applyDefaults(context, given)
  if (event === 'Update') known.restore(given)
  if (verb !== 'remove' && ofClass !== undefined) {
    setDates(ofClass, given, now, event === 'Insert')
  }
  if (verb !== 'remove') await validateGiven(context, verb, given, options)
  // Version and change tracking go here: they decide what the request is.
  const write =
    verb === 'remove'
      ? bindDelete(context, Object.assign({ where: keyOf(entity, given) }, options))
      : bindInsert(context, Object.assign({ entity: given }, options))
  return {
    write,
    async applied() {
      if (verb === 'remove') known.delete(given)
      else if (behaviour?.needsKnown === true) {
        known.add(entity, given, ofClass?.createDates ?? [])
      }
      await runSteps(steps[`after${event}`], given)
    },
  }
}

/** All that comes before an update without an entity is bound. `now` is one for all writes of a batch. */
export async function prepareUpdate(
  context: RepositoryContext,
  request: UpdateRequest & ValidateOptions,
  now = new Date(),
): Promise<UpdateRequest> {
  const { entity, behaviour } = context
  const moved = behaviour === undefined ? request : moveDates(entity, behaviour.own, request, now)
  await validateChanges(context, moved.changes, request)
  return moved
}

/** `save` of what was read or written here before is an update. */
function eventOf({ entity, known }: RepositoryContext, verb: EntityVerb, given: object) {
  if (verb === 'remove') return 'Remove'
  return verb === 'save' && known.has(entity, given) ? 'Update' : 'Insert'
}
