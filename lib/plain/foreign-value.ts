import { Duration } from '../driver/types/value-classes'

/** The ways of instances to plain values. */
export interface InstanceWriters {
  /** Converts an instance of a class that has metadata; gives undefined for all others. */
  known(instance: object): Record<string, unknown> | undefined
  /** Converts an instance of any other class by the decorators of class-transformer, or copies its properties. */
  foreign(instance: object): unknown
}

/**
 * Converts a value that belongs to no column, such as that of a getter or of `@Transform`, to a JSON-safe one. No type
 * is declared for it, so its own kind decides.
 */
export function foreignValue(value: unknown, writers: InstanceWriters): unknown {
  const convert = (each: unknown): unknown => {
    if (typeof each === 'bigint') return each.toString()
    if (typeof each === 'number' && !Number.isFinite(each)) return String(each)
    if (typeof each === 'function' || typeof each === 'symbol') return undefined
    if (typeof each !== 'object' || each === null) return each
    if (Array.isArray(each) || each instanceof Set) {
      return Array.from(each as Iterable<unknown>, (part) => convert(part) ?? null)
    }
    if (each instanceof Map) return mapOf(each, convert)
    if (each instanceof Uint8Array) return Buffer.from(each).toString('base64')
    if (ArrayBuffer.isView(each)) return Array.from(each as unknown as Iterable<unknown>, convert)
    if (each instanceof Duration) return each.toString()
    const { toJSON } = each as { toJSON?: unknown }
    if (typeof toJSON === 'function') return convert(toJSON.call(each))
    const known = writers.known(each)
    if (known !== undefined) return known
    if (isPlain(each)) return objectOf(each, convert)
    const made = writers.foreign(each)
    return made === each ? objectOf(each, convert) : convert(made)
  }
  return convert(value)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function objectOf(value: object, convert: (each: unknown) => unknown): object {
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, convert(each)] as const)
      .filter(([, each]) => each !== undefined),
  )
}

function mapOf(value: ReadonlyMap<unknown, unknown>, convert: (each: unknown) => unknown): unknown {
  const entries = Array.from(value, ([key, each]) => [convert(key), convert(each) ?? null] as const)
  return entries.every(([key]) => typeof key === 'string')
    ? Object.fromEntries(entries as (readonly [string, unknown])[])
    : entries
}
