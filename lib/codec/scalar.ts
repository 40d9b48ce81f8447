import { type NativeName, nativeType } from '../cql/native-types'
import { type Codec, type Form, Refusal } from './codec'
import { nativeCompare } from './compare'

/** The parts in which scalar codecs differ. */
export interface ScalarParts<V> {
  readonly check: (input: unknown) => V
  readonly encode: (value: V) => Buffer
  readonly fromDriver: (value: unknown) => V
  readonly decode: (bytes: Buffer, at: number, length: number) => V | null
  /** Absent where the driver is given the bytes, which it passes on under any `encoding` options. */
  readonly toDriver?: (value: V) => unknown
  /** Absent where JSON holds the value itself. */
  readonly toPlain?: (value: unknown) => unknown
  /** Absent where `check` accepts what JSON holds. */
  readonly fromPlain?: (plain: unknown) => V
}

export function scalar<V>(name: NativeName, form: Form, parts: ScalarParts<V>): Codec<V> {
  return {
    type: { kind: 'native', name },
    form,
    toDriver: parts.toDriver ?? parts.encode,
    toPlain: parts.toPlain ?? parts.check,
    fromPlain: parts.fromPlain ?? parts.check,
    absent: () => null,
    inner: [],
    check: parts.check,
    encode: parts.encode,
    compare: nativeCompare(nativeType(name).comparison),
    fromDriver: parts.fromDriver,
    decode: parts.decode,
  }
}

/** Names the kind of a value, for a refusal: the value itself never appears. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  if (typeof value !== 'object') {
    return Number.isNaN(value)
      ? 'NaN'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`
  }
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined
  return name === undefined || name === 'Object' ? 'an object' : `a value of class ${name}`
}

/**
 * Reads a cell of another length than its type has: null for one of no bytes, which the server takes for most types.
 * Throws `Refusal` for all others.
 */
export function misfitCell(length: number, expected: number | string, name: NativeName): null {
  if (length === 0) return null
  const article = /^[aei]/u.test(name) ? 'an' : 'a'
  throw new Refusal(`the server sent ${length} bytes for ${article} ${name}, which has ${expected}`)
}

/** Converts a value that may be null. */
export function orNull<V, R>(value: V | null, convert: (value: V) => R): R | null {
  return value === null ? null : convert(value)
}
