import { unreachable } from '../errors/unreachable'
import type { CqlType } from './cql-type'
import { nativeType } from './native-types'

/** A type that is not `frozen` at its top. */
export type ThawedType = Exclude<CqlType, { kind: 'frozen' }>

export type CollectionType = Extract<CqlType, { kind: 'list' | 'set' | 'map' }>

/** Returns the types directly inside a type. A user-defined type has its fields elsewhere. */
export function partsOf(type: CqlType): readonly CqlType[] {
  switch (type.kind) {
    case 'native':
    case 'udt':
      return []
    case 'map':
      return [type.key, type.value]
    case 'tuple':
      return type.of
    case 'list':
    case 'set':
    case 'vector':
    case 'frozen':
      return [type.of]
    default:
      return unreachable(type)
  }
}

/** Returns the same type around other parts. */
export function mapParts(type: CqlType, map: (part: CqlType) => CqlType): CqlType {
  switch (type.kind) {
    case 'native':
    case 'udt':
      return type
    case 'map':
      return { kind: 'map', key: map(type.key), value: map(type.value) }
    case 'tuple':
      return { kind: 'tuple', of: type.of.map(map) }
    case 'list':
    case 'set':
    case 'vector':
    case 'frozen':
      return { ...type, of: map(type.of) }
    default:
      return unreachable(type)
  }
}

/** Tests whether a type, or any type inside it, passes. */
export function someType(type: CqlType, test: (type: CqlType) => boolean): boolean {
  return test(type) || partsOf(type).some((part) => someType(part, test))
}

/** Returns the type inside `frozen<…>`, or the type itself. */
export function thaw(type: CqlType): ThawedType {
  return type.kind === 'frozen' ? thaw(type.of) : type
}

/** Returns the type without any `frozen`, which makes no difference to the bytes of a value. */
export function thawAll(type: CqlType): CqlType {
  return mapParts(thaw(type), thawAll)
}

/** Tests for a list, set or map that is not frozen: it has elements, and no value as a whole. */
export function isCollection(type: CqlType): type is CollectionType {
  return type.kind === 'list' || type.kind === 'set' || type.kind === 'map'
}

/** Returns the names of the user-defined types in a type, in the order of its text. */
export function userTypesIn(type: CqlType): readonly string[] {
  return type.kind === 'udt' ? [type.name] : partsOf(type).flatMap(userTypesIn)
}

export function holdsUserType(type: CqlType): boolean {
  return someType(type, ({ kind }) => kind === 'udt')
}

/** Tests for a type without an order, outside of user-defined types. */
export function isUnordered(type: CqlType): boolean {
  return someType(type, (each) => each.kind === 'native' && !nativeType(each.name).isOrdered)
}

/** Tests for `vector<float, n>`, the only vectors that have a similarity. */
export function isFloatVector(type: CqlType): boolean {
  return type.kind === 'vector' && type.of.kind === 'native' && type.of.name === 'float'
}

/** The bytes of each element of a vector of this type; undefined where the server writes a length before each. */
export function vectorLength(of: CqlType): number | undefined {
  const type = thaw(of)
  switch (type.kind) {
    case 'native':
      return nativeType(type.name).vectorLength
    case 'vector': {
      const length = vectorLength(type.of)
      return length === undefined ? undefined : length * type.dimension
    }
    case 'list':
    case 'set':
    case 'map':
    case 'tuple':
    case 'udt':
      return undefined
    default:
      return unreachable(type)
  }
}
