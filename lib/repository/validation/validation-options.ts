/** How class-validator is run: its own options, under its names. */
export interface ValidationOptions {
  /** The groups whose constraints count; all constraints do when there are none. */
  readonly groups?: readonly string[]
  /** True: constraints without groups count under any groups too. */
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

export const validationOptionNames = [
  'groups',
  'always',
  'strictGroups',
  'skipUndefinedProperties',
  'skipNullProperties',
  'skipMissingProperties',
  'stopAtFirstError',
] as const satisfies readonly (keyof ValidationOptions)[]
