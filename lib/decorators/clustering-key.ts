import type { AsOf, Checked, TypeInput } from './cql-forms'
import type { InferredPropertyDecorator, PropertyDecoratorFor } from './property-decorator'
import {
  type ClusteringKeyOptions,
  type InferredClusteringKeyOptions,
  type TypeOption,
  type ValueOf,
  recordColumn,
} from './record-column'

/**
 * Declares a clustering column: rows of a partition are stored in its order. Several columns follow the order of their
 * declaration unless `position` says otherwise.
 *
 * ```ts
 * @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
 * ```
 */
export function ClusteringKey<
  const C extends TypeInput,
  const A extends AsOf<C> = never,
  P = never,
>(
  options: TypeOption<C> & ClusteringKeyOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>, 'clustering column'>
export function ClusteringKey(
  options?: InferredClusteringKeyOptions,
): InferredPropertyDecorator<'clustering column'>
export function ClusteringKey<
  const C extends TypeInput,
  const A extends AsOf<C> = never,
  P = never,
>(
  type: Checked<C>,
  options?: ClusteringKeyOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>, 'clustering column'>
export function ClusteringKey(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordColumn('ClusteringKey', typeOrOptions, options)
}
