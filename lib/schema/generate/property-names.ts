import { type NamingStrategy, applyNaming } from '../../metadata/naming-strategy'
import { camelCase, isIdentifier } from './casing'

/** Names of members that every object has, which a property would hide. */
const taken = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'then']

/**
 * Chooses a property for each column or field: `createdAt` for `created_at`. Characters that no name can contain are left
 * out, and equal names are numbered.
 */
export function propertyNames(
  columns: readonly string[],
  naming: NamingStrategy,
): ReadonlyMap<string, string> {
  const used = new Set(taken)
  const names = new Map<string, string>()
  // Columns whose name follows the naming strategy come first, so that they need no name option.
  const byFit = [...columns].sort(
    (a, b) =>
      Number(applyNaming(naming, propertyOf(b, naming)) === b) -
      Number(applyNaming(naming, propertyOf(a, naming)) === a),
  )
  for (const column of byFit) {
    const name = propertyOf(column, naming)
    let free = name
    for (let n = 2; used.has(free); n++) free = `${name}${n}`
    used.add(free)
    names.set(column, free)
  }
  return names
}

function propertyOf(column: string, naming: NamingStrategy): string {
  if (naming === 'exact' && isIdentifier(column)) return column
  return camelCase(column) || 'column'
}
