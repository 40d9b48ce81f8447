import type { Class } from '../metadata/declaration'
import { declarationsOfClass } from './adapter'
import type { EntityOptions } from './entity'
import type { KeyOf } from './property-decorator'
import { recordOnce } from './record-once'
import { refuseBareClass } from './refuse-bare'

/** Options of a materialized view. The view is in the keyspace of its table, and its rows expire with the rows of the table. */
export interface MaterializedViewOptions<B extends object = object> extends Omit<
  EntityOptions,
  'keyspace' | 'defaultTimeToLive' | 'trackChanges'
> {
  /** The entity whose table the view shows. */
  readonly from: () => Class<B>
}

/**
 * Declares a class whose instances are rows of a materialized view: the rows of a table under another key. The server
 * keeps the view, which is read-only. Its columns are columns of the class of the table. Its key has the whole key of
 * that class and at most one more column.
 *
 * ```ts
 * @MaterializedView({ from: () => Product })
 * class ProductByBrand {
 *   @PartitionKey('text') brand!: string
 *   @ClusteringKey('uuid') id!: Uuid
 *   @Column('text') name!: string
 * }
 * ```
 *
 * Methods, getters and `readonly` properties may differ from those of the table's class. Declare the properties of
 * `@ComputedColumn` as `readonly` here. `db.getViewRepository(ProductByBrand)` reads it; `db.schema.sync()`
 * creates it: `CREATE MATERIALIZED VIEW … AS SELECT … FROM … WHERE … IS NOT NULL PRIMARY KEY (…)`
 */
export function MaterializedView<B extends object>(
  options: MaterializedViewOptions<B>,
): ViewDecorator<B> {
  refuseBareClass('MaterializedView', options)
  return (target, context) => {
    recordOnce(declarationsOfClass(target, context), 'MaterializedView', options)
  }
}

/** A decorator of classes, legacy or TC39, whose columns must be columns of `B`. */
export type ViewDecorator<B> = <T extends object>(
  target: Class<T> & KeyOf<T> & ColumnsOf<T, B>,
  context?: ClassDecoratorContext,
) => void

type ColumnsOf<T, B> = [Foreign<T, B>] extends [never]
  ? unknown
  : `'${Foreign<T, B>}' is not a column of the base`

/** Properties that are set, and that the base does not have. */
type Foreign<T, B> = {
  [K in keyof T & string]: K extends keyof B
    ? never
    : IsReadonly<T, K> extends true
      ? never
      : // oxlint-disable-next-line no-explicit-any -- methods of whatever arguments are no columns
        [NonNullable<T[K]>] extends [(...args: any) => unknown]
        ? never
        : K
}[keyof T & string]

/** `true` if a property is `readonly`. Assignability ignores the modifier, so that only identity shows it. */
type IsReadonly<T, K extends keyof T> =
  IsSame<Pick<T, K>, { -readonly [P in K]: T[P] }> extends true ? false : true

type IsSame<A, B> =
  (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false
