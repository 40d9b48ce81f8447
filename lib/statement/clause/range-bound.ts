import { type Codec, Refusal } from '../../codec/codec'
import { TimeUuid } from '../../driver/types/value-classes'
import type { Marker } from '../statement'

/** The end of a millisecond that a `Date` stands for: `> date` excludes the whole millisecond, `>= date` includes it. */
const ends: Readonly<Record<string, 'min' | 'max'>> = {
  '>': 'max',
  '>=': 'min',
  '<': 'min',
  '<=': 'max',
}

/** Returns the codec of the bound of a range, which accepts a `Date` if the column is a `timeuuid`. */
export function rangeBound(codec: Codec, sign: string): Marker['codec'] {
  const end = ends[sign]
  return end === undefined ? codec : withDate(codec, (date) => timeuuidAt(date, end))
}

/**
 * Returns the codec of a component that is not the last of a tuple. It refuses a `Date`: the components after it are
 * compared where its timeuuids are equal, and the timeuuids of a millisecond differ.
 */
export function leadingBound(codec: Codec, sign: string): Marker['codec'] {
  return ends[sign] === undefined ? codec : withDate(codec, refuseDate)
}

function withDate(codec: Codec, convert: (date: Date) => TimeUuid): Marker['codec'] {
  const { type } = codec
  const isTime = type.kind === 'native' && type.name === 'timeuuid' && codec.isTransformed !== true
  if (!isTime) return codec
  return {
    ...codec,
    check: (input) => codec.check(input instanceof Date ? convert(input) : input),
  }
}

function refuseDate(): never {
  throw new Refusal(
    'a Date stands for its whole millisecond only in the last column of a tuple; ' +
      'give a timeuuid, such as TimeUuid.min(date) or TimeUuid.max(date)',
  )
}

function timeuuidAt(date: Date, end: 'min' | 'max'): TimeUuid {
  try {
    return TimeUuid[end](date)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new Refusal('needs a timeuuid or a Date that a timeuuid can hold; got another Date', {
      cause,
    })
  }
}
