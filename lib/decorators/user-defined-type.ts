import { declarationsOfClass } from './adapter'
import type { ConstructOption } from './construct-option'
import type { EntityDecorator } from './entity'
import { recordOnce } from './record-once'

/** Options of a user-defined type. */
export interface UserDefinedTypeOptions<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the fields of `construct` are open
  E = any,
> extends ConstructOption<E> {
  /** The name of the type; by the naming strategy unless given. */
  readonly name?: string
}

/**
 * A class whose instances are values of a user-defined type; its name is the class's by the naming strategy
 * unless given. Columns and fields take it as `() => TheClass`.
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
 * A value is an instance, or an object of its fields; a field left out is null. The type is created by
 * `db.schema.sync()`: `CREATE TYPE "address" ("street" text, "zip" int)`.
 */
export function UserDefinedType<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the fields of `construct` are open
  E = any,
>(nameOrOptions?: string | UserDefinedTypeOptions<E>): EntityDecorator<E> {
  const options = typeof nameOrOptions === 'string' ? { name: nameOrOptions } : nameOrOptions
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'UserDefinedType', options)
  }
}
