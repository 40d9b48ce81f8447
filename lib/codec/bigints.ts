import { type Codec, Refusal } from './codec'
import { kindOf, requireLength, scalar } from './scalar'

type BigName = 'bigint' | 'counter' | 'varint'

const limit = 2n ** 63n

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

/** Two's complement in the fewest bytes, the highest first. */
export function encodeVarint(value: bigint): Buffer {
  const magnitude = value < 0n ? -value - 1n : value
  const length = Math.floor(magnitude.toString(16).length / 2) + 1
  const hex = BigInt.asUintN(8 * length, value)
    .toString(16)
    .padStart(2 * length, '0')
  const bytes = Buffer.from(hex, 'hex')
  const first = bytes[0] ?? 0
  const second = bytes[1]
  const isPadded =
    second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  return isPadded ? bytes.subarray(1) : bytes
}

export function decodeVarint(bytes: Buffer, at: number, length: number): bigint {
  if (length === 0) throw new Refusal('the server sent 0 bytes for a varint')
  return BigInt.asIntN(8 * length, BigInt(`0x${bytes.toString('hex', at, at + length)}`))
}

function native(name: BigName): Codec<bigint> {
  return scalar<bigint>(name, 'native', {
    check: (input) => wholeNumber(name, input),
    encode: name === 'varint' ? encodeVarint : int64,
    toPlain: (value) => (typeof value === 'bigint' ? value : wholeNumber(name, value)).toString(),
    // Long, Integer or bigint, as the client's options have it: all print their digits.
    fromDriver: (value) => (typeof value === 'bigint' ? value : BigInt(String(value))),
    decode(bytes, at, length) {
      if (name === 'varint') return decodeVarint(bytes, at, length)
      requireLength(length, 8, name)
      return bytes.readBigInt64BE(at)
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
    decode: (bytes, at, length) => exact(codec.decode(bytes, at, length)),
  })
}

function asString(codec: Codec<bigint>, name: BigName): Codec<string> {
  return scalar<string>(name, 'string', {
    check: (input) => codec.check(input).toString(),
    encode: (value) => codec.encode(BigInt(value)),
    fromDriver: (value) => codec.fromDriver(value).toString(),
    decode: (bytes, at, length) => codec.decode(bytes, at, length).toString(),
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
