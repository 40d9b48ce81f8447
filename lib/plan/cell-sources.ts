import { endianness } from 'node:os'
import type { Codec } from '../codec/codec'
import { codecFor } from '../codec/codec-for'
import { Refusal } from '../codec/codec'
import { readText } from '../codec/read-text'
import { sixteen } from '../codec/uuids'
import type { NativeName } from '../cql/native-types'
import { TimeUuid, Uuid } from '../driver/types/value-classes'

/** The code that reads a cell: an expression in `bytes`, `at` and `length`. */
export interface CellSource {
  /** The bytes that the expression takes; if undefined, all `length` of them. */
  readonly length: number | undefined
  readonly expression: string
  /** Tells if comparing with the cell of the row before saves time. */
  readonly isRepeated?: boolean
}

type Cell = `${NativeName} ${Codec['form']}`

const text: CellSource = {
  length: undefined,
  expression: 'text(bytes, at, length)',
  isRepeated: true,
}

/** The types whose cells are read in place; all others go through their codec's `decode`, with the same result. */
const sources: Readonly<Partial<Record<Cell, CellSource>>> = {
  'int native': { length: 4, expression: 'int32(bytes, at)' },
  'smallint native': { length: 2, expression: '((bytes[at] << 24) >> 16) | bytes[at + 1]' },
  'tinyint native': { length: 1, expression: '(bytes[at] << 24) >> 24' },
  'boolean native': { length: 1, expression: 'bytes[at] !== 0' },
  'float native': { length: 4, expression: 'float(bytes, at)' },
  'double native': { length: 8, expression: 'double(bytes, at)' },
  'bigint native': { length: 8, expression: 'bigint(bytes, at)' },
  'counter native': { length: 8, expression: 'bigint(bytes, at)' },
  'timestamp native': { length: 8, expression: 'new Date(milliseconds(bytes, at))' },
  'timestamp number': { length: 8, expression: 'milliseconds(bytes, at)' },
  'uuid native': { length: 16, expression: 'new Uuid(sixteen(bytes, at))', isRepeated: true },
  'uuid string': { length: 16, expression: 'uuidText(bytes, at)' },
  'timeuuid native': {
    length: 16,
    expression: 'new TimeUuid(sixteen(bytes, at))',
    isRepeated: true,
  },
  'timeuuid string': { length: 16, expression: 'uuidText(bytes, at)' },
  'text native': text,
  'ascii native': text,
}

/** Returns the code that reads the cells of a codec in place; undefined if its `decode` must read them. */
export function cellSourceOf(codec: Codec): CellSource | undefined {
  const { type, form } = codec
  if (type.kind !== 'native') return undefined
  // A transformer or an enum makes another codec of the same type.
  return codecFor(type, form) === codec ? sources[`${type.name} ${form}`] : undefined
}

/** A signed 32-bit number, the highest byte first. */
export function int32(bytes: Buffer, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  )
}

const halves = new Int32Array(2)
const whole = new BigInt64Array(halves.buffer)
const asDouble = new Float64Array(halves.buffer)
const asFloat = new Float32Array(halves.buffer)

/** Half the time of `readBigInt64BE`, which shifts and adds bigints. */
function bigintOfHalves(bytes: Buffer, at: number): bigint {
  halves[0] = int32(bytes, at + 4)
  halves[1] = int32(bytes, at)
  return whole[0] ?? 0n
}

function doubleOfHalves(bytes: Buffer, at: number): number {
  halves[0] = int32(bytes, at + 4)
  halves[1] = int32(bytes, at)
  return asDouble[0] ?? 0
}

const isLittleEndian = endianness() === 'LE'

const bigint = isLittleEndian
  ? bigintOfHalves
  : (bytes: Buffer, at: number) => bytes.readBigInt64BE(at)

const double = isLittleEndian
  ? doubleOfHalves
  : (bytes: Buffer, at: number) => bytes.readDoubleBE(at)

function float(bytes: Buffer, at: number): number {
  halves[0] = int32(bytes, at)
  return asFloat[0] ?? 0
}

const maxDate = 8.64e15

function milliseconds(bytes: Buffer, at: number): number {
  const value = int32(bytes, at) * 4_294_967_296 + (int32(bytes, at + 4) >>> 0)
  if (value > maxDate || value < -maxDate) {
    throw new Refusal('holds a time beyond what a Date can hold')
  }
  return value
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function uuidText(bytes: Buffer, at: number): string {
  let result = ''
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) result += '-'
    result += hex[bytes[at + i] ?? 0] ?? ''
  }
  return result
}

/** Tells if the `length` bytes at both places are the same. */
function isSame(bytes: Buffer, at: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[at + i] !== bytes[other + i]) return false
  return true
}

/** The functions and classes that the expressions use. */
export const cellTools: Readonly<Record<string, unknown>> = {
  int32,
  bigint,
  double,
  float,
  milliseconds,
  text: readText,
  sixteen,
  uuidText,
  isSame,
  Uuid,
  TimeUuid,
  // Generated code may run in another realm than ours, whose Date is another one.
  Date,
}
