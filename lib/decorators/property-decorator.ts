import type {
  ClusteringColumns,
  KeyColumns,
  PartitionColumns,
  primaryKey,
} from '../metadata/primary-key'

/** The part of the key that a decorator declares, to be compared with `[primaryKey]`. */
type KeyPart = 'partition key' | 'clustering column' | 'no key'

/** A decorator of properties that hold a `V`: one signature for legacy and for TC39 decorators. */
export interface PropertyDecoratorFor<V, Part extends KeyPart = 'no key'> {
  <T extends object | undefined, const K extends PropertyKey>(
    target: T & Holds<T, K, V> & Agrees<T, K, Part>,
    property: K | FieldContext<V>,
  ): void
}

/**
 * The class must be assignable to one that holds a `V`, which also works for generic bases; a
 * conditional type would be deferred there.
 */
export type Holds<T, K extends PropertyKey, V> = K extends keyof T
  ? { readonly [P in K]?: V | null | undefined }
  : unknown

/** The column must stand in `[primaryKey]` as the decorator declares it, if the class declares `[primaryKey]`. */
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

/** The names in `[primaryKey]` must be properties of the class. */
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

/** The annotations from which a type can be inferred. */
type Inferred = string | boolean | Date | Buffer | bigint

/** The message for a decorator without a type under TC39 decorators. */
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
