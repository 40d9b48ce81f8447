import { isDriverValue } from '../driver/types/is-driver-value'
import { TimeUuid, Uuid } from '../driver/types/value-classes'
import { type Codec, Refusal } from './codec'
import { kindOf, misfitCell, orNull, scalar } from './scalar'

const slabSize = 4096

/**
 * Sixteen bytes of our own: shared with the frame they would keep all of it alive, and a buffer for each is dear.
 * A slab is kept alive by any of the 256 values in it, which is little.
 */
function makeSixteen(): (bytes: Buffer, at: number) => Buffer {
  let slab = Buffer.allocUnsafeSlow(slabSize)
  let next = 0
  return (bytes, at) => {
    if (next === slabSize) {
      slab = Buffer.allocUnsafeSlow(slabSize)
      next = 0
    }
    const start = next
    next += 16
    for (let i = 0; i < 16; i++) slab[start + i] = bytes[at + i] ?? 0
    return slab.subarray(start, next)
  }
}

/** A copy of sixteen bytes. */
export const sixteen = makeSixteen()

type UuidName = 'uuid' | 'timeuuid'

/** The value of each character as a hexadecimal digit, by its code; 256 for all others. */
const digits = Uint16Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(digit) ? 256 : digit
})

function digitAt(text: string, at: number): number {
  return digits[text.charCodeAt(at)] ?? 256
}

/** The bytes of a uuid's text; undefined when it is none. A third of the time of a pattern and `Buffer.from`. */
function parse(text: string): Buffer | undefined {
  if (text.length !== 36) return undefined
  const bytes = Buffer.allocUnsafe(16)
  let at = 0
  for (let i = 0; i < 16; i++) {
    if ((i === 4 || i === 6 || i === 8 || i === 10) && text.charCodeAt(at++) !== dash) {
      return undefined
    }
    const byte = (digitAt(text, at) << 4) | digitAt(text, at + 1)
    if (byte > 255) return undefined
    bytes[i] = byte
    at += 2
  }
  return bytes
}

const dash = 45

function native(name: UuidName): Codec<Uuid> {
  const make = (bytes: Buffer): Uuid =>
    name === 'timeuuid' ? new TimeUuid(bytes) : new Uuid(bytes)
  const check = (input: unknown): Uuid => {
    let value: Uuid
    if (input instanceof Uuid) value = input
    else {
      const bytes =
        typeof input === 'string'
          ? parse(input)
          : isDriverValue(input, 'Uuid')
            ? Buffer.from((input as Uuid).getBuffer())
            : undefined
      if (bytes === undefined) {
        const got = typeof input === 'string' ? 'another text' : kindOf(input)
        throw new Refusal(`needs a ${name} or its text of 36 characters; got ${got}`)
      }
      value = make(bytes)
    }
    if (name === 'timeuuid' && !(value instanceof TimeUuid)) {
      value = make(value.getBuffer())
    }
    if (name === 'timeuuid' && ((value.getBuffer()[6] ?? 0) & 0xf0) !== 0x10) {
      throw new Refusal('needs a timeuuid (version 1); got a uuid of another version')
    }
    return value
  }
  return scalar<Uuid>(name, 'native', {
    check,
    encode: (value) => value.getBuffer(),
    toPlain: (value) => (value instanceof Uuid ? value : check(value)).toString(),
    fromDriver: (value) => value as Uuid,
    decode(bytes, at, length) {
      return length === 16 ? make(sixteen(bytes, at)) : misfitCell(length, 16, name)
    },
  })
}

function asString(codec: Codec<Uuid>, name: UuidName): Codec<string> {
  return scalar<string>(name, 'string', {
    check: (input) => codec.check(input).toString(),
    encode: (value) => Buffer.from(value.replaceAll('-', ''), 'hex'),
    fromDriver: (value) => String(value),
    decode: (bytes, at, length) => orNull(codec.decode(bytes, at, length), String),
  })
}

function forms(name: UuidName) {
  const codec = native(name)
  return { native: codec, string: asString(codec, name) }
}

/** uuid and timeuuid. */
export const uuids = { uuid: forms('uuid'), timeuuid: forms('timeuuid') }
