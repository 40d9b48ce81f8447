import { identifier } from './identifier'
import type { CqlType } from './cql-type'
import { isCollection, mapParts } from './type-tree'

/** A type as CQL text: `map<text, frozen<list<int>>>`. */
export function printType(type: CqlType): string {
  switch (type.kind) {
    case 'native':
      return type.name
    case 'list':
    case 'set':
    case 'frozen':
      return `${type.kind}<${printType(type.of)}>`
    case 'map':
      return `map<${printType(type.key)}, ${printType(type.value)}>`
    case 'tuple':
      return `tuple<${type.of.map(printType).join(', ')}>`
    case 'vector':
      return `vector<${printType(type.of)}, ${type.dimension}>`
    case 'udt':
      return identifier(type.name)
  }
}

/**
 * Returns `true` if the server stores both types alike: tuples are always frozen and vectors never, however they are
 * written.
 */
export function sameType(a: CqlType, b: CqlType): boolean {
  return printType(stored(a, false)) === printType(stored(b, false))
}

/** Returns the one form of a type among those that mean the same; inside a frozen type everything is frozen. */
function stored(type: CqlType, isFrozen: boolean): CqlType {
  if (type.kind === 'frozen') return stored(type.of, true)
  const areFrozen = isFrozen || type.kind === 'tuple' || type.kind === 'vector'
  const of = mapParts(type, (part) => stored(part, areFrozen))
  const isWrapped =
    type.kind === 'tuple' || (isFrozen && (type.kind === 'udt' || isCollection(type)))
  return isWrapped ? { kind: 'frozen', of } : of
}
