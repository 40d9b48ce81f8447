/** A decorator of properties that hold a `V`: one signature for legacy and for TC39 decorators. */
export interface PropertyDecoratorFor<V> {
  <T extends object | undefined, const K extends PropertyKey>(
    target: T & Holds<T, K, V>,
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

export type FieldContext<V> = ClassFieldDecoratorContext<
  // oxlint-disable-next-line no-explicit-any -- the class must be left open, as the context's own default is
  any,
  V | null | undefined
> & { readonly static: false; readonly private: false }

/** What can be inferred from an annotation. */
export type Inferred = string | boolean | Date | Buffer | bigint

/** Shown where a decorator without a type stands in a class with TC39 decorators. */
export interface WriteTheType {
  readonly 'with TC39 decorators the type is always written': never
}

/** A decorator without a type: `| null` and TC39 decorators give the compiler nothing to infer from. */
export interface InferredPropertyDecorator {
  <T extends object | undefined, const K extends PropertyKey>(
    target: T & (K extends keyof T ? { readonly [P in K]?: Inferred | undefined } : unknown),
    property: K | WriteTheType,
  ): void
}
