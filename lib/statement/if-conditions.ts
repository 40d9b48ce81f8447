import type { FieldsChange } from './change'
import type { Condition } from './condition'
import type { Bound, ColumnKey, Input, NotAColumn, Present } from './where'

/** A value, or an operator that compares one. A plain value is `=`. */
type Comparison<P> =
  | Input<P>
  | Condition<'equal', Input<P>>
  | Condition<'in', readonly Input<P>[]>
  | Condition<'not', Input<P> | null>
  | Condition<'isNull', null>
  | Condition<'range', Bound<P>>

type OfCollection<P> =
  P extends ReadonlyMap<infer K, infer V>
    ? | Condition<'contains', Input<V>>
      | Condition<'containsKey', Input<K>>
      | Condition<'entry', readonly [key: Input<K>, value: Comparison<V>]>
    : P extends ReadonlySet<infer T>
      ? Condition<'contains', Input<T>>
      : P extends readonly (infer T)[]
        ? | Condition<'contains', Input<T>>
          | Condition<'at', readonly [index: number, value: Comparison<T>]>
        : P extends { readonly [key: string]: infer V }
          ? | Condition<'contains', Input<V>>
            | Condition<'containsKey', string>
            | Condition<'entry', readonly [key: string, value: Comparison<V>]>
          : P extends object
            ? FieldsChange<FieldConditions<P>>
            : never

/** Fields of a user-defined type and what they must be. */
export type FieldConditions<P> = {
  readonly [K in ColumnKey<P>]?: Comparison<Present<P, K>>
}

/**
 * The `if` of a write: properties outside the key and what they must be. A plain value is `=`; null is
 * `IsNull()`, and undefined an error.
 */
export type IfConditions<E> = {
  readonly [K in keyof E]?: K extends ColumnKey<E>
    ? 0 extends 1 & E[K]
      ? unknown
      : Comparison<Present<E, K>> | OfCollection<Present<E, K>>
    : NotAColumn
}
