import type { Step } from './behavior'

/**
 * Calls the steps one after another and awaits each before the next. Returns undefined if all of them were synchronous.
 */
export function runSteps(
  steps: readonly Step[] | undefined,
  entity: object,
): Promise<void> | undefined {
  if (steps === undefined) return undefined
  for (const [i, step] of steps.entries()) {
    const result = step(entity)
    if (isThenable(result)) return rest(result, steps.slice(i + 1), entity)
  }
  return undefined
}

async function rest(first: PromiseLike<unknown>, steps: readonly Step[], entity: object) {
  await first
  for (const step of steps) await step(entity)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}
