import type { AsOf, Checked, TypeInput } from './cql-forms'
import type { InferredPropertyDecorator, PropertyDecoratorFor } from './property-decorator'
import {
  type ColumnOptions,
  type InferredColumnOptions,
  type TypeOption,
  type ValueOf,
  recordColumn,
} from './record-column'

/**
 * Declares a static column: one value for all rows of a partition. Takes the options of `@Column`. The table needs a
 * clustering key.
 *
 * ```ts
 * @StaticColumn('text') sensorName?: string | null
 * ```
 */
export function StaticColumn<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  options: TypeOption<C> & ColumnOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>>
export function StaticColumn(options?: InferredColumnOptions): InferredPropertyDecorator
export function StaticColumn<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  type: Checked<C>,
  options?: ColumnOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>>
export function StaticColumn(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordColumn('StaticColumn', typeOrOptions, options)
}
