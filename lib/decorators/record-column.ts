import type { ColumnDeclaration, ColumnRole, TypeExpression } from '../metadata/declaration'
import { type PropertyArguments, placementOf } from './adapter'
import type { Checked, PropertyOf } from './cql-forms'

/** Options of every column. */
export interface ColumnOptions<C = unknown, A extends string = never> {
  /** The column's name; by the naming strategy unless given. */
  readonly name?: string
  /** Another property type for the same column type: `as: 'string'` on a uuid. */
  readonly as?: A
  /** A value, or a function that gives one: set by `create` and `insert` where the property is undefined. */
  readonly default?: NoInfer<PropertyOf<C, A>> | (() => NoInfer<PropertyOf<C, A>>)
  /** False: not read unless named in `select`. */
  readonly select?: boolean
  /**
   * Seconds until a value of this column expires, 0 for never; it concerns this column alone, and the `ttl` of a write
   * the columns that have none of their own.
   */
  readonly ttl?: number
}

/** Options of a column whose type is inferred. */
export interface InferredColumnOptions {
  readonly name?: string
  readonly default?: unknown
  readonly select?: boolean
  readonly ttl?: number
  readonly type?: undefined
  readonly as?: undefined
}

/** The type among the options, in place of the first argument. */
export interface TypeOption<C> {
  readonly type: Checked<C>
}

/** Options of a part of a key. */
export interface KeyOptions<C = unknown, A extends string = never> extends Omit<
  ColumnOptions<C, A>,
  'select' | 'ttl'
> {
  /** Its place in the key, from 0; by the order of declaration unless given. */
  readonly position?: number
}

export interface InferredKeyOptions extends Omit<InferredColumnOptions, 'select' | 'ttl'> {
  readonly position?: number
}

/** Options of a clustering column. */
export interface ClusteringKeyOptions<C = unknown, A extends string = never> extends KeyOptions<
  C,
  A
> {
  /** How the rows of a partition lie; 'asc' unless given. */
  readonly order?: 'asc' | 'desc'
}

export interface InferredClusteringKeyOptions extends InferredKeyOptions {
  readonly order?: 'asc' | 'desc'
}

type Recorded = Readonly<Record<string, unknown>>

const optionNames: ReadonlySet<string> = new Set([
  'type',
  'name',
  'as',
  'default',
  'select',
  'ttl',
  'position',
  'order',
])

/** A decorator that records a column, from the arguments of `@Column` and its like. */
export function recordColumn(
  role: ColumnRole,
  typeOrOptions: unknown,
  rest: unknown,
): (...args: PropertyArguments) => void {
  const isType =
    typeof typeOrOptions === 'string' ||
    typeof typeOrOptions === 'function' ||
    (typeof typeOrOptions === 'object' && typeOrOptions !== null && 'kind' in typeOrOptions)
  const options = ((isType ? rest : typeOrOptions) ?? {}) as Recorded
  const type = isType ? typeOrOptions : options['type']
  return (...args) => {
    const { declarations, property, designType, misplaced } = placementOf(args)
    declarations.columns.push({
      property,
      role,
      type: type as TypeExpression | undefined,
      designType,
      name: options['name'] as string | undefined,
      as: options['as'] as string | undefined,
      default: options['default'],
      position: options['position'] as number | undefined,
      order: options['order'] as ColumnDeclaration['order'],
      select: options['select'] as boolean | undefined,
      ttl: options['ttl'] as number | undefined,
      unknownOptions: Object.keys(options).filter((name) => !optionNames.has(name)),
      misplaced,
    })
  }
}
