import type { AsOf, Checked, TypeInput } from './cql-forms'
import type { InferredPropertyDecorator, PropertyDecoratorFor } from './property-decorator'
import {
  type KeyOptions,
  type InferredKeyOptions,
  type TypeOption,
  type ValueOf,
  recordColumn,
} from './record-column'

/**
 * Declares a column of the partition key. Several columns follow the order of their declaration unless `position` says
 * otherwise.
 *
 * ```ts
 * @PartitionKey('uuid') id!: Uuid
 * ```
 */
export function PartitionKey<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  options: TypeOption<C> & KeyOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>, 'partition key'>
export function PartitionKey(
  options?: InferredKeyOptions,
): InferredPropertyDecorator<'partition key'>
export function PartitionKey<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  type: Checked<C>,
  options?: KeyOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>, 'partition key'>
export function PartitionKey(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordColumn('PartitionKey', typeOrOptions, options)
}
