import { BigDecimal, Duration, InetAddress, LocalDate, LocalTime, TimeUuid, Uuid } from '../../lib'
import { decimalOf } from '../../lib/driver/types/big-decimal'
import { identifyDecimal } from '../../lib/driver/types/decimal'
import type { NativeName } from '../../lib/cql/native-types'

/** Values of every type that a column can have, the ones at its edges among them. */
export const edgeValues = {
  ascii: ['', 'a', '\u0000~'],
  bigint: [0n, -1n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, 2n ** 53n + 1n],
  blob: [Buffer.alloc(0), Buffer.from('00ff', 'hex')],
  boolean: [true, false],
  date: [
    LocalDate.fromString('1969-12-31'),
    LocalDate.fromString('0001-01-01'),
    LocalDate.fromString('9999-12-31'),
    new LocalDate(12_345, 1, 2),
    new LocalDate(-271_821, 4, 20),
    new LocalDate(271_834, 12, 9),
    new LocalDate(275_760, 9, 13),
    LocalDate.fromBuffer(Buffer.alloc(4)),
    LocalDate.fromBuffer(Buffer.alloc(4, 0xff)),
  ],
  decimal: [
    decimal('00'),
    decimal('0b', 1),
    decimal('ff5a', 40),
    decimal('01', -5),
    decimal('7fffffffffffffffffffffff', 12),
  ],
  double: [0, -0, 1.5, Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, 5e-324],
  duration: [
    new Duration(0, 0, 0),
    new Duration(1, 2, 3),
    new Duration(-13, -2, -1),
    Duration.fromString('23h59m59s999999999ns'),
  ],
  float: [0, -0, 1.5, Number.NaN, Infinity, -Infinity, Math.fround(0.1)],
  inet: ['127.0.0.1', '255.255.255.255', '::1', '2001:db8::ff'].map((text) =>
    InetAddress.fromString(text),
  ),
  int: [0, -1, 2_147_483_647, -2_147_483_648],
  smallint: [0, -1, 32_767, -32_768],
  text: ['', 'a', '😀 é \u0000', 'x'.repeat(300)],
  time: ['00:00:00', '00:00:00.000000001', '23:59:59.999999999'].map((text) =>
    LocalTime.fromString(text),
  ),
  timestamp: [0, -1, 8.64e15, -8.64e15, Date.UTC(12_000, 0)].map((time) => new Date(time)),
  timeuuid: ['00000000-0000-1000-8080-808080808080', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'].map(
    (text) => TimeUuid.fromString(text),
  ),
  tinyint: [0, -1, 127, -128],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff'].map(
    (text) => Uuid.fromString(text),
  ),
  varint: [0n, -1n, 127n, 128n, -128n, -129n, 255n, 256n, 2n ** 200n, -(2n ** 200n)],
} as const satisfies Record<Exclude<NativeName, 'counter'>, readonly unknown[]>

export const nativeTypes = Object.keys(edgeValues) as (keyof typeof edgeValues)[]

/** unscaled × 10 ** -scale, from the bytes of the unscaled number in hex. */
function decimal(unscaled: string, scale = 0): BigDecimal {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(scale)
  return BigDecimal.fromBuffer(Buffer.concat([bytes, Buffer.from(unscaled, 'hex')]))
}

/** A value as text that tells apart all that differs, in an order of its own where there is none. */
export function show(value: unknown, showDecimal = bytesOf): string {
  const showEach = (each: unknown) => show(each, showDecimal)
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') {
    return `${typeof value} ${Object.is(value, -0) ? '-0' : String(value)}`
  }
  if (Array.isArray(value)) return `[${value.map(showEach).join(', ')}]`
  if (value instanceof Set) return `set {${[...value].map(showEach).sort().join(', ')}}`
  if (value instanceof Map) {
    return `map {${[...value]
      .map(([k, v]) => `${showEach(k)}: ${showEach(v)}`)
      .sort()
      .join(', ')}}`
  }
  if (value instanceof Date) return `Date ${value.getTime()}`
  if (Buffer.isBuffer(value)) return `Buffer ${value.toString('hex')}`
  if (value instanceof Float32Array) return `Float32Array [${[...value].map(showEach).join(', ')}]`
  if (value instanceof BigDecimal) return `BigDecimal ${showDecimal(value)}`
  return `${value.constructor?.name} ${bytesOf(value) ?? fieldsOf(value)}`
}

/** The same for two values that are equal: decimals are shown without their scale. */
export function showEqual(value: unknown): string {
  return show(value, (decimal) => identifyDecimal(decimalOf(decimal as BigDecimal)))
}

function bytesOf(value: object): string | undefined {
  if (value instanceof BigDecimal) {
    const { toBuffer } = BigDecimal as unknown as { toBuffer(value: object): Buffer }
    return toBuffer(value).toString('hex')
  }
  const { toBuffer, getBuffer } = value as {
    toBuffer?: () => Buffer
    getBuffer?: () => Buffer
  }
  return (toBuffer ?? getBuffer)?.call(value).toString('hex')
}

function fieldsOf(value: object): string {
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}: ${show(each)}`)
    .join(', ')}}`
}
