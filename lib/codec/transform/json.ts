import { Refusal } from '../codec'
import type { Transformer } from './transformer'

/** `Symbol.for`, so that two copies of the package know each other's. */
const brand: unique symbol = Symbol.for('coodie.json')

/**
 * Keeps a value as JSON in a text column. Null deletes the column; what `JSON.stringify` leaves out is not kept.
 *
 * ```ts
 * @Column('text', { transformer: json<Settings>() }) settings!: Settings
 * ```
 *
 * Throws `ValueError` for a value that has no JSON, and for text in the table that is not JSON.
 */
export function json<T>(): Transformer<T, string> {
  const transformer: Transformer<T, string> & { readonly [brand]: true } = {
    [brand]: true,
    to(value) {
      const text = stringify(value)
      if (text === undefined)
        throw new Refusal(`needs a value that has JSON; got a ${typeof value}`)
      return text
    },
    from(text) {
      try {
        return JSON.parse(text) as T
      } catch {
        // Without the cause: its message quotes the text.
        throw new Refusal('holds text that is not JSON')
      }
    },
  }
  return transformer
}

/** True for what `json()` made: its values are JSON themselves. */
export function isJsonTransformer(transformer: Transformer): boolean {
  return brand in transformer
}

/** The declaration leaves out that there may be nothing. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new Refusal('needs a value that has JSON; it holds a bigint or itself', { cause })
  }
}
