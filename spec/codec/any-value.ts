import fc from 'fast-check'
import { BigDecimal, Duration, InetAddress, LocalDate, LocalTime, TimeUuid, Uuid } from '../../lib'
import { codecFor } from '../../lib/codec/codec-for'
import { Long } from '../../lib/driver/types/value-classes'
import type { nativeTypes } from './edge-values'

const int = (bits: number) =>
  fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n })
const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array))
const text = fc.string({ unit: 'grapheme' })

/** Any value of every type. */
export const anyValue: Readonly<Record<(typeof nativeTypes)[number], fc.Arbitrary<unknown>>> = {
  ascii: fc.string({ unit: 'binary-ascii' }),
  bigint: int(64),
  blob: fc.uint8Array().map((array) => Buffer.from(array)),
  boolean: fc.boolean(),
  date: bytes(4).map((buffer) => LocalDate.fromBuffer(buffer)),
  decimal: fc
    .tuple(bytes(4), fc.uint8Array({ minLength: 1, maxLength: 40 }))
    .map((parts) => BigDecimal.fromBuffer(Buffer.concat(parts)))
    // The driver keeps the number and not its bytes, so that padding is not part of the value.
    .map((value) => codecFor({ kind: 'native', name: 'decimal' }).check(value)),
  double: fc.double(),
  duration: fc
    .tuple(
      fc.nat(2 ** 31 - 1),
      fc.nat(2 ** 31 - 1),
      fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      fc.boolean(),
    )
    .map(([months, days, nanos, isNegative]) => {
      const sign = isNegative ? -1 : 1
      return new Duration(
        sign * months || 0,
        sign * days || 0,
        Long.fromString(String(BigInt(sign) * nanos)),
      )
    }),
  float: fc.float(),
  inet: fc.oneof(bytes(4), bytes(16)).map((buffer) => new InetAddress(buffer)),
  int: int(32).map(Number),
  smallint: int(16).map(Number),
  text,
  time: fc
    .bigInt({ min: 0n, max: 86_399_999_999_999n })
    .map((nanos) => new LocalTime(Long.fromString(String(nanos)))),
  timestamp: fc.date({ noInvalidDate: true }),
  timeuuid: bytes(16).map((buffer) => {
    buffer[6] = 0x10 | ((buffer[6] ?? 0) & 0x0f)
    return new TimeUuid(buffer)
  }),
  tinyint: int(8).map(Number),
  uuid: bytes(16).map((buffer) => new Uuid(buffer)),
  varint: fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }),
}
