import type { CqlType } from '../../cql/cql-type'
import { type NativeName, nativeType } from '../../cql/native-types'
import { sameType } from '../../cql/print-type'
import { thaw, thawAll } from '../../cql/type-tree'

/** The functions that conversions call, by their names. */
export const converters = {
  wholeNumber: `/** Reads a whole number. The text is not shown if it is something else. */
function wholeNumber(text: string): bigint {
  if (!/^[+-]?\\d+$/u.test(text)) throw new Error('a text is not a whole number')
  return BigInt(text)
}`,
  decimalNumber: `/** Reads a number. The text is not shown if it is something else. */
function decimalNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || Number.isNaN(number)) throw new Error('a text is not a number')
  return number
}`,
} as const

/**
 * Returns the source of an expression that converts `value`, a property of a column of the type `from`, to a property
 * of the type `to`; undefined if the conversion could lose something. A value that does not fit makes the expression or
 * the write of the row throw.
 */
export function convertSource(from: CqlType, to: CqlType, value: string): string | undefined {
  if (sameType(thawAll(from), thawAll(to))) return value
  const [a, b] = [thaw(from), thaw(to)]
  if (a.kind === 'native' && b.kind === 'native') return convertNative(a.name, b.name, value)
  if ((a.kind === 'list' || a.kind === 'vector') && a.kind === b.kind) {
    if (a.kind === 'vector' && b.kind === 'vector' && a.dimension !== b.dimension) return undefined
    const each = convertSource(a.of, b.of, 'each')
    return each === undefined ? undefined : `${value}.map((each) => ${each})`
  }
  if (a.kind === 'set' && b.kind === 'set') {
    const each = convertSource(a.of, b.of, 'each')
    return each === undefined ? undefined : `new Set([...${value}].map((each) => ${each}))`
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = convertSource(a.key, b.key, 'key')
    const each = convertSource(a.value, b.value, 'each')
    if (key === undefined || each === undefined) return undefined
    return `new Map([...${value}].map(([key, each]) => [${key}, ${each}]))`
  }
  return undefined
}

/** The types whose values are whole numbers that a property of type number can hold. */
const smallIntegers: ReadonlySet<NativeName> = new Set(['tinyint', 'smallint', 'int'])
/** The properties whose text is read back as the same value. */
const printable: ReadonlySet<string> = new Set([
  'number',
  'bigint',
  'boolean',
  'Uuid',
  'TimeUuid',
  'BigDecimal',
  'LocalDate',
  'LocalTime',
  'Duration',
  'InetAddress',
])

function convertNative(from: NativeName, to: NativeName, value: string): string | undefined {
  const [a, b] = [nativeType(from).property, nativeType(to).property]
  // A number that is out of range or has a fraction is refused by the write.
  if (a === b) return value
  if (a === 'TimeUuid' && b === 'Uuid') return value
  if (b === 'string') {
    if (a === 'Date') return `${value}.toISOString()`
    return printable.has(a) ? `String(${value})` : undefined
  }
  if (b === 'bigint') {
    if (a === 'number') return `BigInt(${value})`
    if (a === 'string') return `wholeNumber(${value})`
    if (a === 'Date') return `BigInt(${value}.getTime())`
  }
  if (b === 'number') {
    if (a === 'bigint') return smallIntegers.has(to) ? `Number(${value})` : undefined
    if (a !== 'string') return undefined
    return smallIntegers.has(to) ? `Number(wholeNumber(${value}))` : `decimalNumber(${value})`
  }
  if (b === 'BigDecimal' && (smallIntegers.has(from) || a === 'bigint')) {
    return `BigDecimal.fromString(String(${value}))`
  }
  return b === 'Uuid' && a === 'string' ? `Uuid.fromString(${value})` : undefined
}
