import { type OptionCheck, boolean, findMisfit, isObject, texts } from '../errors/option-checks'

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

const checks = new Map<string, OptionCheck>(
  Object.entries({
    groups: texts,
    always: boolean,
    strictGroups: boolean,
    skipUndefinedProperties: boolean,
    skipNullProperties: boolean,
    skipMissingProperties: boolean,
    stopAtFirstError: boolean,
  } satisfies { readonly [K in keyof ValidationOptions]-?: OptionCheck }),
)

/**
 * Returns the reason why a value is neither a boolean nor options of validation, as the end of a message
 * that begins with the name of the option; `undefined` if it is one.
 */
export const refuseValidation: OptionCheck<boolean | ValidationOptions> = (value) => {
  if (typeof value === 'boolean') return undefined
  if (!isObject(value)) return 'must be true, false or options such as { groups: [] }'
  const misfit = findMisfit(value, checks)
  if (misfit === undefined || misfit.isUnknown) return misfit?.reason
  return `has ${misfit.reason.replace(' must', ', which must')}`
}
