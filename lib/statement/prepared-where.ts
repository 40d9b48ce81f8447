import type { Condition } from './condition'
import type { Param } from './param'
import type { Bound, ColumnKey, Filter, Input, Present } from './where'

/** The filters of a prepared query for a property of type `P`, with a parameter in place of any value. */
type PreparedFilter<P> =
  | Filter<P>
  | Param
  | Condition<'equal', Input<P> | Param>
  | Condition<'range', Bound<P> | Param>
  | Condition<'in', Param | readonly (Input<P> | Param)[]>
  | Condition<'like' | 'contains' | 'containsKey'>

/** A filter with parameters. */
export type PreparedWhere<E> = { readonly [K in ColumnKey<E>]?: PreparedFilter<Present<E, K>> }

type ElementOf<P> =
  P extends ReadonlyMap<unknown, infer V>
    ? V
    : P extends ReadonlySet<infer T>
      ? T
      : P extends readonly (infer T)[]
        ? T
        : P extends { readonly [key: string]: infer V }
          ? V
          : never

type KeyOf<P> = P extends ReadonlyMap<infer K, unknown> ? K : string

/** The parameters in a filter on a property of type `P`, each as its name and the type of its value. */
type ParamsIn<V, P> =
  V extends Param<infer N>
    ? [name: N, value: Input<P>]
    : V extends Condition<'in', infer C>
      ? C extends Param<infer N>
        ? [name: N, value: readonly Input<P>[]]
        : C extends readonly (infer T)[]
          ? Named<T, Input<P>>
          : never
      : V extends Condition<'contains', infer C>
        ? Named<C, Input<ElementOf<P>>>
        : V extends Condition<'containsKey', infer C>
          ? Named<C, Input<KeyOf<P>>>
          : V extends Condition<'equal' | 'like', infer C>
            ? Named<C, Input<P>>
            : V extends Condition<'range', infer C>
              ? Named<C, Bound<P>>
              : never

type Named<C, T> = C extends Param<infer N> ? [name: N, value: T] : never

type NamedParams<E, W, L> = {
  readonly [
    T in
      | { [K in keyof W & keyof E]: ParamsIn<W[K], Present<E, K>> }[keyof W & keyof E]
      | Named<L, number> as T[0]
  ]: T[1]
}

/** The parameters of a prepared query by name, which each call gives. Flat, so that an editor shows them. */
export type ParamsOf<E, W, L> =
  NamedParams<E, W, L> extends infer P ? { readonly [N in keyof P]: P[N] } : never
