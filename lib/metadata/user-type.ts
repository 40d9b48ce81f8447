import type { Codec } from '../codec/codec'
import type { CqlType } from '../cql/cql-type'
import type { Construction } from './construction'
import type { Class } from './declaration'

/** A field of a user-defined type. */
export interface FieldMetadata {
  /** The TypeScript side. */
  readonly property: string
  /** The CQL side, unquoted. */
  readonly name: string
  /** The CQL type. */
  readonly type: CqlType
  /** @internal */
  readonly codec: Codec
  /** A value, or a function that returns one; `undefined` if there is no default. */
  readonly default: unknown
}

/** The metadata of the class of a user-defined type: built once, deeply frozen. */
export interface UserTypeMetadata {
  /** The class. */
  readonly target: Class
  /** The name of the class, for messages. */
  readonly name: string
  /** The name of the type, unquoted. */
  readonly type: string
  /** The fields in order of declaration, fields of bases first. */
  readonly fields: readonly FieldMetadata[]
  /** @internal The option `construct`. */
  readonly construct: Construction | undefined
  /** The types inside the fields, each after the types inside it. */
  readonly userTypes: readonly UserTypeMetadata[]
}
