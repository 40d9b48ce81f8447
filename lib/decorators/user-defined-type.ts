import { declarationsOfClass } from './adapter'
import type { EntityDecorator } from './entity'
import { recordOnce } from './record-once'

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
export function UserDefinedType(name?: string): EntityDecorator {
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'UserDefinedType', { name })
  }
}
