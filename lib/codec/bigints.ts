import { decodeVarint, encodeVarint } from '../driver/types/varint'
import { isWholeNumber } from '../driver/types/whole-number'
import { type Codec, Refusal } from './codec'
import { kindOf, misfitCell, orNull, scalar } from './scalar'

type BigName = 'bigint' | 'counter' | 'varint'

const limit = 2n ** 63n

/** The most digits of a number given as a text: the time to read one grows with the square of its length. */
export const maxDigits = 10_000

/** A whole number in any of the forms that hold it exactly. */
function wholeNumber(name: BigName, input: unknown): bigint {
  let value: bigint
  if (typeof input === 'bigint') {
    value = input
  } else if (typeof input === 'number') {
    if (!Number.isSafeInteger(input)) {
      throw new Refusal(
        Number.isInteger(input)
          ? 'needs a bigint; got a number beyond 2 ** 53, which has lost digits already'
          : `needs a bigint or a whole number; got ${Number.isFinite(input) ? 'a fraction' : kindOf(input)}`,
      )
    }
    value = BigInt(input)
  } else if (isWholeNumber(input)) {
    value = BigInt(String(input))
  } else if (typeof input === 'string' && input.length > maxDigits) {
    throw new Refusal(`needs at most ${maxDigits} digits; got a text of ${input.length} characters`)
  } else if (typeof input === 'string' && /^[+-]?\d+$/u.test(input)) {
    value = BigInt(input.replace('+', ''))
  } else {
    throw new Refusal(
      `needs a bigint, a whole number or a text of digits; got ${typeof input === 'string' ? 'another text' : kindOf(input)}`,
    )
  }
  if (name !== 'varint' && (value >= limit || value < -limit)) {
    throw new Refusal(`needs a whole number of 64 bits; got one out of range`)
  }
  return value
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigInt64BE(value)
  return bytes
}

function native(name: BigName): Codec<bigint> {
  return scalar<bigint>(name, 'native', {
    check: (input) => wholeNumber(name, input),
    encode: name === 'varint' ? encodeVarint : int64,
    toPlain: (value) => (typeof value === 'bigint' ? value : wholeNumber(name, value)).toString(),
    // Long, Integer or bigint, as the client's options have it: all print their digits.
    fromDriver: (value) => (typeof value === 'bigint' ? value : BigInt(String(value))),
    decode(bytes, at, length) {
      if (name === 'varint') return length === 0 ? null : decodeVarint(bytes, at, length)
      return length === 8 ? bytes.readBigInt64BE(at) : misfitCell(length, 8, name)
    },
  })
}

function asNumber(codec: Codec<bigint>, name: BigName): Codec<number> {
  const exact = (value: bigint) => {
    const number = Number(value)
    if (!Number.isSafeInteger(number)) {
      throw new Refusal(
        `holds a number beyond 2 ** 53, which as: 'number' would round; use bigint or as: 'string'`,
      )
    }
    return number
  }
  return scalar<number>(name, 'number', {
    check: (input) => exact(codec.check(input)),
    encode: (value) => codec.encode(BigInt(value)),
    fromDriver: (value) => exact(codec.fromDriver(value)),
    decode: (bytes, at, length) => orNull(codec.decode(bytes, at, length), exact),
  })
}

function asString(codec: Codec<bigint>, name: BigName): Codec<string> {
  return scalar<string>(name, 'string', {
    check: (input) => codec.check(input).toString(),
    encode: (value) => codec.encode(BigInt(value)),
    fromDriver: (value) => codec.fromDriver(value).toString(),
    decode: (bytes, at, length) => orNull(codec.decode(bytes, at, length), String),
  })
}

function forms(name: BigName) {
  const codec = native(name)
  return { native: codec, number: asNumber(codec, name), string: asString(codec, name) }
}

/** bigint, counter and varint. The driver gets bytes, since what else it takes depends on its options. */
export const bigints = {
  bigint: forms('bigint'),
  counter: forms('counter'),
  varint: forms('varint'),
}
