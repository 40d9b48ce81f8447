import type { NativeName } from './native-types'

/** A CQL type as a tree. `frozen` is a node of its own, so that printing gives back what was parsed. */
export type CqlType =
  | { readonly kind: 'native'; readonly name: NativeName }
  | { readonly kind: 'list' | 'set'; readonly of: CqlType }
  | { readonly kind: 'map'; readonly key: CqlType; readonly value: CqlType }
  | { readonly kind: 'tuple'; readonly of: readonly CqlType[] }
  | { readonly kind: 'vector'; readonly of: CqlType; readonly dimension: number }
  | { readonly kind: 'udt'; readonly name: string }
  | { readonly kind: 'frozen'; readonly of: CqlType }
