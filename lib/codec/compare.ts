import type { Comparison } from '../cql/native-types'
import type { FieldOrders } from '../driver/types/field-orders'
import { compareDecimals, decodeDecimal } from '../driver/types/decimal'
import { decodeVarint } from '../driver/types/varint'
import type { Codec, Compare } from './codec'
import { eachComponent, eachElement } from './wire'

/** Compares values of which one may be empty: an empty value comes first. */
function unlessEmpty(compare: (a: Buffer, b: Buffer) => number): Compare {
  return (a, b) =>
    a.length === 0 || b.length === 0 ? Math.sign(a.length - b.length) : compare(a, b)
}

const compareBytes: Compare = (a, b) => a.compare(b)

/** As Java compares doubles: -0 comes before 0, every NaN is one value and the last. */
function compareNumbers(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  if (a === b) return a === 0 ? Number(Object.is(b, -0)) - Number(Object.is(a, -0)) : 0
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}

/** The bytes of a time-based uuid in the order of its timestamp. */
const timeOrder = [6, 7, 4, 5, 0, 1, 2, 3] as const

function compareTimes(a: Buffer, b: Buffer): number {
  for (const i of timeOrder) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const versionOf = (uuid: Buffer) => (uuid[6] ?? 0) >> 4

const comparisons = {
  bytes: compareBytes,
  inet: compareBytes,
  signed: unlessEmpty((a, b) => a.readInt8(0) - b.readInt8(0) || a.compare(b)),
  varint: unlessEmpty((a, b) => {
    const difference = decodeVarint(a, 0, a.length) - decodeVarint(b, 0, b.length)
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }),
  decimal: unlessEmpty((a, b) =>
    compareDecimals(decodeDecimal(a, 0, a.length), decodeDecimal(b, 0, b.length)),
  ),
  float: unlessEmpty((a, b) => compareNumbers(a.readFloatBE(0), b.readFloatBE(0))),
  double: unlessEmpty((a, b) => compareNumbers(a.readDoubleBE(0), b.readDoubleBE(0))),
  boolean: unlessEmpty((a, b) => Number(a[0] !== 0) - Number(b[0] !== 0)),
  uuid: unlessEmpty(
    (a, b) =>
      versionOf(a) - versionOf(b) || (versionOf(a) === 1 ? compareTimes(a, b) : 0) || a.compare(b),
  ),
  // The server compares each byte of the second half with its sign.
  timeuuid: unlessEmpty((a, b) => {
    const times = compareTimes(a, b)
    if (times !== 0) return times
    for (let i = 8; i < 16; i++) {
      const difference = a.readInt8(i) - b.readInt8(i)
      if (difference !== 0) return difference
    }
    return 0
  }),
} as const satisfies Record<Comparison, Compare>

/** Returns how the server compares the values of a native type. */
export function nativeCompare(comparison: Comparison): Compare {
  return comparisons[comparison]
}

/** Compares lists, sets and, with two codecs, maps: part by part in the order of the bytes, then by length. */
export function compareElements(inner: readonly Codec[]): Compare {
  const perItem = inner.length === 2 ? 2 : 1
  return (a, b, orders) => {
    const [left, right] = [partsOf(a, perItem), partsOf(b, perItem)]
    for (let i = 0; i < left.length && i < right.length; i++) {
      const difference = compareNullable(inner[i % perItem], left[i], right[i], orders)
      if (difference !== 0) return difference
    }
    return left.length - right.length
  }
}

function partsOf(bytes: Buffer, perItem: 1 | 2): readonly Buffer[] {
  const parts: Buffer[] = []
  if (bytes.length === 0) return parts
  eachElement(bytes, 0, perItem, (at, length) => parts.push(bytes.subarray(at, at + length)))
  return parts
}

/** Compares tuples: null comes before every value, and what is missing at the end is null. */
export function compareComponents(
  inner: readonly (Pick<Codec, 'compare'> | undefined)[],
  a: Buffer,
  b: Buffer,
  orders?: FieldOrders,
): number {
  const right: (Buffer | undefined)[] = []
  eachComponent(b, 0, b.length, inner.length, (_, at, size) => {
    right.push(size < 0 ? undefined : b.subarray(at, at + size))
  })
  let result = 0
  eachComponent(a, 0, a.length, inner.length, (i, at, size) => {
    if (result !== 0) return
    const left = size < 0 ? undefined : a.subarray(at, at + size)
    result = compareNullable(inner[i], left, right[i], orders)
  })
  return result
}

function compareNullable(
  codec: Pick<Codec, 'compare'> | undefined,
  a: Buffer | undefined,
  b: Buffer | undefined,
  orders?: FieldOrders,
): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return codec === undefined ? a.compare(b) : codec.compare(a, b, orders)
}
