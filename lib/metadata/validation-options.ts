import { didYouMean } from '../errors/did-you-mean'

/** How class-validator is run: its own options, under its names. */
export interface ValidationOptions {
  /** The groups whose constraints count, beside those without groups; all do when there are none. */
  readonly groups?: readonly string[]
  /** False: constraints without groups do not count when groups are given; true unless given. */
  readonly always?: boolean
  /** True: constraints with groups do not count when no groups are given. */
  readonly strictGroups?: boolean
  /** True: a property that is undefined breaks no constraint but `@IsDefined`. */
  readonly skipUndefinedProperties?: boolean
  /** True: a property that is null breaks none. */
  readonly skipNullProperties?: boolean
  /** True: neither breaks one. */
  readonly skipMissingProperties?: boolean
  /** True: of each property the first constraint that it breaks is told. */
  readonly stopAtFirstError?: boolean
}

const flags = [
  'always',
  'strictGroups',
  'skipUndefinedProperties',
  'skipNullProperties',
  'skipMissingProperties',
  'stopAtFirstError',
] as const satisfies readonly Exclude<keyof ValidationOptions, 'groups'>[]

/** Why a value is none of `true`, `false` and options of validation; undefined when it is one. */
export function refuseValidation(value: unknown): string | undefined {
  if (typeof value === 'boolean') return undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'must be true, false or options such as { groups: [] }'
  }
  const known: readonly string[] = ['groups', ...flags]
  for (const [name, each] of Object.entries(value)) {
    if (!known.includes(name)) return `has no option '${name}'${didYouMean(name, known)}`
    if (each === undefined) continue
    if (name === 'groups' ? !areGroups(each) : typeof each !== 'boolean') {
      return name === 'groups'
        ? 'has groups that are no array of strings'
        : `has ${name}, which must be true or false`
    }
  }
  return undefined
}

export function areGroups(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((group) => typeof group === 'string')
}
