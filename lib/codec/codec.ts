import type { CqlType } from '../cql/cql-type'
import type { FieldOrders } from '../driver/types/field-orders'

/**
 * Compares two encoded values as the server does. User-defined types inside need the order of their fields.
 */
export type Compare = (a: Buffer, b: Buffer, orders?: FieldOrders) => number

/**
 * The reason why a value does not fit. `check` throws it; a caller that knows the property turns it into a
 * `ValueError`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The JavaScript form of a column, where its type has several: the `as` option. `native` is the one without `as`. */
export type Form = 'native' | 'string' | 'number' | 'array' | 'object' | 'float32'

/**
 * Converts an instance of the user-defined type `type` to a plain value, or back; supplied by a caller that knows the
 * classes. Throws `Refusal`.
 */
export type Nested = (type: string, value: unknown) => unknown

/** The codecs of a collection's parts, for what addresses them: CONTAINS, `m[?]`, `l[?] = ?`, the removal of elements. */
export interface CodecParts {
  /** The codec of the keys of a map. */
  readonly key?: Codec
  /** The codec of the elements of a list or set, or of the values of a map. */
  readonly value: Codec
}

/** One field of a user-defined type. */
export interface FieldCodec {
  /** The CQL side, unquoted. */
  readonly name: string
  readonly codec: Codec
}

/**
 * One CQL type in one JavaScript form. Null and undefined never come here: the binder and the reader
 * deal with them, since a column without a value looks the same in every type.
 *
 * `C` is what `check` gives and what is sent: the same as the value `V` that is read, except where a
 * transformer stands between them.
 */
export interface Codec<V = unknown, C = V> {
  readonly type: CqlType
  readonly form: Form
  /** Converts any lossless input to the value to send. Throws `Refusal` with the reason, without the value. */
  readonly check: (input: unknown) => C
  /**
   * Converts a result of `check` for the driver: scalars to its own typed value, everything else to bytes, or to an
   * `UnorderedParameter` if it contains user-defined types.
   */
  readonly toDriver: (value: C) => unknown
  /**
   * The bytes of the native protocol, without a length before them. Takes what `check` gave.
   * User-defined types inside need `orders`.
   */
  readonly encode: (value: C, orders?: FieldOrders) => Buffer
  /**
   * From the value that the driver read, whatever the client's `encoding` options are. Fields that a class does not have
   * are kept with `orders`, as the result's own metadata tells them.
   */
  readonly fromDriver: (value: unknown, orders?: FieldOrders) => V
  /**
   * From `length` bytes at `at`; null for a value of no bytes, in a type whose values have some. The result keeps nothing of `bytes` alive. User-defined types inside
   * need `orders`, as the result's own metadata tells them.
   */
  readonly decode: (bytes: Buffer, at: number, length: number, orders?: FieldOrders) => V | null
  /** Compares two encoded values as the server orders them: negative, 0 or positive. */
  readonly compare: Compare
  /**
   * Converts a property's value, or any lossless input, to a JSON-safe value: bigints, uuids and the like to text, a
   * set to an array. Throws `Refusal` with the reason, without the value.
   */
  readonly toPlain: (value: unknown, nested: Nested) => unknown
  /** The property's value of what `toPlain` gave, also after `JSON.parse(JSON.stringify(…))`. Throws `Refusal`. */
  readonly fromPlain: (plain: unknown, nested: Nested) => V
  /** Returns the value of a column without a value: null, or an empty collection if it is not frozen. */
  readonly absent: () => V | null
  /** `true` if a transformer precedes the type, so that a value of the property may be anything. */
  readonly isTransformed?: true
  /**
   * The codecs of the types inside: of the elements of a list, set or vector, of key and value of a map, of the
   * components of a tuple, of the fields of a user-defined type in the order of declaration. Without the
   * transformer that may stand before the whole.
   */
  readonly inner: readonly Codec[]
  /** The codecs of the parts of a list, set or map, frozen or not. */
  readonly parts?: CodecParts
  /** The codecs of the fields of a user-defined type, by property, in the order of declaration. */
  readonly fields?: ReadonlyMap<string, FieldCodec>
}
