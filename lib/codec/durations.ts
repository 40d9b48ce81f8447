import { Duration, type DurationParts } from '../driver/types/duration'
import { Long } from '../driver/types/value-classes'
import { type Codec, Refusal } from './codec'
import { kindOf, orNull, scalar } from './scalar'

/** The most characters of a duration's text; the longest that has a meaning has about 60. */
const maxText = 200

/** The value of a text. Throws `Refusal`. */
function parse(text: string): Duration {
  try {
    if (text.length > maxText) throw new TypeError('too long')
    return Duration.fromString(text)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Refusal('needs a Duration or its text, such as 1mo2d3h; got another text')
  }
}

function requireOneSign(value: Duration): Duration {
  const { months, days, nanoseconds } = value as unknown as DurationParts
  const int32 = (part: number) => Number.isInteger(part) && part === (part | 0)
  if (!int32(months) || !int32(days)) {
    throw new Refusal('needs months and days that are whole numbers of 32 bits')
  }
  const signs = new Set([Math.sign(months), Math.sign(days), Math.sign(Number(nanoseconds))])
  if (signs.has(1) && signs.has(-1)) {
    throw new Refusal('needs months, days and nanoseconds of one sign; got both')
  }
  return value
}

/** Tells a duration of the driver or of this package, also of another copy of either. */
function isDuration(input: unknown): input is DurationParts {
  return (
    typeof input === 'object' &&
    input !== null &&
    'months' in input &&
    'days' in input &&
    'nanoseconds' in input
  )
}

function checkDuration(input: unknown): Duration {
  if (input instanceof Duration) return requireOneSign(input)
  if (typeof input === 'string') return requireOneSign(parse(input))
  if (!isDuration(input)) {
    throw new Refusal(`needs a Duration or its text, such as 1mo2d3h; got ${kindOf(input)}`)
  }
  const { months, days, nanoseconds } = input
  return requireOneSign(new Duration(months, days, Long.fromString(String(nanoseconds))))
}

const native: Codec<Duration> = scalar<Duration>('duration', 'native', {
  check: checkDuration,
  toPlain: (value) => String(checkDuration(value)),
  encode: (value) => Buffer.from(value.toBuffer()),
  fromDriver: checkDuration,
  decode: (bytes, at, length) =>
    length === 0 ? null : Duration.fromBuffer(Buffer.from(bytes.subarray(at, at + length))),
})

const string: Codec<string> = scalar<string>('duration', 'string', {
  check: (input) => String(native.check(input)),
  encode: (value) => native.encode(native.check(value)),
  fromDriver: (value) => String(native.fromDriver(value)),
  decode: (bytes, at, length) => orNull(native.decode(bytes, at, length), String),
})

export const durations = { duration: { native, string } }
