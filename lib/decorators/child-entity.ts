import type { DiscriminatorValue } from '../metadata/entity-metadata'
import { baseOf } from '../metadata/single-table'
import { declarationsOfClass } from './adapter'
import type { ConstructOption } from './construct-option'
import type { EntityDecorator } from './entity'
import { recordOnce } from './record-once'

/**
 * A class in the table of its base, which has `@TableInheritance`: `value` is what the base's column has in its rows.
 * Its columns are columns of that table, with no value in rows of other classes. It may have derived classes of its
 * own. A row can only become an instance of a class that is loaded: import it where the base is used.
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
