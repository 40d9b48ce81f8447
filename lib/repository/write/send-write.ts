import type { ExecuteOptions } from '../../driver/execute-options'
import type { ResultPage } from '../../driver/execution'
import type { BoundWrite } from './bind-write'
import { type LwtResult, readLwtResult } from './lwt-result'
import { markWritten } from './written-entity'

/** Sends a write. Returns undefined if there is nothing to send. */
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

/** Sends the write of an entity that has collections, and notes that it was written. */
export async function sendEntity(
  write: BoundWrite,
  entity: object,
  options: ExecuteOptions,
): Promise<LwtResult<unknown> | undefined> {
  const result = outcomeOf(write, await sendWrite(write, options))
  if (result === undefined || result.applied)
    markWritten(write.context, entity, writtenBy(write) ?? entity)
  return result
}

/** The entity as an insert writes it; undefined for another write. */
export function writtenBy({ request }: BoundWrite): object | undefined {
  return 'entity' in request ? request.entity : undefined
}

/** Reads the result of a conditional write; undefined for any other write. */
export function outcomeOf(
  { plan }: BoundWrite,
  answer: ResultPage | undefined,
): LwtResult<unknown> | undefined {
  return answer !== undefined && plan.statement.isConditional
    ? readLwtResult(plan, answer.rows, answer.columns)
    : undefined
}
