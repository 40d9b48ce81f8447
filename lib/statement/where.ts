import type {
  BigDecimal,
  Duration,
  InetAddress,
  LocalDate,
  LocalTime,
  TimeUuid,
  Uuid,
} from '../driver/types/value-classes'
import type {
  ClusteringColumns,
  HasKey,
  KeyColumns,
  PartitionColumns,
  primaryKey,
} from '../metadata/primary-key'
import type { ColumnChange, Delta, Elements, FieldsChange, PutChange } from './change'
import type { Condition } from './condition'

type AnyFunction = (...args: never[]) => unknown
type Scalar =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | Uuid
  | TimeUuid
  | BigDecimal
  | Duration
  | InetAddress
  | LocalDate
  | LocalTime

/** The property's type without null and undefined. */
export type Present<E, K extends keyof E> = NonNullable<E[K]>

declare const refused: unique symbol

/** A text that the compiler shows in place of a type: no value has it. */
export interface Refused<Text extends string> {
  readonly [refused]: Text
}

/** Shown for a method in a filter. */
export interface NotAColumn {
  readonly 'this property is not a column': never
}

type Column<E, K extends keyof E> = K extends string
  ? 0 extends 1 & E[K]
    ? K
    : [E[K]] extends [AnyFunction | null | undefined]
      ? never
      : K
  : never

/** The properties of an entity that can be columns: all but its methods. */
export type ColumnKey<E> = { [K in keyof E]-?: Column<E, K> }[keyof E] & string

/**
 * The values accepted for a property of type `P`: the property's type and the
 * other forms of the same value that lose nothing.
 */
export type Input<P> = 0 extends 1 & P
  ? P
  : P extends string
    ? P
    : P extends boolean
      ? P
      : P extends bigint
        ? bigint | number | string
        : P extends number
          ? P | bigint
          : P extends Date
            ? Date | number
            : P extends Float32Array
              ? Float32Array | readonly number[]
              : P extends Uint8Array
                ? Uint8Array
                : P extends BigDecimal
                  ? BigDecimal | string | number | bigint
                  : P extends Scalar
                    ? P | string
                    : P extends ReadonlyMap<infer K, infer V>
                      ? ReadonlyMap<Input<K>, Input<V>> | InputObject<K, Input<V>>
                      : P extends ReadonlySet<infer T>
                        ? ReadonlySet<Input<T>> | readonly Input<T>[]
                        : P extends readonly (infer T)[]
                          ? | P
                            | readonly Input<T>[]
                            | (T extends number ? Float32Array : never)
                            | ReadonlySet<T>
                          : P

type InputObject<K, V> = K extends string
  ? { readonly [key: string]: V }
  : K extends Uuid | InetAddress
    ? { readonly [key: string]: V }
    : never

/** The bounds of a range. A `Date` is the millisecond of a timeuuid, which the range includes or excludes as a whole. */
export type Bound<P> = P extends TimeUuid ? Input<P> | Date : Input<P>

/** The values and operators that a filter takes for a property of type `P`. */
export type Filter<P> =
  | Input<P>
  | Condition<'equal', Input<P>>
  | Condition<'in', readonly Input<P>[]>
  | Condition<'like', P extends string ? string : Refused<'Like() compares text'>>
  | CollectionFilter<P>
  | Condition<
      'range',
      P extends boolean
        ? Refused<'a boolean has no order: compare it with a plain value'>
        : Bound<P>
    >
  | OnlyInIf

type CollectionFilter<P> =
  P extends ReadonlyMap<infer K, infer V>
    ? | Condition<'contains', Input<V>>
      | Condition<'containsKey', Input<K>>
      | Condition<'entry', readonly [key: Input<K>, value: Input<V>]>
    : P extends ReadonlySet<infer T>
      ? Condition<'contains', Input<T>> | NotOfAMap
      : P extends readonly (infer T)[]
        ? Condition<'contains', Input<T>> | NotOfAMap
        : P extends Scalar
          ? NotOfACollection
          : P extends { readonly [key: string]: infer V }
            ? | Condition<'contains', Input<V>>
              | Condition<'containsKey', string>
              | Condition<'entry', readonly [key: string, value: Input<V>]>
            : NotOfACollection

