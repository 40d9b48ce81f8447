import type { AsOf, Checked, PropertyOf, TypeInput } from './cql-forms'
import type { InferredPropertyDecorator, PropertyDecoratorFor } from './property-decorator'
import {
  type ColumnOptions,
  type InferredColumnOptions,
  type TypeOption,
  recordColumn,
} from './record-column'

/**
 * A static column: one value for all rows of a partition. Takes what `@Column` takes.
 *
 * ```ts
 * @StaticColumn('text') sensorName?: string | null
 * ```
 */
export function StaticColumn<const C extends TypeInput, const A extends AsOf<C> = never>(
  options: TypeOption<C> & ColumnOptions<C, A>,
): PropertyDecoratorFor<PropertyOf<C, A>>
export function StaticColumn(options?: InferredColumnOptions): InferredPropertyDecorator
export function StaticColumn<const C extends TypeInput, const A extends AsOf<C> = never>(
  type: Checked<C>,
  options?: ColumnOptions<C, A>,
): PropertyDecoratorFor<PropertyOf<C, A>>
export function StaticColumn(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordColumn('static', typeOrOptions, options)
}
