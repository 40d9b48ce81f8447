import type { EnumOption } from '../codec/enums'
import type { Transformer } from '../codec/transformer'
import type { ColumnDecorator } from '../metadata/declaration'
import { type PropertyArguments, placementOf } from './adapter'
import type { Checked, PropertyOf } from './cql-forms'

/** The property type of a column: what its transformer says, or else its type and `as`. */
export type ValueOf<C, A extends string, P> = [P] extends [never] ? PropertyOf<C, A> : P

/** Options of every column and field. */
export interface FieldOptions<C = unknown, A extends string = never, P = never> {
  /** The name in CQL; by the naming strategy unless given. */
  readonly name?: string
  /** Another property type for the same type of column: `as: 'string'` on a uuid. */
  readonly as?: A
  /** Between the property and what is stored; the property's type is the transformer's. */
  readonly transformer?: Transformer<P, PropertyOf<C, A>>
  /** The only values that may be written: a TypeScript enum, or an array. Of a list or set, the elements. */
  readonly enum?: EnumOption
  /** A value, or a function that gives one: set by `create` and `insert` where the property is undefined. */
  readonly default?: NoInfer<ValueOf<C, A, P>> | (() => NoInfer<ValueOf<C, A, P>>)
}

/** Options of a column. */
export interface ColumnOptions<
  C = unknown,
  A extends string = never,
  P = never,
> extends FieldOptions<C, A, P> {
  /** False: not read unless named in `select`. */
  readonly select?: boolean
  /**
   * Seconds until a value of this column expires, 0 for never; it concerns this column alone, and the `ttl` of a write
   * the columns that have none of their own.
   */
  readonly ttl?: number
  /**
   * The masking function of the column: `'mask_inner(1, 1)'`, `'default'` (Cassandra 5 with
   * `dynamic_data_masking_enabled`). Roles without the permission UNMASK read the masked value.
   */
  readonly masked?: string
}

/** Options of a field whose type is inferred. */
export interface InferredFieldOptions {
  readonly name?: string
  readonly enum?: EnumOption
  readonly default?: unknown
  readonly type?: undefined
  readonly as?: undefined
  readonly transformer?: undefined
}

/** Options of a column whose type is inferred. */
export interface InferredColumnOptions extends InferredFieldOptions {
  readonly select?: boolean
  readonly ttl?: number
  readonly masked?: string
}

/** The type among the options, in place of the first argument. */
export interface TypeOption<C> {
  readonly type: Checked<C>
}

/** Options of a part of a key. */
export interface KeyOptions<C = unknown, A extends string = never, P = never> extends FieldOptions<
  C,
  A,
  P
> {
  /** Its place in the key, from 0; by the order of declaration unless given. */
  readonly position?: number
  /** The masking function of the column: `'mask_inner(1, 1)'`. */
  readonly masked?: string
}

/** Options of a part of a key whose type is inferred. */
export interface InferredKeyOptions extends InferredFieldOptions {
  readonly position?: number
  readonly masked?: string
}

/** Options of a clustering column. */
export interface ClusteringKeyOptions<
  C = unknown,
  A extends string = never,
  P = never,
> extends KeyOptions<C, A, P> {
  /** How the rows of a partition lie; 'asc' unless given. */
  readonly order?: 'asc' | 'desc'
}

export interface InferredClusteringKeyOptions extends InferredKeyOptions {
  readonly order?: 'asc' | 'desc'
}

/** The arguments of `@Column` and its like: a type and options, or options alone. */
function optionsOf(typeOrOptions: unknown, rest: unknown): unknown {
  const isType =
    typeof typeOrOptions === 'string' ||
    typeof typeOrOptions === 'function' ||
    (typeof typeOrOptions === 'object' && typeOrOptions !== null && 'kind' in typeOrOptions)
  if (!isType) return typeOrOptions
  return typeof rest === 'object' || rest === undefined ? { ...rest, type: typeOrOptions } : rest
}

/** Returns a decorator that records a column, from the arguments of `@Column` and its like. */
export function recordColumn(
  decorator: ColumnDecorator,
  typeOrOptions: unknown,
  rest?: unknown,
): (...args: PropertyArguments) => void {
  const options = optionsOf(typeOrOptions, rest)
  return (...args) => {
    const { declarations, ...placement } = placementOf(args)
    declarations.columns.push({ ...placement, options, decorator })
  }
}

/** Returns a decorator that records a field, from the arguments of `@Field`. */
export function recordField(
  typeOrOptions: unknown,
  rest: unknown,
): (...args: PropertyArguments) => void {
  const options = optionsOf(typeOrOptions, rest)
  return (...args) => {
    const { declarations, ...placement } = placementOf(args)
    declarations.fields.push({ ...placement, options })
  }
}
