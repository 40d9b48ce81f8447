import { didYouMean } from '../errors/did-you-mean'
import { type Check, flag, texts } from './read-options'

/** The options of class-validator, under its names. */
export interface ValidationOptions {
  /** The groups whose constraints run, beside those without groups. All run if no groups are given. */
  readonly groups?: readonly string[]
  /** `false`: constraints without groups do not run when groups are given. The default is `true`. */
  readonly always?: boolean
  /** `true`: constraints with groups do not run when no groups are given. */
  readonly strictGroups?: boolean
  /** `true`: of an undefined property only `@IsDefined` runs. */
  readonly skipUndefinedProperties?: boolean
  /** `true`: no constraint of a null property runs. */
  readonly skipNullProperties?: boolean
  /** `true`: no constraint of an undefined or null property runs. */
  readonly skipMissingProperties?: boolean
  /** `true`: only the first broken constraint of each property is reported. */
  readonly stopAtFirstError?: boolean
}

const checks = {
  groups: texts,
  always: flag,
  strictGroups: flag,
  skipUndefinedProperties: flag,
  skipNullProperties: flag,
  skipMissingProperties: flag,
  stopAtFirstError: flag,
} as const satisfies { readonly [K in keyof ValidationOptions]-?: Check<unknown> }

/**
 * Returns the reason why a value is neither a boolean nor options of validation, as the end of a message
 * that begins with the name of the option; `undefined` if it is one.
 */
export function refuseValidation(value: unknown): string | undefined {
  if (typeof value === 'boolean') return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'must be true, false or options such as { groups: [] }'
  }
  for (const [name, each] of Object.entries(value)) {
    const check = Object.hasOwn(checks, name) ? checks[name as keyof typeof checks] : undefined
    if (check === undefined)
      return `has no option '${name}'${didYouMean(name, Object.keys(checks))}`
    if (each !== undefined && !check.accepts(each))
      return `has ${name}, which must be ${check.needs}`
  }
  return undefined
}

/** `true` or `false`, or options of validation. */
export const validation: Check<boolean | ValidationOptions> = {
  accepts: (value): value is boolean | ValidationOptions => refuseValidation(value) === undefined,
  needs: 'true, false or options such as { groups: [] }',
  refuse: refuseValidation,
}
