import { StatementError } from '../errors/errors'
import { areGroups } from '../metadata/validation-options'

/** The groups of an option. Throws `StatementError` for what are none. */
export function requireGroups(entity: string, method: string, groups: unknown): readonly string[] {
  if (groups === undefined) return []
  if (!areGroups(groups)) {
    throw new StatementError(`${entity}: the groups of ${method} must be an array of strings`)
  }
  return groups
}
