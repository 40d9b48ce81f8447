import type {
  ClusteringColumns,
  KeyColumns,
  PartitionColumns,
  primaryKey,
} from '../metadata/primary-key'

/** Where a decorator puts a column, as `[primaryKey]` may say too. */
type KeyPart = 'partition key' | 'clustering column' | 'no key'

/** A decorator of properties that hold a `V`: one signature for legacy and for TC39 decorators. */
export interface PropertyDecoratorFor<V, Part extends KeyPart = 'no key'> {
  <T extends object | undefined, const K extends PropertyKey>(
    target: T & Holds<T, K, V> & Agrees<T, K, Part>,
    property: K | FieldContext<V>,
  ): void
}

/**
 * The class must be assignable to one that holds a `V`, which also works for generic bases, where a
 * conditional type would be put off.
 */
export type Holds<T, K extends PropertyKey, V> = K extends keyof T
  ? { readonly [P in K]?: V | null | undefined }
  : unknown

/** Where the class declares `[primaryKey]`, the column must be in it, or not, as the decorator says. */
type Agrees<T, K, Part extends KeyPart> = typeof primaryKey extends keyof T
  ? K extends PartitionColumns<T>
    ? Part extends 'partition key'
      ? unknown
      : 'declared as partition key in [primaryKey]'
    : K extends ClusteringColumns<T>
      ? Part extends 'clustering column'
        ? unknown
        : 'declared as clustering column in [primaryKey]'
      : Part extends 'no key'
        ? unknown
        : 'not declared in [primaryKey]'
  : unknown

/** Where a class declares `[primaryKey]`, the names in it must be its properties. */
export type KeyOf<T> = typeof primaryKey extends keyof T
  ? [Exclude<KeyColumns<T>, keyof T>] extends [never]
    ? unknown
    : `'${Exclude<KeyColumns<T>, keyof T>}' in [primaryKey] is not a property`
  : unknown

export type FieldContext<V> = ClassFieldDecoratorContext<
  // oxlint-disable-next-line no-explicit-any -- the class must be left open, as the context's own default is
  any,
  V | null | undefined
> & { readonly static: false; readonly private: false }

/** What can be inferred from an annotation. */
type Inferred = string | boolean | Date | Buffer | bigint

/** Shown where a decorator without a type stands in a class with TC39 decorators. */
interface WriteTheType {
  readonly 'with TC39 decorators the type is always written': never
}

/** A decorator without a type: `| null` and TC39 decorators give the compiler nothing to infer from. */
export interface InferredPropertyDecorator<Part extends KeyPart = 'no key'> {
  <T extends object | undefined, const K extends PropertyKey>(
    target: T &
      (K extends keyof T ? { readonly [P in K]?: Inferred | undefined } : unknown) &
      Agrees<T, K, Part>,
    property: K | WriteTheType,
  ): void
}
