import type { DiscriminatorValue } from '../metadata/entity-metadata'
import { baseOf } from '../metadata/single-table'
import { declarationsOfClass } from './adapter'
import type { ConstructOption } from './construct-option'
import type { EntityDecorator } from './entity'
import { recordOnce } from './record-once'

/**
 * Declares a class that shares the table of its base, which has `@TableInheritance`. Rows of the class have `value` in
 * the column of the base that tells the class. The columns of the class have no value in rows of other classes. Further
 * classes may derive from it. Import the class where the base is used: a row becomes an instance of a loaded class only.
 *
 * ```ts
 * @ChildEntity('reading')
 * class DailyReading extends Reading {
 *   @Column('double') average?: number | null
 * }
 * ```
 */
export function ChildEntity<
  // oxlint-disable-next-line no-explicit-any -- without a type argument the row of `construct` is open
  E = any,
>(value: DiscriminatorValue, options?: ConstructOption<E>): EntityDecorator<E> {
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'ChildEntity', { ...options, value })
    baseOf(target)?.declarations.children.push(target)
  }
}
