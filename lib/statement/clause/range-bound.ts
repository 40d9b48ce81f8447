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
  const { type } = codec
  const isTime = type.kind === 'native' && type.name === 'timeuuid' && codec.isTransformed !== true
  if (end === undefined || !isTime) return codec
  return {
    ...codec,
    check: (input) => codec.check(input instanceof Date ? timeuuidAt(input, end) : input),
  }
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
