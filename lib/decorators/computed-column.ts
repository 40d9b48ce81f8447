import type { ComputedFunction } from '../metadata/declaration'
import { type PropertyArguments, placementOf } from './adapter'
import type { FieldContext, Holds } from './property-decorator'

/** Options of a computed column. */
export interface ComputedColumnOptions<F extends ComputedFunction, P extends string> {
  /**
   * `'writetime'`: the time of the write, in microseconds; `'ttl'`: the seconds until the value expires;
   * `'maxwritetime'` (Cassandra 5): the time of the last write to an element of a collection, in microseconds.
   */
  readonly function: F
  /** The property of the column; not one of the primary key. */
  readonly of: P
  /** The name in results. The naming strategy decides by default. */
  readonly name?: string
}

/** The result of each function: microseconds, or seconds. */
interface Results {
  writetime: bigint
  maxwritetime: bigint
  ttl: number
}

/**
 * Declares a value that the server computes from another column. It is read with every row and never written. It is
 * `null` if the column has no value, or no TTL. `SELECT …, writetime("price") AS "price_written_at"`
 *
 * ```ts
 * @ComputedColumn({ function: 'writetime', of: 'price' }) priceWrittenAt?: bigint | null
 * @ComputedColumn({ function: 'ttl', of: 'price' }) priceExpiresIn?: number | null
 * ```
 */
export function ComputedColumn<const F extends ComputedFunction, const P extends string>(
  options: ComputedColumnOptions<F, P>,
): ComputedDecorator<Results[F], P> {
  return ((...args: PropertyArguments) => {
    const { declarations, ...placement } = placementOf(args)
    declarations.computed.push({ ...placement, options })
  }) as ComputedDecorator<Results[F], P>
}

/** A decorator of properties that hold a `V`, in a class that has a property `P`. */
interface ComputedDecorator<V, P extends string> {
  <T extends object | undefined, const K extends PropertyKey>(
    target: T & Holds<T, K, V> & Has<T, P>,
    property: K | FieldContext<V>,
  ): void
}

/** Only legacy decorators see the class. */
type Has<T, P extends string> = [T] extends [undefined]
  ? unknown
  : P extends keyof T
    ? unknown
    : { readonly [K in P]: unknown }
