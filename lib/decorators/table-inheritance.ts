import type { Class } from '../metadata/declaration'
import type { DiscriminatorValue } from '../metadata/entity-metadata'
import { declarationsOfClass } from './adapter'
import { recordOnce } from './record-once'

/** Options of a table that holds several classes. */
export interface TableInheritanceOptions<P extends string = string> {
  /** The property, a column of this class, that tells the class of a row. */
  readonly column: P
  /** What it is in rows of this class itself; without it there are rows of the derived classes only. */
  readonly value?: DiscriminatorValue
  /**
   * What a read does with a row whose value is that of no class, or that has none: throws a `ValueError`, or makes
   * an instance of this class of it. 'error' unless given.
   */
  readonly unknown?: 'error' | 'base'
}

/**
 * Several classes in one table, this one and those derived from it with `@ChildEntity`. Beside `@Entity`.
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
 * The repository of the base reads rows of all classes, each as an instance of its own. That of a derived class
 * writes its value, and reads rows of its class and of those derived from it: `… WHERE … AND "kind" = ?`, which the
 * key, an index or `allowFiltering` must serve; where classes are derived from it in turn it is `"kind" IN ?`, which no
 * index serves. A row read by its whole primary key needs none of them: it is none when it is of another class.
 *
 * A row that an `update` through the base creates has no value, and is read as `unknown` says.
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
