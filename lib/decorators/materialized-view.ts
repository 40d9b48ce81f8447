import type { Class } from '../metadata/declaration'
import { declarationsOfClass } from './adapter'
import type { EntityOptions } from './entity'
import type { KeyOf } from './property-decorator'
import { recordOnce } from './record-once'

/** Options of a materialized view. It is in the keyspace of its table, and its rows expire with those of the table. */
export interface MaterializedViewOptions<B extends object = object> extends Omit<
  EntityOptions,
  'keyspace' | 'defaultTimeToLive' | 'trackChanges'
> {
  /** The entity whose table it is a view of. */
  readonly from: () => Class<B>
}

/**
 * A class whose instances are rows of a materialized view: the rows of a table under another key, kept by the
 * server and read-only. Its columns are columns of the table's class; its key has all of that class's key and one
 * more column at most.
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
 * Methods, getters and `readonly` properties may be other than those of the table's class; `readonly` is how
 * `@ComputedColumn` properties are declared here. `db.getViewRepository(ProductByBrand)` reads it; `db.schema.sync()`
 * creates it: `CREATE MATERIALIZED VIEW … AS SELECT … FROM … WHERE … IS NOT NULL PRIMARY KEY (…)`
 */
export function MaterializedView<B extends object>(
  options: MaterializedViewOptions<B>,
): ViewDecorator<B> {
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

/** Whether a property is `readonly`, which makes no difference to assignability: only sameness tells. */
type IsReadonly<T, K extends keyof T> =
  IsSame<Pick<T, K>, { -readonly [P in K]: T[P] }> extends true ? false : true

type IsSame<A, B> =
  (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false
