import { decodeVarint, encodeVarint } from './varint'

/** The number `unscaled × 10 ** -scale`. */
export interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

/** The most zeros that are written out; numbers with more have an exponent in their text. */
const maxZeros = 1000

const maxScale = 2_147_483_647

/** Parses `12.50`, `-1e21`, `12.3E+7`; undefined for another text, and for an exponent of more than 32 bits. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/iu.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const scale = fraction.length - Number(exponent)
  if (whole + fraction === '' || Math.abs(scale) > maxScale) return undefined
  const digits = BigInt(whole + fraction)
  return { unscaled: sign === '-' ? -digits : digits, scale }
}

/** Prints a decimal with its scale: `12.50`, `1000`; with more than a thousand zeros `1e2000`, `1e-2000`. */
export function printDecimal({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : ''
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString()
  if (scale === 0 || (scale < 0 && unscaled === 0n)) return `${sign}${digits}`
  if (scale < 0) {
    return scale < -maxZeros
      ? `${sign}${digits}e${-scale}`
      : `${sign}${digits}${'0'.repeat(-scale)}`
  }
  if (scale > digits.length + maxZeros) return `${sign}${digits}e-${scale}`
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/** Returns the same number with a scale of at least 0, if no more than a thousand zeros have to be written for it. */
export function withoutExponent(decimal: Decimal): Decimal {
  const { unscaled, scale } = decimal
  if (scale >= 0) return decimal
  if (unscaled === 0n) return { unscaled, scale: 0 }
  return scale < -maxZeros ? decimal : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 }
}

interface Magnitude {
  readonly digits: string
  /** The power of ten of the first digit, plus one. */
  readonly exponent: number
}

/** The significant digits, without zeros at either end. */
function magnitudeOf({ unscaled, scale }: Decimal): Magnitude {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString()
  return { digits: digits.replace(/0+$/u, ''), exponent: digits.length - scale }
}

/** Returns one text for all decimals of one value: 1.0 and 1.00 have the same. */
export function identifyDecimal(decimal: Decimal): string {
  if (decimal.unscaled === 0n) return '0'
  const { digits, exponent } = magnitudeOf(decimal)
  return `${decimal.unscaled < 0n ? '-' : ''}${digits}e${exponent}`
}

/** Compares by value, whatever the scales. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [signA, signB] = [
    Math.sign(Number(a.unscaled > 0n) - Number(a.unscaled < 0n)),
    Math.sign(Number(b.unscaled > 0n) - Number(b.unscaled < 0n)),
  ]
  if (signA !== signB || signA === 0) return signA - signB
  const [left, right] = [magnitudeOf(a), magnitudeOf(b)]
  if (left.exponent !== right.exponent) return left.exponent < right.exponent ? -signA : signA
  if (left.digits === right.digits) return 0
  return left.digits < right.digits ? -signA : signA
}

/** Encodes the four bytes of the scale and the varint after them. */
export function encodeDecimal({ unscaled, scale }: Decimal): Buffer {
  const digits = encodeVarint(unscaled)
  const bytes = Buffer.allocUnsafe(4 + digits.length)
  bytes.writeInt32BE(scale)
  digits.copy(bytes, 4)
  return bytes
}

/** Decodes at least five bytes. */
export function decodeDecimal(bytes: Buffer, at: number, length: number): Decimal {
  return { scale: bytes.readInt32BE(at), unscaled: decodeVarint(bytes, at + 4, length - 4) }
}
