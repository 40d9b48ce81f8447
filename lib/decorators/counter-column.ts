import type { PropertyOf } from './cql-forms'
import type { PropertyDecoratorFor } from './property-decorator'
import { recordColumn } from './record-column'

/** Options of a counter. */
export interface CounterColumnOptions<A extends 'number' | 'string' = never> {
  /** The column's name; by the naming strategy unless given. */
  readonly name?: string
  /** Another property type: `as: 'number'` refuses to read what it would round. */
  readonly as?: A
  /** `false`: not read unless named in `select`. */
  readonly select?: boolean
  /** `true`: one counter for all rows of a partition, changed by the partition key alone. */
  readonly static?: boolean
  /** The masking function of the column: `'default'`. */
  readonly masked?: string
}

/**
 * A counter: changed by `increment` and `decrement`, never set. All columns beside the key must be counters then.
 *
 * ```ts
 * @Entity('hits')
 * class Hits {
 *   @PartitionKey('text') page!: string
 *   @CounterColumn() views!: bigint
 * }
 * ```
 */
export function CounterColumn<const A extends 'number' | 'string' = never>(
  options?: CounterColumnOptions<A>,
): PropertyDecoratorFor<PropertyOf<'bigint', A>>
export function CounterColumn(options?: object): unknown {
  return recordColumn('CounterColumn', options)
}
