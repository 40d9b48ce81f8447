/**
 * Between a property and its column: `to` gives what is stored, `from` what is read. Null and undefined
 * never come to either, and `to` must not give them.
 *
 * ```ts
 * const lowerCase = { to: (value: string) => value.toLowerCase(), from: (value: string) => value }
 * ```
 */
export interface Transformer<P = unknown, D = unknown> {
  to(value: P): D
  from(value: D): P
}
