import type { AsOf, Checked, TypeInput } from './cql-forms'
import type { InferredPropertyDecorator, PropertyDecoratorFor } from './property-decorator'
import {
  type FieldOptions,
  type InferredFieldOptions,
  type TypeOption,
  type ValueOf,
  recordField,
} from './record-column'

/**
 * Declares a field of a user-defined type. Takes the options of `@Column` except `select`, `ttl` and `masked`. A
 * user-defined type inside another must be frozen.
 *
 * ```ts
 * @Field('text') street!: string
 * @Field(frozen(() => Geo)) geo?: Geo | null
 * ```
 */
export function Field<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  options: TypeOption<C> & FieldOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>>
export function Field(options?: InferredFieldOptions): InferredPropertyDecorator
export function Field<const C extends TypeInput, const A extends AsOf<C> = never, P = never>(
  type: Checked<C>,
  options?: FieldOptions<C, A, P>,
): PropertyDecoratorFor<ValueOf<C, A, P>>
export function Field(typeOrOptions?: unknown, options?: unknown): unknown {
  return recordField(typeOrOptions, options)
}
