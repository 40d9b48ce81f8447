import type { PropertyOf } from './cql-forms'
import type { PropertyDecoratorFor } from './property-decorator'
import { recordColumn } from './record-column'

/** Options of a counter. */
export interface CounterColumnOptions<A extends 'number' | 'string' = never> {
  /** The name of the column. The naming strategy decides by default. */
  readonly name?: string
  /** Another type of the property. `'number'` refuses to read a value that it would round. */
  readonly as?: A
  /** `false`: not read unless named in `select`. */
  readonly select?: boolean
  /** `true`: one counter for all rows of a partition, changed by the partition key alone. */
  readonly static?: boolean
  /** The masking function of the column: `'default'`. */
  readonly masked?: string
}

/**
 * Declares a counter, which `increment` and `decrement` change and nothing sets. If a table has counters, all columns
 * outside its key must be counters. `UPDATE … SET "views" = "views" + ?`
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
export function CounterColumn(options?: object, bare?: unknown): unknown {
  return recordColumn('CounterColumn', options, bare)
}
