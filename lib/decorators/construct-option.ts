/** The properties of a class that a row has: all but methods. Open if the class is not given. */
type RowOf<E> = 0 extends 1 & E
  ? E
  : { readonly [K in keyof E as E[K] extends (...args: never[]) => unknown ? never : K]: E[K] }

/** The option of classes whose constructor needs arguments, or whose instances are frozen. */
export interface ConstructOption<E> {
  /**
   * Makes an instance from the properties of a row, for a class whose constructor needs arguments. Used by
   * full reads, `create` and `fromPlain`; properties that it does not read are set afterwards. Write the
   * class as type argument, and `row` has its properties:
   * `@Entity<User>({ construct: (row) => new User(row.id, row.name) })`.
   */
  readonly construct?: (row: RowOf<E>) => E
}

/** The instances that `construct` makes must be of the class. */
export type Constructs<E, T> = [E] extends [T]
  ? unknown
  : { readonly 'construct must return an instance of this class': never }
