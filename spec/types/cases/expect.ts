/** True where both types are the same, in modifiers too. */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Does not compile unless its argument is true. */
export type Expect<T extends true> = T

/** The awaited result of a method. */
export type Result<F extends (...args: never[]) => unknown> = Awaited<ReturnType<F>>
