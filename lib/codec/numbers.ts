import { isWholeNumber } from '../driver/types/whole-number'
import { type Codec, Refusal } from './codec'
import { kindOf, misfitCell, scalar } from './scalar'

function integer(name: 'tinyint' | 'smallint' | 'int', bytes: 1 | 2 | 4): Codec<number> {
  const largest = 2 ** (8 * bytes - 1) - 1
  const smallest = -largest - 1
  return scalar<number>(name, 'native', {
    check(input) {
      const value = typeof input === 'bigint' || isWholeNumber(input) ? Number(input) : input
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        const got =
          typeof value === 'number' && Number.isFinite(value) ? 'a fraction' : kindOf(input)
        throw new Refusal(`needs a whole number from ${smallest} to ${largest}; got ${got}`)
      }
      if (value < smallest || value > largest) {
        throw new Refusal(
          `needs a whole number from ${smallest} to ${largest}; got one out of range`,
        )
      }
      return value === 0 ? 0 : value
    },
    toDriver: (value) => value,
    encode(value) {
      const buffer = Buffer.allocUnsafe(bytes)
      buffer.writeIntBE(value, 0, bytes)
      return buffer
    },
    fromDriver: (value) => value as number,
    decode(buffer, at, length) {
      return length === bytes ? buffer.readIntBE(at, bytes) : misfitCell(length, bytes, name)
    },
  })
}

/** The numbers that JSON cannot hold. The server distinguishes -0 from 0, also in keys. */
const numbersAsText: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
])

function plainNumber(value: number): number | string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

function floating(name: 'float' | 'double'): Codec<number> {
  const check = (input: unknown): number => {
    if (typeof input === 'bigint') {
      const value = Number(input)
      if (BigInt(value) !== input) {
        throw new Refusal(`needs a number; got a bigint that a ${name} cannot hold exactly`)
      }
      return value
    }
    if (typeof input !== 'number') throw new Refusal(`needs a number; got ${kindOf(input)}`)
    if (name === 'float' && Number.isFinite(input) && !Number.isFinite(Math.fround(input))) {
      throw new Refusal('needs a number that a float can hold; got one out of range')
    }
    // A NaN may have other bits than the one of the server, and as a partition key it would then be another key.
    return Number.isNaN(input) ? Number.NaN : input
  }
  return scalar<number>(name, 'native', {
    check,
    toPlain(value) {
      const number = check(value)
      return number - number === 0 && number !== 0 ? number : plainNumber(number)
    },
    fromPlain(plain) {
      if (typeof plain !== 'string') return check(plain)
      const number = numbersAsText.get(plain)
      if (number === undefined) throw new Refusal('needs a number; got a string')
      return number
    },
    toDriver: (value) => value,
    encode(value) {
      const buffer = Buffer.allocUnsafe(name === 'float' ? 4 : 8)
      if (name === 'float') buffer.writeFloatBE(value)
      else buffer.writeDoubleBE(value)
      return buffer
    },
    fromDriver: (value) => value as number,
    decode(buffer, at, length) {
      const bytes = name === 'float' ? 4 : 8
      if (length !== bytes) return misfitCell(length, bytes, name)
      return name === 'float' ? buffer.readFloatBE(at) : buffer.readDoubleBE(at)
    },
  })
}

const boolean = scalar<boolean>('boolean', 'native', {
  check(input) {
    if (typeof input !== 'boolean') {
      throw new Refusal(`needs true or false; got ${kindOf(input)}`)
    }
    return input
  },
  toDriver: (value) => value,
  encode: (value) => Buffer.from([value ? 1 : 0]),
  fromDriver: (value) => value as boolean,
  decode(buffer, at, length) {
    return length === 1 ? buffer[at] !== 0 : misfitCell(length, 1, 'boolean')
  },
})

/** tinyint, smallint, int, float, double and boolean: JavaScript's own values. */
export const numbers = {
  tinyint: { native: integer('tinyint', 1) },
  smallint: { native: integer('smallint', 2) },
  int: { native: integer('int', 4) },
  float: { native: floating('float') },
  double: { native: floating('double') },
  boolean: { native: boolean },
}
