import { StatementError } from '../../errors/errors'

/** The groups of an option. Throws `StatementError` for what are none. */
export function requireGroups(entity: string, method: string, groups: unknown): readonly string[] {
  if (groups === undefined) return []
  const areTexts = Array.isArray(groups) && groups.every((group) => typeof group === 'string')
  if (!areTexts) {
    throw new StatementError(`${entity}: the groups of ${method} must be an array of strings`)
  }
  return groups
}
