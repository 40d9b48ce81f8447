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
  readonly type: CqlType
  /** @internal */
  readonly codec: Codec
  /** A value or a function giving one; undefined when there is none. */
  readonly default: unknown
}

/** All that is known of the class of a user-defined type, built once, deeply frozen. */
export interface UserTypeMetadata {
  readonly target: Class
  /** The class's name, for messages. */
  readonly name: string
  /** The type's name, unquoted. */
  readonly type: string
  /** In order of declaration, those of bases first. */
  readonly fields: readonly FieldMetadata[]
  /** @internal The option `construct`. */
  readonly construct: Construction | undefined
  /** The types that its fields hold, each after those that it holds itself. */
  readonly userTypes: readonly UserTypeMetadata[]
}
