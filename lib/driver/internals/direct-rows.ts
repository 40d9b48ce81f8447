import { DamagedFrame } from './damaged-frame'
import type { TypedName } from './data-type'

/**
 * Reads `count` rows from `bytes`, the first one at `at`, into `rows`, and returns the place after the last one.
 * The frame ends at `end`; bytes of other frames may follow. Keeps nothing of `bytes`.
 */
export type RowsDecoder = (
  bytes: Buffer,
  at: number,
  count: number,
  rows: unknown[],
  end: number,
) => number

/** The columns of an answer: their bytes, and their decoder. */
interface Shape {
  readonly bytes: Buffer
  readonly hasOneTable: boolean
  readonly meta: Metadata
  /** The decoder, or undefined if the driver must decode the rows. */
  readonly decode: RowsDecoder | undefined
}

/**
 * The decoder of a plan. It is compiled for the columns that the server really sends, and kept as long as the server
 * sends the same ones: the metadata of an answer is compared as bytes and not parsed again.
 */
export class FrameReader {
  /** The last shape seen. It is kept here so that finding it costs nothing. */
  shape: Shape | undefined

  /** `compile` returns undefined if the driver must decode the rows, as for a column of another type than declared. */
  constructor(readonly compile: (columns: readonly TypedName[]) => RowsDecoder | undefined) {}
}

/** The key of the reader in the query options, which the driver passes on to every retry and every page. */
export const frameReader = Symbol('coodie.frameReader')

/** The options of a query whose rows are decoded. */
export interface ReadOptions {
  readonly [frameReader]?: FrameReader | undefined
}

/** Marks the columns of a result whose rows the decoder made. */
const decoded = Symbol('coodie.decoded')

/** Returns whether the rows of a result were made by a decoder. */
export function isDecoded(result: { readonly columns?: readonly object[] | null }): boolean {
  return result.columns !== null && result.columns !== undefined && decoded in result.columns
}

/** The used members of the driver; `isAsKnown` and `decodesSample` check them. */
interface Metadata {
  readonly columns: readonly TypedName[]
  pageState?: Buffer
}
interface FrameInfo {
  readonly header: {
    readonly streamId: number
    readonly flags: number
    readonly bodyLength: number
  }
  readonly meta?: unknown
  readonly isStreaming?: boolean
  readonly flagsInfo?: unknown
}
interface Reader {
  readonly buf: Buffer
  offset: number
  readMetadata(kind: number): Metadata
}
interface Parser {
  _transform(item: unknown, encoding: string, done: (error: Error | null) => void): void
  parseResult: (frame: FrameInfo, reader: Reader) => unknown
  push(item: unknown): unknown
  [hooked]?: boolean
}
/** A connection of the driver. */
export interface Connection {
  readonly parser?: Parser
  readonly encoder?: unknown
  readonly protocolVersion: number
  readonly netClient?: { destroy(error: Error): unknown }
  readonly _operations: Map<number, { readonly request?: { readonly options?: ExecutionOptions } }>
}
interface ExecutionOptions {
  getRawQueryOptions?(): ReadOptions | null | undefined
}

const hooked = Symbol.for('coodie.directRows')

const rowsKind = 2
const hasOneTable = 1
const hasMorePages = 2

function int32(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at)
}

/**
 * Decodes one answer. Returns undefined if the driver must do it: no rows, metadata of an unknown kind, or no decoder
 * for the columns. Throws if the rows do not end where the frame ends.
 */