// Shown for operators that the property or WHERE does not have. The compiler finds each by its kind.
type NotOfAMap =
  | Condition<'containsKey', Refused<'only a map has keys'>>
  | Condition<'entry', Refused<'only a map has entries'>>
type NotOfACollection =
  NotOfAMap | Condition<'contains', Refused<'Contains() asks a list, set or map'>>
type OnlyInIf =
  | Condition<
      'not',
      Refused<'Not() exists only in the if of a write: Cassandra has no != in WHERE; filter the results'>
    >
  | Condition<
      'isNull',
      Refused<'IsNull() exists only in the if of a write: Cassandra has no IS NULL in WHERE; filter the results'>
    >
  | Condition<
      'at',
      Refused<'At() exists only in the if of a write: Cassandra has no l[i] in WHERE; use Contains()'>
    >

/** A filter: properties and what they must be. A plain value is `=`; null and undefined are errors. */
export type Where<E> = {
  readonly [K in keyof E]?: Column<E, K> extends never ? NotAColumn : Filter<Present<E, K>>
} & OneFilter

/** Shown for an array of filters, and for a Map, a Set and their like. */
interface OneFilter {
  readonly [Symbol.iterator]?: Refused<'Cassandra has no OR: give one object of properties; several values of one are In([...]), several filters several reads'>
}

type Deletable<P> = null extends P ? null : undefined extends P ? null : never

/** Shown for a column of the key among the changes, where `[primaryKey]` declares it. */
interface KeyColumnCannotChange {
  readonly 'a column of the primary key cannot change': never
}

/** The changes of an update. `undefined` leaves a column as it is, `null` deletes it. */
export type Changes<E> = {
  readonly [K in keyof E]?: Column<E, K> extends never
    ? NotAColumn
    : K extends KeyColumns<E>
      ? KeyColumnCannotChange
      : Input<Present<E, K>> | Changed<Present<E, K>, HasCounters<E>> | Deletable<E[K]> | undefined
}

/**
 * Tells if an entity can have counters: all its columns outside the key are counters then. As far as types tell, that
 * excludes an entity with a collection, or with an optional column of another type than bigint.
 */
type HasCounters<E> = [
  Extract<
    {
      [K in keyof E]-?: E[K] extends bigint | null | undefined
        ? never
        : E[K] extends Scalar | AnyFunction
          ? never
          : K
    }[keyof E],
    string
  >,
] extends [never]
  ? true
  : false

/** The operators that change a property of type `P`. */
type Changed<P, HasCounters> = P extends boolean | number
  ? never
  : P extends bigint
    ? HasCounters extends true
      ? ColumnChange<'increment' | 'decrement', Delta>
      : never
    : P extends ReadonlyMap<infer K, infer V>
      ? | PutChange<ReadonlyMap<K, Input<V>> | InputObject<K, Input<V>>>
        | ColumnChange<'remove', Elements<Input<K>>>
      : P extends ReadonlySet<infer T>
        ? ColumnChange<'add' | 'remove', Elements<Input<T>>>
        : P extends readonly (infer T)[]
          ? | ColumnChange<'append' | 'prepend', readonly Input<T>[]>
            | ColumnChange<'add' | 'remove', Elements<Input<T>>>
            | ColumnChange<'setAt', readonly [index: number, value: Input<T>]>
          : P extends Scalar
            ? never
            : string extends keyof P
              ? | PutChange<{ readonly [key: string]: Input<P[keyof P]> }>
                | ColumnChange<'remove', Elements<string>>
              : FieldsChange<FieldsOf<P>>

/** The fields of a user-defined type, each of which may be changed alone; null deletes one. */
export type FieldsOf<P> = {
  readonly [K in ColumnKey<P>]?: Input<Present<P, K>> | Deletable<P[K]> | undefined
}

