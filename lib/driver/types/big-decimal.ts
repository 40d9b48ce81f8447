import { types } from 'cassandra-driver'
import {
  type Decimal,
  compareDecimals,
  decodeDecimal,
  encodeDecimal,
  parseDecimal,
  printDecimal,
  withoutExponent,
} from './decimal'
import { decodeVarint, encodeVarint } from './varint'

/** The stored number of an instance whose bytes have another scale, so that a key is found again. */
const stored = new WeakMap<types.BigDecimal, Decimal>()

/** The most digits that a sum or a difference may have to be written out with. */
const maxDigits = 100_000

/** The members of a decimal, which the driver's typings leave out. */
interface Members {
  readonly _intVal: types.Integer
  readonly _scale: number
}

/** Tells an instance of this class or of the driver's, also of another copy of it. */
export function isBigDecimal(value: unknown): value is types.BigDecimal {
  return (
    value instanceof types.BigDecimal ||
    (typeof value === 'object' && value !== null && '_intVal' in value && '_scale' in value)
  )
}

/** Returns the number of an instance of this class or of the driver's. */
export function decimalOf(value: types.BigDecimal): Decimal {
  const known = stored.get(value)
  if (known !== undefined) return known
  const { _intVal, _scale } = value as unknown as Members
  if (!(_intVal instanceof types.Integer))
    return { unscaled: BigInt(String(_intVal)), scale: _scale }
  const bytes = types.Integer.toBuffer(_intVal)
  return { unscaled: decodeVarint(bytes, 0, bytes.length), scale: _scale }
}

/**
 * A decimal number of any size: the driver's class, with exponents mended. `1e21` and `12.3E+7` are parsed, printed,
 * compared and added rightly; a number with more than a thousand zeros prints with an exponent.
 *
 * ```ts
 * String(BigDecimal.fromString('12.3E+7')) // '123000000'
 * BigDecimal.fromString('1.0').equals(BigDecimal.fromString('1.00')) // true
 * ```
 */
export class BigDecimal extends types.BigDecimal {
  /** Parses `12.50`, `1e21`, `12.3E+7`. Throws `TypeError` if the text is not a decimal number. */
  static override fromString(text: string): BigDecimal {
    const decimal = typeof text === 'string' ? parseDecimal(text.trim()) : undefined
    if (decimal === undefined) throw new TypeError('BigDecimal.fromString: not a decimal number')
    return toBigDecimal(decimal)
  }

  /** Returns the shortest decimal that reads as the number. Throws `TypeError` for NaN and the infinities. */
  static override fromNumber(value: number): BigDecimal {
    if (!Number.isFinite(value)) throw new TypeError('BigDecimal.fromNumber: not a finite number')
    return BigDecimal.fromString(String(value))
  }

  /** Reads the bytes of a `decimal` in the native protocol. */
  static override fromBuffer(bytes: Buffer): BigDecimal {
    return toBigDecimal(decodeDecimal(bytes, 0, bytes.length))
  }

  /** Returns the bytes of a `decimal` in the native protocol. */
  static override toBuffer(value: types.BigDecimal): Buffer {
    return encodeDecimal(decimalOf(value))
  }

  /** Returns the sum. Throws `RangeError` if the exponents are too far apart to write it out. */
  override add(other: types.BigDecimal): BigDecimal {
    return toBigDecimal(sum(decimalOf(this), decimalOf(other)))
  }

  /** Returns the difference. Throws `RangeError` if the exponents are too far apart to write it out. */
  override subtract(other: types.BigDecimal): BigDecimal {
    const { unscaled, scale } = decimalOf(other)
    return toBigDecimal(sum(decimalOf(this), { unscaled: -unscaled, scale }))
  }

  /** Returns -1, 0 or 1: this number is less than, equal to or greater than the other. */
  override compare(other: types.BigDecimal): number {
    return Math.sign(compareDecimals(decimalOf(this), decimalOf(other)))
  }

  /** Compares by value: 1.0 equals 1.00. */
  override equals(other: types.BigDecimal): boolean {
    return other instanceof types.BigDecimal && this.compare(other) === 0
  }

  override notEquals(other: types.BigDecimal): boolean {
    return !this.equals(other)
  }

  override greaterThan(other: types.BigDecimal): boolean {
    return this.compare(other) === 1
  }

  /** Prints `12.50`; with more than a thousand zeros `1e2000`. */
  override toString(): string {
    return printDecimal(decimalOf(this))
  }

  /** Returns the nearest number. */
  override toNumber(): number {
    return Number(this.toString())
  }

  override toJSON(): string {
    return this.toString()
  }
}

function sum(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  if (scale - Math.min(a.scale, b.scale) > maxDigits) {
    throw new RangeError(`BigDecimal: the exponents are more than ${maxDigits} apart`)
  }
  const unscaledTo = ({ unscaled, scale: own }: Decimal) => unscaled * 10n ** BigInt(scale - own)
  return { unscaled: unscaledTo(a) + unscaledTo(b), scale }
}

/** Returns an instance of what is stored or computed. */
export function toBigDecimal(decimal: Decimal): BigDecimal {
  const plain = withoutExponent(decimal)
  // The typings leave out that the class takes the driver's Integer, which it keeps.
  const unscaled = types.Integer.fromBuffer(encodeVarint(plain.unscaled)) as unknown as number
  const value = new BigDecimal(unscaled, plain.scale)
  if (plain !== decimal) stored.set(value, decimal)
  return value
}
