import type { ColumnMetadata, EntityMetadata } from './entity-metadata'

/** The number of columns in one number of a mask: a small integer on every platform. */
const perNumber = 30

/** A bit of a mask, and the index of its number. */
interface MaskBit {
  readonly index: number
  readonly bit: number
}

/** The rows that a reader makes: the table that they come from, and the columns that a row may lack. */
export class RowSource {
  readonly #bits: ReadonlyMap<string, MaskBit>
  /** The number of numbers in a mask. */
  readonly width: number
  /** The columns of the primary key. */
  readonly key: readonly ColumnMetadata[]

  /** `table` is the identity of the table on its data source. */
  constructor(
    readonly table: object,
    metadata: EntityMetadata,
    selectors: readonly Pick<ColumnMetadata, 'name'>[],
  ) {
    const read = new Set(selectors.map(({ name }) => name))
    const columns = metadata.columns.filter(({ name, isKey }) => !isKey && read.has(name))
    this.#bits = new Map(
      columns.map(({ name }, place) => [
        name,
        { index: Math.floor(place / perNumber), bit: 1 << (place % perNumber) },
      ]),
    )
    this.width = Math.ceil(columns.length / perNumber)
    this.key = metadata.key
  }

  /** Returns the bit of a column; undefined for a column that cannot be absent, or is not read. */
  bitOf(name: string): MaskBit | undefined {
    return this.#bits.get(name)
  }
}

const none: readonly number[] = Object.freeze([])

/** The columns that had no value when a row was read: one object for successive rows that lack the same columns. */
export class AbsentColumns {
  /** `mask` and `more` have a bit for each column. */
  constructor(
    readonly source: RowSource,
    readonly mask: number,
    readonly more: readonly number[] = none,
  ) {}

  has(name: string): boolean {
    const found = this.source.bitOf(name)
    if (found === undefined) return false
    const mask = found.index === 0 ? this.mask : (this.more[found.index - 1] ?? 0)
    return (mask & found.bit) !== 0
  }

  /** Returns the same columns but one. */
  without(name: string): AbsentColumns {
    const found = this.source.bitOf(name)
    if (found === undefined) return this
    const [mask = 0, ...more] = [this.mask, ...this.more].map((each, index) =>
      index === found.index ? each & ~found.bit : each,
    )
    return new AbsentColumns(this.source, mask, more)
  }
}

/** Tells if a part of the key may be a Date. */
export function mayBeDate({ type, codec }: ColumnMetadata): boolean {
  return codec.isTransformed === true || (type.kind === 'native' && type.name === 'timestamp')
}

/** Returns what is remembered of a part of a key: a Date can be changed where it stands. */
export function keyPart(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value
}
