import type { CqlType } from '../cql/cql-type'
import type { FieldOrders } from '../driver/types/field-orders'

/**
 * Compares two encoded values as the server does. User-defined types inside need the order of their fields.
 */
export type Compare = (a: Buffer, b: Buffer, orders?: FieldOrders) => number

/** Why a value does not fit; thrown by `check`, turned into a `ValueError` by whoever knows the property. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** The JavaScript form of a column, where its type has several: the `as` option. `native` is the one without `as`. */
export type Form = 'native' | 'string' | 'number' | 'array' | 'object' | 'float32'

/**
 * What becomes of an instance of the user-defined type `type` in a plain value, or of a plain value that is to be
 * one: said by whoever knows the classes. Throws `Refusal`.
 */
export type Nested = (type: string, value: unknown) => unknown

/** The codecs of a collection's parts, for what addresses them: CONTAINS, `m[?]`, `l[?] = ?`, the removal of elements. */
export interface CodecParts {
  /** Of the keys of a map. */
  readonly key?: Codec
  /** Of the elements of a list or set, the values of a map. */
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
  /** What is sent of any lossless input. Throws `Refusal` with the reason, without the value. */
  readonly check: (input: unknown) => C
  /**
   * What the driver is given: scalars as its own typed value, all else as bytes, or as an
   * `UnorderedParameter` when there are user-defined types inside. Takes what `check` gave.
   */
  readonly toDriver: (value: C) => unknown
  /**
   * The bytes of the native protocol, without a length before them. Takes what `check` gave.
   * User-defined types inside need `orders`.
   */
  readonly encode: (value: C, orders?: FieldOrders) => Buffer
  /** From the value that the driver read, whatever the client's `encoding` options are. */
  readonly fromDriver: (value: unknown) => V
  /**
   * From `length` bytes at `at`; null for a value of no bytes, in a type whose values have some. The result keeps nothing of `bytes` alive. User-defined types inside
   * need `orders`, as the result's own metadata tells them.
   */
  readonly decode: (bytes: Buffer, at: number, length: number, orders?: FieldOrders) => V | null
  /** Compares two encoded values as the server orders them: negative, 0 or positive. */
  readonly compare: Compare
  /**
   * What JSON can hold of a property's value, or of any lossless input: bigints, uuids and their like as text, a set
   * as an array. Throws `Refusal` with the reason, without the value.
   */
  readonly toPlain: (value: unknown, nested: Nested) => unknown
  /** The property's value of what `toPlain` gave, also after `JSON.parse(JSON.stringify(…))`. Throws `Refusal`. */
  readonly fromPlain: (plain: unknown, nested: Nested) => V
  /** What a column without a value reads as: null, or an empty collection when it is not frozen. */
  readonly absent: () => V | null
  /** True: a transformer stands before the type, so a value of the property may be anything. */
  readonly isTransformed?: true
  /**
   * The codecs of the types inside: of the elements of a list, set or vector, of key and value of a map, of the
   * components of a tuple, of the fields of a user-defined type in the order of declaration. Without the
   * transformer that may stand before the whole.
   */
  readonly inner: readonly Codec[]
  /** Of a list, set or map, frozen or not. */
  readonly parts?: CodecParts
  /** Of a user-defined type, by property, in the order of declaration. */
  readonly fields?: ReadonlyMap<string, FieldCodec>
}
