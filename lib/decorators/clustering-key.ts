import type { AsOf, Checked, PropertyOf, TypeInput } from './cql-forms'
import type { InferredPropertyDecorator, PropertyDecoratorFor } from './property-decorator'
import {
  type ClusteringKeyOptions,
  type InferredClusteringKeyOptions,
  type TypeOption,
  recordColumn,
} from './record-column'

/**
 * A clustering column: the order of the rows in a partition.
 *
 * ```ts
 * @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
 * ```
 */
export function ClusteringKey<const C extends TypeInput, const A extends AsOf<C> = never>(
  options: TypeOption<C> & ClusteringKeyOptions<C, A>,
): PropertyDecoratorFor<PropertyOf<C, A>, 'clustering column'>
export function ClusteringKey(
  options?: InferredClusteringKeyOptions,
): InferredPropertyDecorator<'clustering column'>
export function ClusteringKey<const C extends TypeInput, const A extends AsOf<C> = never>(
  type: Checked<C>,
  options?: ClusteringKeyOptions<C, A>,
): PropertyDecoratorFor<PropertyOf<C, A>, 'clustering column'>
export function ClusteringKey(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordColumn('clustering', typeOrOptions, options)
}
