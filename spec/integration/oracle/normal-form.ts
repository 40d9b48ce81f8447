import { types } from 'cassandra-driver'
import { BigDecimal, Duration, InetAddress } from '../../../lib'

/** A value as text, alike for values that the server holds equal, however they were read. */
export function normalForm(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value) || value instanceof types.Vector || value instanceof types.Tuple) {
    const items = value instanceof types.Tuple ? value.values() : [...(value as Iterable<unknown>)]
    return `[${items.map(normalForm).join(', ')}]`
  }
  if (value instanceof Set) return `{${[...new Set([...value].map(normalForm))].sort().join(', ')}}`
  if (value instanceof Map) {
    const entries = [...value].map(([key, each]) => `${normalForm(key)}: ${normalForm(each)}`)
    return `{${entries.sort().join(', ')}}`
  }
  if (Buffer.isBuffer(value)) return `0x${value.toString('hex')}`
  if (value instanceof Date) return `@${value.getTime()}`
  if (value instanceof types.BigDecimal || value instanceof BigDecimal) return decimalForm(value)
  if (value instanceof InetAddress) return String(value).replace(/^::ffff:(?=\d+\.)/u, '')
  if (value instanceof types.Duration || value instanceof Duration) {
    const { months, days, nanoseconds } = value as unknown as Record<string, unknown>
    return `${String(months)}mo${String(days)}d${String(nanoseconds)}ns`
  }
  const { toString } = value
  if (toString !== Object.prototype.toString) return String(value)
  return `(${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${name}: ${normalForm(each)}`)
    .join(', ')})`
}

/** 1.0 and 1.00 are one number. */
function decimalForm(value: object): string {
  const { toBuffer } = types.BigDecimal as unknown as { toBuffer(value: object): Buffer }
  const bytes = toBuffer(value)
  let scale = bytes.readInt32BE(0)
  const hex = bytes.subarray(4).toString('hex')
  let unscaled = BigInt.asIntN((bytes.length - 4) * 8, BigInt(`0x${hex}`))
  if (unscaled === 0n) return '0'
  while (unscaled % 10n === 0n) {
    unscaled /= 10n
    scale--
  }
  return `${unscaled}e${-scale}`
}
