import { bodyOf } from './frame-cutter'

const rowsKind = 2
const collections: Readonly<Record<number, number>> = { 0x20: 1, 0x21: 2, 0x22: 1 }

/** Places in the body of a result with rows. */
export interface RowsLayout {
  readonly columnCount: number
  readonly rowCount: number
  /** The length of the first value, if there is one. */
  readonly firstValue: number
}

/** Finds the places in a frame; undefined if its result has no rows. */
export function layoutOf(frame: Buffer): RowsLayout | undefined {
  const body = bodyOf(frame)
  if (body.readInt32BE(0) !== rowsKind) return undefined
  const reader = new Reader(body, 4)
  const flags = reader.int()
  const columnCount = reader.at
  const columns = reader.int()
  if ((flags & 2) !== 0) reader.skip(reader.int())
  const isGlobal = (flags & 1) !== 0
  if (isGlobal) reader.texts(2)
  for (let i = 0; i < columns; i++) {
    reader.texts(isGlobal ? 1 : 3)
    skipType(reader)
  }
  const rowCount = reader.at
  if (reader.int() === 0) return undefined
  return { columnCount, rowCount, firstValue: reader.at }
}

function skipType(reader: Reader): void {
  const id = reader.short()
  if (id === 0) return reader.texts(1)
  if (id > 0x22) throw new Error(`a type that the specs do not use: ${id}`)
  for (let i = 0; i < (collections[id] ?? 0); i++) skipType(reader)
}

class Reader {
  constructor(
    private readonly bytes: Buffer,
    public at: number,
  ) {}

  int(): number {
    this.at += 4
    return this.bytes.readInt32BE(this.at - 4)
  }

  short(): number {
    this.at += 2
    return this.bytes.readUInt16BE(this.at - 2)
  }

  skip(length: number): void {
    this.at += Math.max(0, length)
  }

  texts(count: number): void {
    for (let i = 0; i < count; i++) this.skip(this.short())
  }
}
