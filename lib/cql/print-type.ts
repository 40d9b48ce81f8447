import { identifier } from './identifier'
import type { CqlType } from './cql-type'

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

/** True when the server stores both alike: tuples are frozen and vectors are not, however they are written. */
export function sameType(a: CqlType, b: CqlType): boolean {
  return printType(stored(a, false)) === printType(stored(b, false))
}

/** The one form of a type among those that mean the same; inside a frozen type all is frozen. */
function stored(type: CqlType, isFrozen: boolean): CqlType {
  switch (type.kind) {
    case 'native':
      return type
    case 'frozen':
      return stored(type.of, true)
    case 'tuple':
      return {
        kind: 'frozen',
        of: { kind: 'tuple', of: type.of.map((each) => stored(each, true)) },
      }
    case 'vector':
      return { ...type, of: stored(type.of, true) }
    case 'udt':
      return isFrozen ? { kind: 'frozen', of: type } : type
    case 'list':
    case 'set': {
      const inner: CqlType = { kind: type.kind, of: stored(type.of, isFrozen) }
      return isFrozen ? { kind: 'frozen', of: inner } : inner
    }
    case 'map': {
      const inner: CqlType = {
        kind: 'map',
        key: stored(type.key, isFrozen),
        value: stored(type.value, isFrozen),
      }
      return isFrozen ? { kind: 'frozen', of: inner } : inner
    }
  }
}
