import { Duration } from '../driver/types/value-classes'
import { instanceToPlain } from './class-transformer'

/** Says what becomes of an instance of a class that has metadata; undefined for all others. */
export type ToPlainOf = (instance: object) => Record<string, unknown> | undefined

/**
 * What JSON can hold of a value that no column has: what a getter gives, or `@Transform`. By what it is, since nothing
 * says what it should be.
 */
export function foreignValue(
  value: unknown,
  groups: readonly string[],
  toPlainOf: ToPlainOf,
): unknown {
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
    const known = toPlainOf(each)
    if (known !== undefined) return known
    return isPlain(each) ? objectOf(each, convert) : convert(instanceToPlain(each, groups))
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
