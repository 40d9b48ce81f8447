import { Duration } from '../driver/types/value-classes'
import { type Codec, Refusal } from './codec'
import { isOfClass, kindOf, scalar } from './scalar'

const standard = /^-?(?:\d+(?:y|mo|w|d|h|ms|us|µs|ns|m|s))+$/iu
const iso = /^-?P(?=.)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/u

/** The driver's typings leave these out. */
interface DurationParts {
  readonly months: number
  readonly days: number
  readonly nanoseconds: { toString(): string; toNumber(): number }
}

const units = [
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1_000n],
  ['ns', 1n],
] as const

/** The driver's own text rounds the years, so this is written here. */
function print(value: Duration): string {
  const { months, days, nanoseconds } = value as unknown as DurationParts
  const nanos = BigInt(nanoseconds.toString())
  const isNegative = months < 0 || days < 0 || nanos < 0n
  const parts: string[] = []
  const add = (amount: number | bigint, unit: string) => {
    if (Number(amount) !== 0) parts.push(`${amount}${unit}`)
  }
  const allMonths = Math.abs(months)
  add(Math.floor(allMonths / 12), 'y')
  add(allMonths % 12, 'mo')
  add(Math.abs(days), 'd')
  let rest = nanos < 0n ? -nanos : nanos
  for (const [unit, size] of units) {
    add(rest / size, unit)
    rest %= size
  }
  return parts.length === 0 ? '0s' : `${isNegative ? '-' : ''}${parts.join('')}`
}

function parse(text: string): Duration | undefined {
  if (!standard.test(text) && !iso.test(text)) return undefined
  try {
    return Duration.fromString(text)
  } catch {
    return undefined
  }
}

function requireOneSign(value: Duration): Duration {
  const { months, days, nanoseconds } = value as unknown as DurationParts
  const int32 = (part: number) => Number.isInteger(part) && part === (part | 0)
  if (!int32(months) || !int32(days)) {
    throw new Refusal('needs months and days that are whole numbers of 32 bits')
  }
  const signs = new Set([Math.sign(months), Math.sign(days), Math.sign(nanoseconds.toNumber())])
  if (signs.has(1) && signs.has(-1)) {
    throw new Refusal('needs months, days and nanoseconds of one sign; got both')
  }
  return value
}

function checkDuration(input: unknown): Duration {
  if (input instanceof Duration) return requireOneSign(input)
  const value = isOfClass(input, 'Duration')
    ? parse(print(input as Duration))
    : typeof input === 'string'
      ? parse(input)
      : undefined
  if (value === undefined) {
    const got = typeof input === 'string' ? 'another text' : kindOf(input)
    throw new Refusal(`needs a Duration or its text, such as 1mo2d3h; got ${got}`)
  }
  return requireOneSign(value)
}

const native: Codec<Duration> = scalar<Duration>('duration', 'native', {
  check: checkDuration,
  toPlain: (value) => print(checkDuration(value)),
  encode: (value) => Buffer.from(value.toBuffer()),
  fromDriver: (value) => value as Duration,
  decode: (bytes, at, length) => Duration.fromBuffer(Buffer.from(bytes.subarray(at, at + length))),
})

const string: Codec<string> = scalar<string>('duration', 'string', {
  check: (input) => print(native.check(input)),
  encode: (value) => native.encode(native.check(value)),
  fromDriver: (value) => print(native.fromDriver(value)),
  decode: (bytes, at, length) => print(native.decode(bytes, at, length)),
})

export const durations = { duration: { native, string } }