/**
 * The properties that can be counters: bigint and number. In a class without a bigint it may be text, for a counter
 * with `as: 'string'`.
 */
type Countable<E> = [Extract<NonNullable<E[ColumnKey<E>]>, bigint>] extends [never]
  ? Delta
  : bigint | number

/** Shown for a property that is no counter. */
interface NotACounter {
  readonly 'this property is not a counter': never
}

/** Counters and what is added to them or subtracted. */
export type CounterDeltas<E> = {
  readonly [K in keyof E]?: K extends KeyColumns<E>
    ? NotACounter
    : [Present<E, K>] extends [Countable<E>]
      ? Delta | undefined
      : NotACounter
}

/** The parts of a property of type `P` that a delete can name: keys, elements, indexes or fields. */
type ElementsOf<P> =
  P extends ReadonlyMap<infer K, unknown>
    ? Elements<Input<K>>
    : P extends ReadonlySet<infer T>
      ? Elements<Input<T>>
      : P extends readonly (infer T)[]
        ? readonly number[] | Elements<Input<T>>
        : P extends Scalar
          ? never
          : string extends keyof P
            ? Elements<string>
            : readonly ColumnKey<P>[]

/** The `elements` of a delete. */
export type DeletedElements<E> = {
  readonly [K in keyof E]?: K extends ColumnKey<E> ? ElementsOf<Present<E, K>> : NotAColumn
}

/** Shown for another column in an `orderBy`, where `[primaryKey]` declares the clustering columns. */
interface NotAClusteringColumn {
  readonly 'only clustering columns have an order': never
}

type Direction = 'asc' | 'desc'

/** Clustering columns and their direction: `{ createdAt: 'desc' }`. */
export type OrderBy<E> = {
  readonly [K in ColumnKey<E>]?: HasKey<E> extends true
    ? K extends ClusteringColumns<E>
      ? Direction
      : NotAClusteringColumn
    : Direction
}

/** One part of a key: a value, or several. */
type KeyValue<P> = Input<P> | Condition<'equal', Input<P>> | Condition<'in', readonly Input<P>[]>

/** Every column of the key that `[primaryKey]` declares. */
export type WholeKey<E> = {
  readonly [K in KeyColumns<E> & keyof E]: KeyValue<Present<E, K>>
}

/** The partition key that `[primaryKey]` declares, and what is said about the clustering columns. */
export type Partition<E> = {
  readonly [K in PartitionColumns<E> & keyof E]: KeyValue<Present<E, K>>
} & {
  readonly [K in ClusteringColumns<E> & keyof E]?: Filter<Present<E, K>>
}

/**
 * Lets `{ id } as Where<E>` through where `E` is a type parameter, since the compiler relates a `T` to any
 * `{ [P in Q]: T[P] }`. Of an entity with `[primaryKey]` it demands that symbol, which nobody gives.
 */
type AnyWhere<E> = { readonly [P in typeof primaryKey & keyof E]: Where<E>[P] }

/** The rows that an update concerns: any filter, or the whole key where `[primaryKey]` declares it. */
export type UpdateWhere<E> = HasKey<E> extends true ? WholeKey<E> | AnyWhere<E> : Where<E>

/** The rows that a delete concerns: any filter, or the partition where `[primaryKey]` declares it. */
export type DeleteWhere<E> = HasKey<E> extends true ? Partition<E> | AnyWhere<E> : Where<E>

/** The places of rows in the ring: from -(2 ** 63) to 2 ** 63 - 1. */
export type TokenFilter = bigint | Condition<'equal' | 'range', bigint>

/** Clustering columns, in their order, compared as one: each value is an array with one element for each column. */
export interface TupleFilter<E> {
  /** The clustering columns, in their order. */
  readonly columns: readonly ColumnKey<E>[]
  /** The value, or a condition on it. A range takes a `Date` for a `timeuuid` in the last column. */
  readonly is:
    | readonly unknown[]
    | Condition<'equal' | 'range', readonly unknown[]>
    | Condition<'in', readonly (readonly unknown[])[]>
}
