import { TimeUuid, Uuid } from '../driver/value-classes'
import { type Codec, Refusal } from './codec'
import { isOfClass, kindOf, requireLength, scalar } from './scalar'

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

const pattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu

function native(name: UuidName): Codec<Uuid> {
  const make = (bytes: Buffer): Uuid =>
    name === 'timeuuid' ? new TimeUuid(bytes) : new Uuid(bytes)
  return scalar<Uuid>(name, 'native', {
    check(input) {
      let value: Uuid
      if (input instanceof Uuid) value = input
      else if (isOfClass(input, 'Uuid') || isOfClass(input, 'TimeUuid')) {
        value = make(Buffer.from((input as Uuid).getBuffer()))
      } else if (typeof input === 'string' && pattern.test(input)) {
        value = make(Buffer.from(input.replaceAll('-', ''), 'hex'))
      } else {
        const got = typeof input === 'string' ? 'another text' : kindOf(input)
        throw new Refusal(`needs a ${name} or its text of 36 characters; got ${got}`)
      }
      if (name === 'timeuuid' && !(value instanceof TimeUuid)) {
        value = make(value.getBuffer())
      }
      if (name === 'timeuuid' && ((value.getBuffer()[6] ?? 0) & 0xf0) !== 0x10) {
        throw new Refusal('needs a timeuuid (version 1); got a uuid of another version')
      }
      return value
    },
    encode: (value) => value.getBuffer(),
    fromDriver: (value) => value as Uuid,
    decode(bytes, at, length) {
      requireLength(length, 16, name)
      return make(sixteen(bytes, at))
    },
    equal: (a, b) => a.getBuffer().equals(b.getBuffer()),
  })
}

function asString(codec: Codec<Uuid>, name: UuidName): Codec<string> {
  return scalar<string>(name, 'string', {
    check: (input) => codec.check(input).toString(),
    encode: (value) => Buffer.from(value.replaceAll('-', ''), 'hex'),
    fromDriver: (value) => String(value),
    decode: (bytes, at, length) => codec.decode(bytes, at, length).toString(),
  })
}

function forms(name: UuidName) {
  const codec = native(name)
  return { native: codec, string: asString(codec, name) }
}

/** uuid and timeuuid. */
export const uuids = { uuid: forms('uuid'), timeuuid: forms('timeuuid') }
