import type { EnumOption } from '../codec/enums'
import type { Transformer } from '../codec/transform/transformer'
import type { ColumnDecorator } from '../metadata/declaration'
import { type PropertyArguments, placementOf } from './adapter'
import type { Checked, PropertyOf } from './cql-forms'
import { refuseBare } from './refuse-bare'

/** The property type of a column: decided by its transformer, or else by its type and `as`. */
export type ValueOf<C, A extends string, P> = [P] extends [never] ? PropertyOf<C, A> : P

/** Options of every column and field. */
export interface FieldOptions<C = unknown, A extends string = never, P = never> {
  /** The name in CQL. The naming strategy decides by default. */
  readonly name?: string
  /** Another property type for the same type of column: `as: 'string'` on a uuid. */
  readonly as?: A
  /** Converts between the property and the stored value. The transformer decides the property's type. */
  readonly transformer?: Transformer<P, PropertyOf<C, A>>
  /** The values that may be written: a TypeScript enum, or an array. For a list or set, the elements. */
  readonly enum?: EnumOption
  /** A value, or a function that returns one. `create` and `insert` set it if the property is undefined. */
  readonly default?: NoInfer<ValueOf<C, A, P>> | (() => NoInfer<ValueOf<C, A, P>>)
}

/** Options of a column. */
export interface ColumnOptions<
  C = unknown,
  A extends string = never,
  P = never,
> extends FieldOptions<C, A, P> {
  /** `false`: not read unless named in `select`. */
  readonly select?: boolean
  /**
   * Seconds until a value of this column expires; 0 for never. The `ttl` of a write applies to the other columns.
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
  /** The place in the key, from 0. The order of declaration decides by default. */
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
  /** The order of the rows in a partition. The default is `'asc'`. */
  readonly order?: 'asc' | 'desc'
}

export interface InferredClusteringKeyOptions extends InferredKeyOptions {
  readonly order?: 'asc' | 'desc'
}

/** Returns the options from the arguments of a column decorator: a type and options, or options alone. */
function optionsOf(typeOrOptions: unknown, rest: unknown): unknown {
  const isType =
    typeof typeOrOptions === 'string' ||
    typeof typeOrOptions === 'function' ||
    (typeof typeOrOptions === 'object' && typeOrOptions !== null && 'kind' in typeOrOptions)
  if (!isType) return typeOrOptions
  return typeof rest === 'object' || rest === undefined ? { ...rest, type: typeOrOptions } : rest
}

/** Returns a decorator that records a column, from the arguments of a column decorator. */
export function recordColumn(
  decorator: ColumnDecorator,
  typeOrOptions: unknown,
  rest?: unknown,
): (...args: PropertyArguments) => void {
  refuseBare(decorator, typeOrOptions, rest)
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
  refuseBare('Field', typeOrOptions, rest)
  const options = optionsOf(typeOrOptions, rest)
  return (...args) => {
    const { declarations, ...placement } = placementOf(args)
    declarations.fields.push({ ...placement, options })
  }
}
