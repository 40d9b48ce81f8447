import { type NamingStrategy, applyNaming } from '../../metadata/naming-strategy'
import { camelCase, isIdentifier } from './casing'

/** Names that a property of an instance cannot have without hiding what every object has. */
const taken = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'then']

/**
 * A property for each column or field: `created_at` is `createdAt`; what no name can hold is left out, and names that
 * meet are numbered.
 */
export function propertyNames(
  columns: readonly string[],
  naming: NamingStrategy,
): ReadonlyMap<string, string> {
  const used = new Set(taken)
  const names = new Map<string, string>()
  // Those that need no name of their own first, so that they keep theirs.
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
