import { declarationsOfClass } from './adapter'
import type { ConstructOption } from './construct-option'
import type { EntityDecorator } from './entity'
import { recordOnce } from './record-once'
import { refuseBareClass } from './refuse-bare'

/** Options of a user-defined type. */
export interface UserDefinedTypeOptions<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the fields of `construct` are open
  E = any,
> extends ConstructOption<E> {
  /** The name of the type. The naming strategy decides by default. */
  readonly name?: string
}

/**
 * Declares a class whose instances are values of a user-defined type. By default the naming strategy makes the name of
 * the type from the name of the class. Columns and fields take the type as `() => TheClass`.
 *
 * ```ts
 * @UserDefinedType('address')
 * class Address {
 *   @Field('text') street!: string
 *   @Field('int') zip!: number
 * }
 *
 * @Column(() => Address) home?: Address | null
 * @Column(list(frozen(() => Address))) others: Address[] = []
 * ```
 *
 * A value is an instance, or an object with its fields. A missing field is null. `db.schema.sync()` creates the type:
 * `CREATE TYPE "address" ("street" text, "zip" int)`.
 */
export function UserDefinedType<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the fields of `construct` are open
  E = any,
>(nameOrOptions?: string | UserDefinedTypeOptions<E>): EntityDecorator<E> {
  refuseBareClass('UserDefinedType', nameOrOptions)
  const options = typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'UserDefinedType', options)
  }
}
