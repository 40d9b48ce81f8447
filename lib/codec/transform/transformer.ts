/**
 * Converts between a property and its column. Neither function receives null or undefined, and `to` must not return
 * them.
 *
 * ```ts
 * const lowerCase = { to: (value: string) => value.toLowerCase(), from: (value: string) => value }
 * ```
 */
export interface Transformer<P = unknown, D = unknown> {
  /** Returns the value to store for a value of the property. */
  to(value: P): D
  /** Returns the value of the property for a stored value. */
  from(value: D): P
}
