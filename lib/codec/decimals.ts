import { type BigDecimal, decimalOf, isBigDecimal, toBigDecimal } from '../driver/types/big-decimal'
import {
  type Decimal,
  decodeDecimal,
  encodeDecimal,
  identifyDecimal,
  parseDecimal,
  printDecimal,
} from '../driver/types/decimal'
import { isWholeNumber } from '../driver/types/whole-number'
import { maxDigits } from './bigints'
import { type Codec, Refusal } from './codec'
import { kindOf, misfitCell, scalar } from './scalar'

function decode(bytes: Buffer, at: number, length: number): Decimal | null {
  return length < 5 ? misfitCell(length, '5 or more', 'decimal') : decodeDecimal(bytes, at, length)
}

function checkDecimal(input: unknown): Decimal {
  if (isBigDecimal(input)) return decimalOf(input)
  if (typeof input === 'bigint') return { unscaled: input, scale: 0 }
  if (isWholeNumber(input)) return { unscaled: BigInt(String(input)), scale: 0 }
  if (typeof input === 'string' && input.length > maxDigits) {
    throw new Refusal(`needs at most ${maxDigits} digits; got a text of ${input.length} characters`)
  }
  const decimal =
    typeof input === 'string' || (typeof input === 'number' && Number.isFinite(input))
      ? parseDecimal(String(input))
      : undefined
  if (decimal === undefined) {
    throw new Refusal(
      `needs a BigDecimal, a finite number, a bigint or a decimal text; got ${typeof input === 'string' ? 'another text' : kindOf(input)}`,
    )
  }
  return decimal
}

function exactNumber(decimal: Decimal): number {
  const value = Number(printDecimal(decimal))
  const back = Number.isFinite(value) ? parseDecimal(String(value)) : undefined
  if (back === undefined || identifyDecimal(back) !== identifyDecimal(decimal)) {
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
    // A number would lose digits.
    toPlain:
      form === 'number'
        ? (value) => to(checkDecimal(value))
        : (value) => printDecimal(checkDecimal(value)),
    encode: (value) => encodeDecimal(from(value)),
    fromDriver: (value) => to(decimalOf(value as BigDecimal)),
    decode(bytes, at, length) {
      const read = decode(bytes, at, length)
      return read === null ? null : to(read)
    },
  })
}

/** decimal, with its scale kept. */
export const decimals = {
  decimal: {
    native: decimal<BigDecimal>('native', toBigDecimal, decimalOf),
    string: decimal<string>('string', printDecimal, checkDecimal),
    number: decimal<number>('number', exactNumber, checkDecimal),
  },
}
