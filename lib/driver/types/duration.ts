import { types } from 'cassandra-driver'

/** The members of a duration, which the driver's typings leave out. */
export interface DurationParts {
  readonly months: number
  readonly days: number
  readonly nanoseconds: { readonly toString: () => string }
}

const maxInt32 = 2n ** 31n - 1n
const maxInt64 = 2n ** 63n - 1n

/** The units in the order in which a text has them: the part that each counts in, and how many of it. */
const units: readonly (readonly [
  unit: string,
  part: 'months' | 'days' | 'nanoseconds',
  size: bigint,
])[] = [
  ['y', 'months', 12n],
  ['mo', 'months', 1n],
  ['w', 'days', 7n],
  ['d', 'days', 1n],
  ['h', 'nanoseconds', 3_600_000_000_000n],
  ['m', 'nanoseconds', 60_000_000_000n],
  ['s', 'nanoseconds', 1_000_000_000n],
  ['ms', 'nanoseconds', 1_000_000n],
  ['us', 'nanoseconds', 1_000n],
  ['ns', 'nanoseconds', 1n],
]

const isoUnits = ['y', 'mo', 'w', 'd', 'h', 'm', 's'] as const

const iso =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u
const isoAlternative = /^P(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/u

/** The amounts of a text by unit, in the order of the text; undefined for another text. */
function amountsOf(text: string): readonly (readonly [unit: string, amount: bigint])[] | undefined {
  if (text.startsWith('P')) {
    const [, ...groups] = iso.exec(text) ?? []
    const [, years, months, ...rest] = isoAlternative.exec(text) ?? []
    const found =
      groups.length > 0 ? groups : years === undefined ? [] : [years, months, undefined, ...rest]
    const amounts = isoUnits.flatMap((unit, i) => {
      const amount = found[i]
      return amount === undefined ? [] : [[unit, BigInt(amount)] as const]
    })
    return amounts.length === 0 ? undefined : amounts
  }
  if (!/^(?:\d+(?:y|mo|w|d|h|ms|us|µs|ns|m|s))+$/iu.test(text)) return undefined
  return Array.from(text.matchAll(/(\d+)(\D+)/gu), ([, amount = '', unit = '']) => [
    unit.toLowerCase().replace('µ', 'u'),
    BigInt(amount),
  ])
}

/** Parses a duration. Throws `TypeError`, which says what is wrong without the text. */
function parse(text: string): Duration {
  const isNegative = text.startsWith('-')
  const amounts = amountsOf(isNegative ? text.slice(1) : text)
  if (amounts === undefined) {
    throw new TypeError(
      'Duration.fromString: not a duration such as 1y2mo3d4h5m6s, P1Y2M3DT4H5M6S or P2W',
    )
  }
  const parts = { months: 0n, days: 0n, nanoseconds: 0n }
  let last = -1
  for (const [unit, amount] of amounts) {
    const at = units.findIndex(([name]) => name === unit)
    const [, part, size] = units[at] ?? ['ns', 'nanoseconds', 1n]
    if (at <= last) {
      throw new TypeError(
        'Duration.fromString: the units must go from years to nanoseconds, each once',
      )
    }
    last = at
    parts[part] += amount * size
  }
  const { months, days, nanoseconds } = parts
  if (months > maxInt32 || days > maxInt32 || nanoseconds > maxInt64) {
    throw new TypeError(
      'Duration.fromString: months and days must be less than 2 ** 31, nanoseconds less than 2 ** 63',
    )
  }
  const sign = isNegative ? -1n : 1n
  return new Duration(
    Number(sign * months),
    Number(sign * days),
    types.Long.fromString(String(sign * nanoseconds)),
  )
}

/** Prints any duration, of this class or of the driver's, which rounds the years. */
function printDuration(value: types.Duration): string {
  const { months, days, nanoseconds } = value as unknown as DurationParts
  const nanos = BigInt(nanoseconds.toString())
  const rest = {
    months: BigInt(Math.abs(months)),
    days: BigInt(Math.abs(days)),
    nanoseconds: nanos < 0n ? -nanos : nanos,
  }
  let text = ''
  for (const [unit, part, size] of units) {
    const amount = rest[part] / size
    // Weeks are read; what is printed are days.
    if (amount === 0n || unit === 'w') continue
    text += `${amount}${unit}`
    rest[part] %= size
  }
  const isNegative = months < 0 || days < 0 || nanos < 0n
  return text === '' ? '0s' : `${isNegative ? '-' : ''}${text}`
}

/**
 * Months, days and nanoseconds: the driver's class, with its text mended. 1y7mo prints as such, and a text with more
 * than the type holds is refused.
 *
 * ```ts
 * String(Duration.fromString('19mo')) // '1y7mo'
 * ```
 */
export class Duration extends types.Duration {
  /**
   * Parses `1y2mo3w4d5h6m7s8ms9us10ns`, `P1Y2M4DT5H6M7S`, `P3W`, `P0001-02-03T04:05:06`, each with or without `-` before
   * it. Throws `TypeError` for another text, and for more than the type holds.
   */
  static override fromString(text: string): Duration {
    return parse(text)
  }

  /** Reads the bytes of a `duration` in the native protocol. */
  static override fromBuffer(bytes: Buffer): Duration {
    const { months, days, nanoseconds } = types.Duration.fromBuffer(
      bytes,
    ) as unknown as DurationParts
    return new Duration(months, days, nanoseconds as types.Long)
  }

  /** Prints `1y2mo3d4h5m6s7ms8us9ns`; a duration of nothing is `0s`. */
  override toString(): string {
    return printDuration(this)
  }
}
