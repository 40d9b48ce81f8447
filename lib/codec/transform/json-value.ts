import { Refusal } from '../codec'
import { kindOf } from '../scalar'

/** A copy of a value as `JSON.parse(JSON.stringify(value))` gives it. Throws `Refusal` where there is none. */
export function jsonValue(value: unknown): unknown {
  let copied: unknown
  try {
    copied = copyOf(value, '')
  } catch (cause) {
    if (cause instanceof Refusal || !(cause instanceof RangeError)) throw cause
    throw new Refusal('needs a value that JSON can hold; it contains itself', { cause })
  }
  if (copied !== undefined) return copied
  throw new Refusal(`needs a value that JSON can hold; got ${kindOf(value)}`)
}

/** Returns a copy of a value; undefined for values that JSON omits. */
function copyOf(value: unknown, key: string): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'bigint':
      throw new Refusal('needs a value that JSON can hold; it contains a bigint')
    case 'object':
      return value === null ? null : copyOfObject(value, key)
    case 'undefined':
    case 'function':
    case 'symbol':
      return undefined
    default:
      return undefined
  }
}

function copyOfObject(value: object, key: string): unknown {
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return copyOf(toJSON.call(value, key), key)
  if (Array.isArray(value)) {
    return value.map((each, i) => copyOf(each, String(i)) ?? null)
  }
  const entries: [string, unknown][] = []
  for (const name of Object.keys(value)) {
    const copied = copyOf((value as Readonly<Record<string, unknown>>)[name], name)
    if (copied !== undefined) entries.push([name, copied])
  }
  return Object.fromEntries(entries)
}
