import type { CqlType } from '../../cql/cql-type'
import { unreachable } from '../../errors/unreachable'

/** A field of a user-defined type, as the server tells it. */
interface ServerField {
  readonly name: string
  readonly type: ServerType
}

/** A type as the server tells it: user-defined types with their fields, and nothing about `frozen`. */
export type ServerType =
  | Extract<CqlType, { kind: 'native' }>
  | { readonly kind: 'list' | 'set'; readonly of: ServerType }
  | { readonly kind: 'map'; readonly key: ServerType; readonly value: ServerType }
  | { readonly kind: 'tuple'; readonly of: readonly ServerType[] }
  | { readonly kind: 'vector'; readonly of: ServerType; readonly dimension: number }
  | { readonly kind: 'udt'; readonly name: string; readonly fields: readonly ServerField[] }
  | { readonly kind: 'unknown'; readonly name: string }

/** Returns the types directly inside a type, those of fields included. */
export function serverPartsOf(type: ServerType): readonly ServerType[] {
  switch (type.kind) {
    case 'native':
    case 'unknown':
      return []
    case 'list':
    case 'set':
    case 'vector':
      return [type.of]
    case 'map':
      return [type.key, type.value]
    case 'tuple':
      return type.of
    case 'udt':
      return type.fields.map((field) => field.type)
    default:
      return unreachable(type)
  }
}

/** Returns whether coodie knows the type and all types inside it; the fields of user-defined types do not count. */
export function isKnownType(type: ServerType): type is ServerType & CqlType {
  if (type.kind === 'unknown') return false
  return type.kind === 'udt' || serverPartsOf(type).every(isKnownType)
}
