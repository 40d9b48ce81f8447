import { Refusal } from '../codec'
import type { Transformer } from './transformer'

/** `Symbol.for`, so that two copies of the package know each other's. */
const brand: unique symbol = Symbol.for('coodie.json')

/**
 * Keeps a value as JSON in a text column. Null deletes the column.
 *
 * ```ts
 * @Column('text', { transformer: json<Settings>() }) settings!: Settings
 * ```
 *
 * Throws `ValueError` for a value that JSON loses (Map, Set, NaN, undefined in an array, functions, bigint), and for text
 * in the table that is not JSON.
 */
export function json<T>(): Transformer<T, string> {
  const transformer: Transformer<T, string> & { readonly [brand]: true } = {
    [brand]: true,
    to(value) {
      requireJson(value)
      return JSON.stringify(value)
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

/** Returns `true` for a transformer of `json()`: its values are JSON themselves. */
export function isJsonTransformer(transformer: Transformer): boolean {
  return brand in transformer
}

/** Throws `Refusal` for a value that `JSON.parse(JSON.stringify(value))` would not give back. */
function requireJson(value: unknown): void {
  try {
    refuseLoss(value)
  } catch (cause) {
    if (cause instanceof Refusal || !(cause instanceof RangeError)) throw cause
    throw new Refusal('needs a value that JSON can hold; it contains itself', { cause })
  }
}

/** A property that is undefined is left out, which reads alike. */
function refuseLoss(value: unknown): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return
    case 'number':
      if (!Number.isFinite(value)) refuseJson(String(value), 'write null or a string')
      return
    case 'object':
      if (value !== null) refuseLossIn(value)
      return
    case 'bigint':
      return refuseJson('a bigint', 'write a string')
    case 'undefined':
      return refuseJson('undefined', 'write null')
    case 'function':
    case 'symbol':
      return refuseJson(`a ${typeof value}`, 'leave it out')
    default:
      return
  }
}

function refuseLossIn(value: object): void {
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return refuseLoss(toJSON.call(value, ''))
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) refuseLoss(value[i])
    return
  }
  for (const { is, name, remedy } of lost) if (is(value)) refuseJson(name, remedy)
  for (const each of Object.values(value)) if (each !== undefined) refuseLoss(each)
}

/** Objects that JSON reads as empty ones, or as others. */
const lost: readonly {
  readonly is: (value: object) => boolean
  readonly name: string
  readonly remedy: string
}[] = [
  {
    is: (value) => value instanceof Map || value instanceof WeakMap,
    name: 'a Map',
    remedy: 'write an object or an array of entries',
  },
  {
    is: (value) => value instanceof Set || value instanceof WeakSet,
    name: 'a Set',
    remedy: 'write an array',
  },
  {
    is: (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer,
    name: 'bytes',
    remedy: 'write them as base64',
  },
  { is: (value) => value instanceof RegExp, name: 'a RegExp', remedy: 'write its source' },
  { is: (value) => value instanceof Error, name: 'an Error', remedy: 'write its message' },
  { is: (value) => value instanceof Promise, name: 'a Promise', remedy: 'await it' },
]

function refuseJson(what: string, remedy: string): never {
  throw new Refusal(`needs a value that JSON keeps; it is or holds ${what}: ${remedy}`)
}