function decodeFrame(frames: FrameReader, frame: FrameInfo, reader: Reader): object | undefined {
  const { buf: bytes, offset: start } = reader
  if (int32(bytes, start) !== rowsKind) return undefined
  const flags = int32(bytes, start + 4)
  if ((flags & ~(hasOneTable | hasMorePages)) !== 0) return undefined
  let at = start + 12
  let pageState: Buffer | undefined
  if ((flags & hasMorePages) !== 0) {
    const length = int32(bytes, at)
    pageState = Buffer.from(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  const { shape: last } = frames
  const shape =
    last !== undefined &&
    last.hasOneTable === ((flags & hasOneTable) !== 0) &&
    last.meta.columns.length === int32(bytes, start + 8) &&
    at + last.bytes.length <= bytes.length &&
    last.bytes.compare(bytes, at, at + last.bytes.length) === 0
      ? last
      : readShape(frames, reader, { start, at, flags })
  if (shape.decode === undefined) return undefined
  at += shape.bytes.length
  const count = int32(bytes, at)
  const rows: unknown[] = []
  const { header, flagsInfo } = frame
  const end = start + header.bodyLength
  // Each value has a length of four bytes. A number of rows that does not fit would be read for minutes.
  if (count < 0 || count * shape.meta.columns.length * 4 > end - at) {
    throw new DamagedFrame('the frame has no room for its rows')
  }
  at = shape.decode(bytes, at + 4, count, rows, end)
  if (header.flags === 0 ? at !== end : at > bytes.length) {
    throw new DamagedFrame('the rows do not end where the frame does')
  }
  const meta = pageState === undefined ? shape.meta : { ...shape.meta, pageState }
  return { header, result: { rows, meta, flags: flagsInfo } }
}

interface Place {
  readonly start: number
  readonly at: number
  readonly flags: number
}

function readShape(frames: FrameReader, reader: Reader, { start, at, flags }: Place): Shape {
  reader.offset = start + 4
  const meta = reader.readMetadata(rowsKind)
  delete meta.pageState
  const isConditional = meta.columns.some(({ name }) => name === '[applied]')
  const decode = isConditional ? undefined : frames.compile(meta.columns)
  if (decode !== undefined) Object.defineProperty(meta.columns, decoded, { value: true })
  const shape: Shape = {
    bytes: Buffer.from(reader.buf.subarray(at, reader.offset)),
    hasOneTable: (flags & hasOneTable) !== 0,
    meta,
    decode,
  }
  frames.shape = shape
  return shape
}

/**
 * Throws `DamagedFrame` if the rows do not end where the frame ends. The driver's decoder would read on in the bytes of
 * the next frame. With flags, the driver has read a part of the frame that is unknown here.
 */
function requireWholeRows({ header }: FrameInfo, reader: Reader): void {
  const { buf: bytes, offset: start } = reader
  if (header.flags !== 0 || int32(bytes, start) !== rowsKind) return
  reader.offset = start + 4
  const { columns } = reader.readMetadata(rowsKind)
  let at = reader.offset
  const cells = int32(bytes, at) * columns.length
  at += 4
  for (let i = 0; i < cells; i++) at += 4 + Math.max(int32(bytes, at), 0)
  reader.offset = start
  if (at !== start + header.bodyLength) {
    throw new DamagedFrame('the rows do not end where the frame does')
  }
}

/** Puts the decoder before the driver's own on one connection, once. For each frame it may leave the work to the driver. */
export function hookParser(connection: Connection): void {
  const { parser } = connection
  if (parser === undefined || parser[hooked] !== undefined) return
  const original = parser.parseResult
  parser[hooked] = isAsKnown(connection, parser)
  if (!parser[hooked]) return
  parser.parseResult = function parseResult(frame, reader) {
    if (frame.meta === undefined && frame.isStreaming !== true) {
      const options = connection._operations.get(frame.header.streamId)?.request?.options
      const raw = options?.getRawQueryOptions?.()
      if (raw !== undefined && raw !== null && frameReader in raw) {
        const start = reader.offset
        try {
          const frames = raw[frameReader]
          const item = frames && decodeFrame(frames, frame, reader)
          if (item !== undefined) return this.push(item)
        } catch {
          // What is wrong with the values of whole rows is found again when the driver's rows are read.
        }
        reader.offset = start
        try {
          requireWholeRows(frame, reader)
        } catch (cause) {
          const error = new DamagedFrame('the answer cannot be read', { cause })
          this.push({ header: frame.header, error })
          // The bytes that follow belong to nothing known.
          connection.netClient?.destroy(error)
          return undefined
        }
      }
    }
    return original.call(this, frame, reader)
  }
}

function isAsKnown(connection: Connection, parser: Parser): boolean {
  return (
    connection._operations instanceof Map &&
    connection.protocolVersion >= 3 &&
    typeof parser.push === 'function' &&
    typeof parser.parseResult === 'function' &&
    parser.parseResult.length === 2 &&
    !Object.hasOwn(parser, 'parseResult')
  )
}

/** An answer with two rows of an int and a text: 'a' is 1 and 'b' is 'é', then 2 and null. */
const sample = Buffer.from(
  '00000002' + // rows
    '00000001' +
    '00000002' + // all of one table, two columns
    '00016b' +
    '000174' + // k.t
    '000161' +
    '0009' +
    '000162' +
    '000d' +
    '00000002' +
    '00000004' +
    '00000001' +
    '00000002' +
    'c3a9' +
    '00000004' +
    '00000002' +
    'ffffffff',
  'hex',
)

/** Decodes a sample with a parser of the driver, once with the hook and once without: the rows must be equal. */
export function decodesSample({ parser, encoder, protocolVersion }: Connection): boolean {
  if (parser === undefined) return false
  const Parser = parser.constructor as new (options: object, encoder: unknown) => Parser
  const read = (frames: FrameReader | undefined): Record<string, unknown>[] => {
    const sampled = new Parser({ objectMode: true }, encoder)
    const rows: Record<string, unknown>[] = []
    sampled.push = (item) => {
      const { row, result } = item as { row?: object; result?: { rows: object[] } }
      for (const each of result?.rows ?? (row === undefined ? [] : [row])) rows.push({ ...each })
      return true
    }
    const raw = frames === undefined ? {} : { [frameReader]: frames }
    const request = { options: { getRawQueryOptions: () => raw } }
    const _operations = new Map([[1, { request }]])
    hookParser({ parser: sampled, protocolVersion, _operations })
    const header = { version: 4, flags: 0, streamId: 1, opcode: 8, bodyLength: sample.length }
    const item = { header, chunk: sample, offset: 0, frameEnded: false }
    sampled._transform(item, '', (error) => {
      if (error !== null) throw error
    })
    return rows
  }
  try {
    let frames = 0
    const ours = read(
      new FrameReader((columns) => (bytes, start, count, rows) => {
        frames++
        let at = start
        for (let i = 0; i < count; i++) {
          const row: Record<string, unknown> = {}
          for (const { name } of columns) {
            const length = bytes.readInt32BE(at)
            at += 4
            row[name] =
              length < 0
                ? null
                : name === 'a'
                  ? bytes.readInt32BE(at)
                  : bytes.toString('utf8', at, at + length)
            at += Math.max(length, 0)
          }
          rows[i] = row
        }
        return at
      }),
    )
    const theirs = read(undefined)
    return frames === 1 && ours.length === 2 && JSON.stringify(ours) === JSON.stringify(theirs)
  } catch {
    return false
  }
}
