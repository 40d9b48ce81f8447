import type { ExecuteOptions } from '../../driver/execute-options'
import type { ResultPage } from '../../driver/execution'
import type { BoundWrite } from './bind-write'
import { type LwtResult, readLwtResult } from './lwt-result'

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

/** Reads the result of a conditional write; undefined for any other write. */
export function outcomeOf(
  { plan }: BoundWrite,
  answer: ResultPage | undefined,
): LwtResult<unknown> | undefined {
  return answer !== undefined && plan.statement.isConditional
    ? readLwtResult(plan, answer.rows)
    : undefined
}
