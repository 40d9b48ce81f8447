import type { Class } from '../metadata/declaration'
import type { DiscriminatorValue } from '../metadata/entity-metadata'
import { declarationsOfClass } from './adapter'
import { recordOnce } from './record-once'

/** Options of a table that holds several classes. */
export interface TableInheritanceOptions<P extends string = string> {
  /** The property, a column of this class, that tells the class of a row. */
  readonly column: P
  /** The value in rows of this class itself. Without it only the derived classes have rows. */
  readonly value?: DiscriminatorValue
  /**
   * The treatment of a row whose value belongs to no class, or that has no value: `'error'` throws a `ValueError` (the
   * default), `'base'` makes an instance of this class.
   */
  readonly unknown?: 'error' | 'base'
}

/**
 * Declares that this class shares its table with the classes that derive from it with `@ChildEntity`. Stands beside
 * `@Entity`.
 *
 * ```ts
 * @Entity('animals')
 * @TableInheritance({ column: 'kind' })
 * class Animal {
 *   @PartitionKey('uuid') id!: Uuid
 *   @Index() @Column('text') kind!: string
 *   @Column('text') name!: string
 * }
 *
 * @ChildEntity('dog')
 * class Dog extends Animal {
 *   @Column('text') breed?: string | null
 * }
 * ```
 *
 * The repository of the base reads the rows of all classes, each row as an instance of its class. The repository of a
 * derived class writes the value of the class, and reads the rows of the class and of classes derived from it:
 * `… WHERE … AND "kind" = ?`. The key, an index or `allowFiltering` must serve this condition. If further classes
 * derive from the class, the condition is `"kind" IN ?`, which no index serves. A read by the whole primary key needs
 * no such condition. If the row belongs to another class, the result is `null`.
 *
 * A row that an `update` through the base creates has no value; `unknown` decides how it is read.
 */
export function TableInheritance<const P extends string>(
  options: TableInheritanceOptions<P>,
): InheritanceDecorator<P> {
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'TableInheritance', options)
  }
}

/** A decorator of classes, legacy or TC39, that have a property `P`. */
export type InheritanceDecorator<P extends string> = <T extends object>(
  target: Class<T> & HasProperty<T, P>,
  context?: ClassDecoratorContext,
) => void

/** A name that is a plain `string` is checked when the metadata is built. */
type HasProperty<T, P extends string> = string extends P
  ? unknown
  : P extends keyof T
    ? unknown
    : `'${P}' is not a property of the class`
