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
 * Declares a regular column. The property's type must fit the column's. Without a type, the annotation decides
 * (legacy decorators only): `string` is text, `boolean` boolean, `Date` timestamp, `Buffer` blob, `bigint` bigint.
 *
 * ```ts
 * @Column('map<text, int>') stock!: Map<string, number>
 * @Column('uuid', { as: 'string', name: 'owner_id' }) owner!: string
 * @Column() name!: string
 * ```
 */
export function Column<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  options: TypeOption<C> & ColumnOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>>
export function Column(options?: InferredColumnOptions): InferredPropertyDecorator
export function Column<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  type: Checked<C>,
  options?: ColumnOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>>
export function Column(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordColumn('Column', typeOrOptions, options)
}
