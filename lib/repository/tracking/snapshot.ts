import { type Codec, Refusal } from '../../codec/codec'
import { identityOf } from '../../codec/identity'
import { anyOrder } from '../../codec/parameter'
import type { CqlType } from '../../cql/cql-type'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { isEmptyCollection } from '../../metadata/empty-collection'

/**
 * A value that cannot be changed any more: its bytes in the native protocol, as a text of one byte a character, which
 * takes the least memory.
 */
class StoredBytes {
  constructor(readonly text: string) {}
}

/**
 * The stored value of a column: undefined if it is not known, null if the column has no value. A value that cannot
 * change in place is kept unchanged, any other as its bytes.
 */
export type Stored = unknown

/** The stored values of an entity, as far as they are known. */
export interface Snapshot {
  /** The columns of the repository that read or wrote the entity: each of several classes in one table has its own. */
  readonly columns: readonly ColumnMetadata[]
  /** The stored values, in the order of the columns. */
  readonly values: readonly Stored[]
}

type Values = Readonly<Record<string, unknown>>

/** Stands for an empty collection that a write left unset: what is stored is not known, and the entity has nothing. */
export const unfilled: Stored = Object.freeze({})

/**
 * Returns the stored values of an entity that was read or written. A write leaves the column of an undefined property
 * unchanged, so its value in `before` still holds.
 */
export function takeSnapshot(
  { columns }: EntityMetadata,
  written: object,
  before?: Snapshot,
  given = written,
): Snapshot {
  const values: Stored[] = []
  for (const column of columns) {
    const value = (written as Values)[column.property]
    if (value === undefined) {
      const left = (given as Values)[column.property]
      // A null that a write left unset was absent before it.
      if (left === null) values.push(null)
      else if (isEmptyCollection(column, left)) values.push(unfilled)
      else values.push(before?.values[placeOf(before, column)])
    } else values.push(isImmutable(value) ? value : keepBytes(bytesOf(column, value)))
  }
  return { columns, values }
}

/** A value of a column that is written, with its bytes. */
export interface WrittenValue {
  readonly column: ColumnMetadata
  readonly to: unknown
  /** The bytes of `to`; null if nothing is stored of it, undefined if it does not fit. */
  readonly after: Buffer | null | undefined
}

/** Returns what is stored after these values were written: every other column keeps what was known of it. */
export function moveSnapshot(before: Snapshot, written: readonly WrittenValue[]): Snapshot {
  const values = [...before.values]
  for (const { column, to, after } of written) {
    values[placeOf(before, column)] = isImmutable(to) ? to : keepBytes(after)
  }
  return { columns: before.columns, values }
}

/** The place of a column, which may be that of another class in the same table; -1 if it has none. */
function placeOf({ columns }: Snapshot, { property }: ColumnMetadata): number {
  return columns.findIndex((each) => each.property === property)
}

function isImmutable(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function keepBytes(bytes: Buffer | null | undefined): Stored {
  return bytes instanceof Buffer ? new StoredBytes(bytes.toString('latin1')) : bytes
}

/** Returns the bytes of a stored value; null if there is no value, undefined if it is not known. */
export function storedBytes(column: ColumnMetadata, stored: Stored): Buffer | null | undefined {
  if (stored instanceof StoredBytes) return Buffer.from(stored.text, 'latin1')
  return stored === undefined || stored === unfilled ? undefined : bytesOf(column, stored)
}

/** Returns a stored value as a read returns it; undefined if it is not known. */
export function storedValue(column: ColumnMetadata, stored: Stored): unknown {
  const { codec } = column
  if (stored === null) return codec.absent()
  if (stored === unfilled) return undefined
  if (!(stored instanceof StoredBytes)) return stored
  return valueOf(codec, Buffer.from(stored.text, 'latin1'))
}

/** Returns the value of bytes with the fields of user-defined types in the order of declaration. */
export function valueOf(codec: Codec, bytes: Buffer): unknown {
  return codec.decode(bytes, 0, bytes.length, anyOrder)
}

/** Returns the bytes of a value; null if nothing is stored of it, undefined if it does not fit its column. */
export function bytesOf(column: ColumnMetadata, value: unknown): Buffer | null | undefined {
  if (value === null) return null
  const { codec, type } = column
  try {
    const bytes = codec.encode(codec.check(value), anyOrder)
    return isNothing(type, bytes) ? null : bytes
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Tests whether Cassandra holds two encoded values to be one: sets in any order, decimals of any scale. */
export function isSameValue(codec: Codec, a: Buffer | null, b: Buffer | null): boolean {
  if (a === null || b === null) return a === b
  return a.equals(b) || identityOf(codec, a) === identityOf(codec, b)
}

/** Tests whether nothing is stored of a value: an empty collection, or a type without values, that is not frozen. */
function isNothing(type: CqlType, bytes: Buffer): boolean {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return bytes.readInt32BE(0) === 0
    case 'udt':
      return bytes.every((byte) => byte === 0xff)
    case 'native':
    case 'frozen':
    case 'tuple':
    case 'vector':
      return false
    default:
      return unreachable(type)
  }
}
