import type { ValidationProblem } from './errors'

/** The number of problems after which a value is not looked at any further, whatever its size. */
export const maxProblems = 100

const stopped: ValidationProblem = Object.freeze({
  property: '',
  constraint: 'maxProblems',
  message: `reading stopped after ${maxProblems} problems`,
})

/** Returns the first problems, and, if there are as many as may be, one that says so. */
export function limitProblems(
  problems: readonly ValidationProblem[],
): readonly ValidationProblem[] {
  return problems.length < maxProblems ? problems : [...problems.slice(0, maxProblems), stopped]
}
