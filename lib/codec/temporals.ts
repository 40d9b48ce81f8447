import { isDriverValue } from '../driver/types/is-driver-value'
import { LocalDate, LocalTime, Long } from '../driver/types/value-classes'
import { type Codec, Refusal } from './codec'
import { durations } from './durations'
import { kindOf, misfitCell, orNull, scalar } from './scalar'

const largestDate = 8.64e15

function milliseconds(input: unknown): number {
  const value = input instanceof Date ? input.getTime() : input
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > largestDate) {
    const got =
      input instanceof Date
        ? 'an invalid Date'
        : typeof value === 'number'
          ? 'a number that is no Date'
          : kindOf(input)
    throw new Refusal(`needs a Date or whole milliseconds since 1970; got ${got}`)
  }
  return value === 0 ? 0 : value
}

function encodeMilliseconds(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}

function decodeMilliseconds(bytes: Buffer, at: number, length: number): number | null {
  return length === 8
    ? readable(Number(bytes.readBigInt64BE(at)))
    : misfitCell(length, 8, 'timestamp')
}

function readable(value: number): number {
  if (!(Math.abs(value) <= largestDate)) {
    throw new Refusal('holds a time beyond what a Date can hold')
  }
  return value
}

function checkDate(input: unknown): Date {
  const value = milliseconds(input)
  return input instanceof Date ? input : new Date(value)
}

const iso =
  /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:[0-5]\d))?$/u

function parseTimestamp(text: string): Date {
  const [, year, month, day] = iso.exec(text) ?? []
  const date = new Date(year === undefined ? NaN : text)
  // A 31st of February would be one of the first of March.
  const isDay =
    Number(day) <= new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate()
  if (!isDay || Number.isNaN(date.getTime())) {
    throw new Refusal('needs a time in ISO form, YYYY-MM-DDTHH:MM:SS.sssZ; got another text')
  }
  return date
}

const timestamp: Codec<Date> = scalar<Date>('timestamp', 'native', {
  check: checkDate,
  toPlain: (value) => checkDate(value).toISOString(),
  fromPlain: (plain) => (typeof plain === 'string' ? parseTimestamp(plain) : checkDate(plain)),
  toDriver: (value) => value,
  encode: (value) => encodeMilliseconds(value.getTime()),
  fromDriver(value) {
    readable((value as Date).getTime())
    return value as Date
  },
  decode: (bytes, at, length) =>
    orNull(decodeMilliseconds(bytes, at, length), (value) => new Date(value)),
})

const timestampNumber: Codec<number> = scalar<number>('timestamp', 'number', {
  check: milliseconds,
  encode: encodeMilliseconds,
  fromDriver: (value) => readable((value as Date).getTime()),
  decode: decodeMilliseconds,
})

/** Days since 1970, moved so that the smallest is 0. */
function encodeDays(days: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(days + 2 ** 31)
  return bytes
}

function parseDate(text: string): LocalDate | undefined {
  const match = /^(-?\d{4,6})-(\d\d)-(\d\d)$/u.exec(text)
  if (match === null) {
    // Beyond what a Date can hold, a LocalDate prints and reads its days since 1970.
    const days = /^-?\d{9,10}$/u.test(text) ? Number(text) : 0
    return Math.abs(days) > 100_000_000 && days >= -(2 ** 31) && days < 2 ** 31
      ? LocalDate.fromBuffer(encodeDays(days))
      : undefined
  }
  const [, year, month, day] = match.map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  // Beyond the days that a Date can hold, the constructor throws.
  if (Number.isNaN(Date.UTC(year, month - 1, day))) return undefined
  const date = new LocalDate(year, month, day)
  return date.month === month && date.day === day ? date : undefined
}

function checkDay(input: unknown): LocalDate {
  if (input instanceof LocalDate) {
    // The driver's class takes NaN for days, and would send the first day of all.
    if (String(input) === 'NaN') throw new Refusal('needs a valid day; got a LocalDate of NaN')
    return input
  }
  if (isDriverValue(input, 'LocalDate')) {
    return LocalDate.fromBuffer((input as unknown as { toBuffer(): Buffer }).toBuffer())
  }
  const value = typeof input === 'string' ? parseDate(input) : undefined
  if (value === undefined) {
    const got = typeof input === 'string' ? 'another text' : kindOf(input)
    throw new Refusal(`needs a LocalDate or the text of a day, YYYY-MM-DD; got ${got}`)
  }
  return value
}

const date: Codec<LocalDate> = scalar<LocalDate>('date', 'native', {
  check: checkDay,
  toPlain: (value) => String(checkDay(value)),
  encode: (value) => value.toBuffer(),
  fromDriver: (value) => value as LocalDate,
  decode(bytes, at, length) {
    return length === 4
      ? LocalDate.fromBuffer(bytes.subarray(at, at + 4))
      : misfitCell(length, 4, 'date')
  },
})

function parseTime(text: string): LocalTime | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?$/u.exec(text)
  if (match === null) return undefined
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  const nanoseconds =
    BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1_000_000_000n +
    BigInt(fraction.padEnd(9, '0'))
  return new LocalTime(Long.fromString(nanoseconds.toString()))
}

function checkTime(input: unknown): LocalTime {
  if (input instanceof LocalTime) return input
  const value = isDriverValue(input, 'LocalTime')
    ? parseTime(String(input))
    : typeof input === 'string'
      ? parseTime(input)
      : undefined
  if (value === undefined) {
    const got = typeof input === 'string' ? 'another text' : kindOf(input)
    throw new Refusal(`needs a LocalTime or the text of a time, HH:MM:SS.nnnnnnnnn; got ${got}`)
  }
  return value
}

const time: Codec<LocalTime> = scalar<LocalTime>('time', 'native', {
  check: checkTime,
  toPlain: (value) => String(checkTime(value)),
  encode: (value) => Buffer.from(value.toBuffer()),
  fromDriver: (value) => value as LocalTime,
  decode(bytes, at, length) {
    return length === 8
      ? LocalTime.fromBuffer(bytes.subarray(at, at + 8))
      : misfitCell(length, 8, 'time')
  },
})

/** The form of a value class as its text. */
function asText<V>(codec: Codec<V>, print: (value: V) => string = String): Codec<string> {
  if (codec.type.kind !== 'native') throw new TypeError('only a scalar has a text')
  return scalar<string>(codec.type.name, 'string', {
    check: (input) => print(codec.check(input)),
    encode: (value) => codec.encode(codec.check(value)),
    fromDriver: (value) => print(codec.fromDriver(value)),
    decode: (bytes, at, length) => orNull(codec.decode(bytes, at, length), print),
  })
}

/** timestamp, date, time and duration. */
export const temporals = {
  timestamp: { native: timestamp, number: timestampNumber },
  date: { native: date, string: asText(date) },
  time: { native: time, string: asText(time) },
  ...durations,
}
