import type { AsOf, Checked, PropertyOf, TypeInput } from './cql-forms'
import type { InferredPropertyDecorator, PropertyDecoratorFor } from './property-decorator'
import {
  type KeyOptions,
  type InferredKeyOptions,
  type TypeOption,
  recordColumn,
} from './record-column'

/**
 * A component of the partition key, in order of declaration unless `position` says otherwise.
 *
 * ```ts
 * @PartitionKey('uuid') id!: Uuid
 * ```
 */
export function PartitionKey<const C extends TypeInput, const A extends AsOf<C> = never>(
  options: TypeOption<C> & KeyOptions<C, A>,
): PropertyDecoratorFor<PropertyOf<C, A>, 'partition key'>
export function PartitionKey(
  options?: InferredKeyOptions,
): InferredPropertyDecorator<'partition key'>
export function PartitionKey<const C extends TypeInput, const A extends AsOf<C> = never>(
  type: Checked<C>,
  options?: KeyOptions<C, A>,
): PropertyDecoratorFor<PropertyOf<C, A>, 'partition key'>
export function PartitionKey(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordColumn('partitionKey', typeOrOptions, options)
}
