import { BigDecimal } from '../driver/types/value-classes'
import { decodeVarint, encodeVarint } from './bigints'
import { type Codec, Refusal } from './codec'
import { isOfClass, kindOf, scalar } from './scalar'

/** unscaled × 10 ** -scale */
interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

function parse(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/iu.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const scale = fraction.length - Number(exponent)
  if (whole + fraction === '' || Math.abs(scale) > 2_147_483_647) return undefined
  const digits = BigInt(whole + fraction)
  return { unscaled: sign === '-' ? -digits : digits, scale }
}

function print({ unscaled, scale }: Decimal): string {
  const sign = unscaled < 0n ? '-' : ''
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString()
  if (scale <= 0) return scale === 0 ? `${sign}${digits}` : `${sign}${digits}e${-scale}`
  if (scale > 1000) return `${sign}${digits}e-${scale}`
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/** Equal in value: 1.0 and 1.00 hold the same number. */
function sameNumber(a: Decimal, b: Decimal): boolean {
  return canonical(a) === canonical(b)
}

function canonical({ unscaled, scale }: Decimal): string {
  if (unscaled === 0n) return '0'
  const digits = unscaled.toString()
  const significant = digits.replace(/0+$/u, '')
  return `${significant}e${digits.length - significant.length - scale}`
}

function encode({ unscaled, scale }: Decimal): Buffer {
  const digits = encodeVarint(unscaled)
  const bytes = Buffer.allocUnsafe(4 + digits.length)
  bytes.writeInt32BE(scale)
  digits.copy(bytes, 4)
  return bytes
}

/** Reads the four bytes of the scale and the varint after them. */
export function unscaledAndScale(bytes: Buffer, at: number, length: number): Decimal {
  if (length < 5) throw new Refusal(`the server sent ${length} bytes for a decimal`)
  return { scale: bytes.readInt32BE(at), unscaled: decodeVarint(bytes, at + 4, length - 4) }
}

function toBigDecimal(decimal: Decimal): BigDecimal {
  return BigDecimal.fromBuffer(encode(decimal))
}

/** The driver's class prints a negative scale wrongly, so its bytes are read instead. */
function fromBigDecimal(value: object): Decimal {
  const { toBuffer } = value.constructor as unknown as { toBuffer: (value: object) => Buffer }
  const bytes = toBuffer(value)
  return unscaledAndScale(bytes, 0, bytes.length)
}

function checkDecimal(input: unknown): Decimal {
  if (isOfClass(input, 'BigDecimal')) return fromBigDecimal(input)
  if (typeof input === 'bigint') return { unscaled: input, scale: 0 }
  const decimal =
    typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input))
      ? parse(String(input))
      : undefined
  if (decimal === undefined) {
    throw new Refusal(
      `needs a BigDecimal, a finite number, a bigint or a decimal text; got ${typeof input === 'string' ? 'another text' : kindOf(input)}`,
    )
  }
  return decimal
}

function exactNumber(decimal: Decimal): number {
  const value = Number(print(decimal))
  const back = Number.isFinite(value) ? parse(String(value)) : undefined
  if (back === undefined || !sameNumber(back, decimal)) {
    throw new Refusal(`holds more digits than a number can; use BigDecimal or as: 'string'`)
  }
  return value
}

function decimal<V>(
  form: 'native' | 'string' | 'number',
  to: (decimal: Decimal) => V,
  from: (value: V) => Decimal,
): Codec<V> {
  return scalar<V>('decimal', form, {
    check: (input) => to(checkDecimal(input)),
    // A BigDecimal has no JSON of its own, and a number would lose digits.
    toPlain:
      form === 'number'
        ? (value) => to(checkDecimal(value))
        : (value) => print(checkDecimal(value)),
    encode: (value) => encode(from(value)),
    fromDriver: (value) => to(fromBigDecimal(value as object)),
    decode: (bytes, at, length) => to(unscaledAndScale(bytes, at, length)),
  })
}

/** decimal, with its scale kept. */
export const decimals = {
  decimal: {
    native: decimal<BigDecimal>('native', toBigDecimal, fromBigDecimal),
    string: decimal<string>('string', print, checkDecimal),
    number: decimal<number>('number', exactNumber, checkDecimal),
  },
}
