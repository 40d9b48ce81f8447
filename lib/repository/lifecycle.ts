import type { ExecuteOptions } from '../driver/execute-options'
import { requireObject } from '../statement/column-of'
import { applyDefaults } from './apply-defaults'
import type { Behaviour } from './behaviour'
import { type BoundWrite, bindDelete, bindInsert, executeWrite, keyOf } from './bound-write'
import { discriminate } from './discriminate'
import type { ValidateOptions } from './find-options'
import { loaded } from './loaded'
import type { LwtResult } from './lwt-result'
import type { RepositoryContext } from './repository-context'
import { runSteps } from './run-steps'
import { validateGiven } from './validation/validate-write'

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

/** All that comes before a write is sent, in its order. */
export async function prepareWrite(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
  options: ValidateOptions,
): Promise<PreparedWrite> {
  const { entity, behaviour } = context
  requireObject(entity, given, 'an entity')
  discriminate(entity, given)
  const steps = behaviour?.of(given).steps ?? {}
  const event = eventOf(context, verb, given)
  await runSteps(steps[`before${event}`], given)
  // A hook may have changed what tells the class.
  discriminate(entity, given)
  if (verb === 'insert') applyDefaults(context, given)
  if (verb !== 'remove') await validateGiven(context, verb, given, options)
  // Version and change tracking go here: they decide what the request is.
  const write =
    verb === 'remove'
      ? bindDelete(context, Object.assign({ where: keyOf(entity, given) }, options))
      : bindInsert(context, Object.assign({ entity: given }, options))
  return {
    write,
    async applied() {
      if (verb === 'remove') context.known.delete(given)
      else if (behaviour?.needsKnown === true) context.known.add(entity, given)
      await runSteps(steps[`after${event}`], given)
    },
  }
}

/** `save` of what was read or written here before is an update. */
function eventOf({ entity, known }: RepositoryContext, verb: EntityVerb, given: object) {
  if (verb === 'remove') return 'Remove'
  return verb === 'save' && known.has(entity, given) ? 'Update' : 'Insert'
}
