import type { AsOf, PropertyOf } from './cql-forms'
import type { PropertyDecoratorFor } from './property-decorator'
import { recordColumn } from './record-column'

/** Options of a date that the repository sets. */
export interface DateColumnOptions<A extends AsOf<'timestamp'> = never> {
  /** The name of the column. The naming strategy decides by default. */
  readonly name?: string
  /** `'number'`: the property has milliseconds. */
  readonly as?: A
  /** `false`: not read unless named in `select`. */
  readonly select?: boolean
  /** The masking function of the column: `'mask_null()'`. */
  readonly masked?: string
}

/**
 * Declares the creation date of the row, a `timestamp` that the repository sets. `insert`, and `save` of an entity that
 * this data source has neither read nor written, set it if it is undefined or null. A later `save` never changes it.
 *
 * ```ts
 * @Entity('posts')
 * class Post {
 *   @PartitionKey('uuid') id!: Uuid
 *   @CreateDateColumn() createdAt?: Date
 *   @UpdateDateColumn() updatedAt?: Date
 * }
 * ```
 */
export function CreateDateColumn<const A extends AsOf<'timestamp'> = never>(
  options?: DateColumnOptions<A>,
): PropertyDecoratorFor<PropertyOf<'timestamp', A>>
export function CreateDateColumn(options?: object, bare?: unknown): unknown {
  return recordColumn('CreateDateColumn', options, bare)
}

/**
 * Declares the date of the last write, a `timestamp` that the repository sets with every `insert` and `save`.
 * `update()` sets it too, unless the changes name it, change static columns alone, or have a `ttl`: the date would
 * expire with the values.
 */
export function UpdateDateColumn<const A extends AsOf<'timestamp'> = never>(
  options?: DateColumnOptions<A>,
): PropertyDecoratorFor<PropertyOf<'timestamp', A>>
export function UpdateDateColumn(options?: object, bare?: unknown): unknown {
  return recordColumn('UpdateDateColumn', options, bare)
}
