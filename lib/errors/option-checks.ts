import { didYouMean } from './did-you-mean'
import type { WordKind } from './words'

/** Returns why a value does not fit an option, such as 'must be true or false'; undefined if it fits. */
export interface OptionCheck<T = unknown> {
  (value: unknown): string | undefined
  /** The type of the values that fit; for the compiler only. */
  readonly fits?: T
  /** `true` if the option must be omitted rather than undefined. Other checks are not called with undefined. */
  readonly refusesUndefined?: true
}

/** The options of a call by their names. An option without a check is checked where it is used. */
export type OptionTable = ReadonlyMap<string, OptionCheck | undefined>

/** A check of values for which `isRight` is true; `need` ends the sentence that begins with the option. */
export function checkThat<T = unknown>(
  isRight: (value: unknown) => boolean,
  need: string,
): OptionCheck<T> {
  return (value) => (isRight(value) ? undefined : need)
}

/** 'a', 'b', 'c' */
export function quoteNames(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ')
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

export const boolean = checkThat<boolean>(
  (value) => typeof value === 'boolean',
  'must be true or false',
)
export const text = checkThat<string>((value) => typeof value === 'string', 'must be a string')
export const texts = checkThat<readonly string[]>(areTexts, 'must be an array of strings')
export const object = checkThat(isObject, 'must be an object')
export const callback = checkThat((value) => typeof value === 'function', 'must be a function')
export const signal = checkThat((value) => value instanceof AbortSignal, 'must be an AbortSignal')
export const milliseconds = checkThat(
  (value) => typeof value === 'number' && value >= 0,
  'must be a number of milliseconds from 0',
)

const maxInt = 2_147_483_647

/** A whole number that an int can hold. */
export function wholeFrom(min: number): OptionCheck<number> {
  return checkThat(
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= maxInt,
    `must be a whole number from ${min}`,
  )
}

/** The same check, of undefined too. */
export function neverUndefined(check: OptionCheck): OptionCheck {
  return Object.assign((value: unknown) => check(value), { refusesUndefined: true } as const)
}

/** One of several texts; the refusal suggests the nearest one. */
export function oneOf<const T extends string>(names: readonly T[]): OptionCheck<T> {
  const known: ReadonlySet<unknown> = new Set(names)
  return (value) => {
    if (known.has(value)) return undefined
    const suggestion = typeof value === 'string' ? didYouMean(value, names) : ''
    return `must be one of ${quoteNames(names)}${suggestion}`
  }
}

/** An object with these options and no others. */
export function objectOf(options: Readonly<Record<string, OptionCheck>>): OptionCheck {
  const table = new Map(Object.entries(options))
  return (value) => object(value) ?? findMisfit(value as object, table)?.reason
}

/** The problem of an option of a call. */
export interface Misfit {
  readonly option: string
  /** `true` if the call has no option of that name. */
  readonly isUnknown: boolean
  /** The end of a sentence: "has no option 'x'" or "timeout must be …". */
  readonly reason: string
}

/**
 * Returns the first option that the table does not have, or whose value does not fit. `words` says which options of other
 * libraries people may write here.
 */
export function findMisfit(
  options: object,
  table: OptionTable,
  words?: WordKind,
): Misfit | undefined {
  for (const option of Object.keys(options)) {
    const check = table.get(option)
    if (check === undefined) {
      if (table.has(option)) continue
      const reason = `has no option '${option}'${didYouMean(option, table.keys(), words)}`
      return { option, isUnknown: true, reason }
    }
    const value = (options as Readonly<Record<string, unknown>>)[option]
    if (value === undefined && check.refusesUndefined !== true) continue
    const need = check(value)
    if (need !== undefined) return { option, isUnknown: false, reason: `${option} ${need}` }
  }
  return undefined
}
