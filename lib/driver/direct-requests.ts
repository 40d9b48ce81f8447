import { endianness } from 'node:os'
import { unset } from './unset'

/**
 * On the options of a query whose request may be written in one piece: all of its parameters are what our codecs
 * give, checked.
 */
export const ownRequest = Symbol('coodie.ownRequest')

interface Encoder {
  readonly protocolVersion: number
}
interface Long {
  getHighBits(): number
  getLowBits(): number
}
interface OwnOptions {
  readonly [ownRequest]?: boolean
}
interface RequestOptions {
  getRawQueryOptions?(): OwnOptions | null | undefined
  isQueryTracing(): boolean
  getCustomPayload(): unknown
  getFetchSize(): number
  getPageState(): Buffer | null | undefined
  getSerialConsistency(): number | null | undefined
}
interface ExecuteRequest {
  length: number
  readonly queryId: Buffer
  readonly meta: object & {
    readonly columns: readonly { readonly type: { readonly code: number } }[]
  }
  readonly params: readonly unknown[]
  readonly options: RequestOptions
  readonly timestamp: Long | null | undefined
  readonly consistency: number
  readonly namedParameters: boolean
}
type Write = (this: ExecuteRequest, encoder: Encoder, streamId: number) => Buffer
interface RequestClass {
  readonly prototype: { write: Write; readonly writeQueryParameters?: unknown; [written]?: boolean }
}

const written = Symbol.for('coodie.directRequests')

/** The types whose values are sent as numbers, texts and so on, by the driver's codes. */
const codes = {
  ascii: 0x01,
  boolean: 0x04,
  double: 0x07,
  float: 0x08,
  int: 0x09,
  timestamp: 0x0b,
  varchar: 0x0d,
  smallint: 0x13,
  tinyint: 0x14,
} as const

const executeOpcode = 0x0a
const headerLength = 9

/**
 * Writes EXECUTE requests that are ours in one piece; the driver makes a buffer of every length and every value
 * and joins them. The first request of each prepared statement is written both ways and compared: where they
 * differ, and for whatever is not known here, the driver's own way stays.
 */
export function writeInOnePiece(request: unknown, raw: OwnOptions | null | undefined): void {
  if (raw?.[ownRequest] !== true || (request as RequestClass['prototype'])[written] !== undefined)
    return
  const { prototype } = (request as object).constructor as unknown as RequestClass
  const original = prototype.write
  const isKnown =
    Object.hasOwn(prototype, 'write') &&
    original.length === 2 &&
    typeof prototype.writeQueryParameters === 'function'
  Object.defineProperty(prototype, written, { value: isKnown })
  if (!isKnown) return
  const writer = new RequestWriter()
  const isSame = new WeakMap<object, boolean>()
  prototype.write = function write(encoder, streamId) {
    if (this.options.getRawQueryOptions?.()?.[ownRequest] !== true) {
      return original.call(this, encoder, streamId)
    }
    const known = isSame.get(this.meta)
    if (known === false) return original.call(this, encoder, streamId)
    const ours = writer.write(this, encoder.protocolVersion, streamId)
    if (ours !== undefined && known === true) return ours
    const theirs = original.call(this, encoder, streamId)
    if (ours !== undefined) isSame.set(this.meta, ours.equals(theirs))
    return theirs
  }
}

const slabSize = 65_536
const isLittleEndian = endianness() === 'LE'

class RequestWriter {
  #slab = Buffer.allocUnsafeSlow(slabSize)
  #at = 0
  readonly #double = new Float64Array(1)
  readonly #float = new Float32Array(1)
  readonly #bytesOfDouble = new Uint8Array(this.#double.buffer)
  readonly #bytesOfFloat = new Uint8Array(this.#float.buffer)

  /** The whole frame; undefined for what only the driver can write. */
  write(request: ExecuteRequest, version: number, streamId: number): Buffer | undefined {
    const { params, options, queryId, meta, timestamp } = request
    if (
      (version !== 3 && version !== 4) ||
      request.namedParameters ||
      options.isQueryTracing() ||
      options.getCustomPayload()
    ) {
      return undefined
    }
    const pageState = options.getPageState() ?? undefined
    let most = 64 + queryId.length + (pageState?.length ?? 0)
    for (const param of params) {
      most +=
        typeof param === 'string'
          ? 3 * param.length + 4
          : Buffer.isBuffer(param)
            ? param.length + 4
            : 12
    }
    if (this.#at + most > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(slabSize, most))
      this.#at = 0
    }
    const bytes = this.#slab
    const start = this.#at
    let at = start + headerLength
    at = int16(bytes, at, queryId.length)
    bytes.set(queryId, at)
    at = int16(bytes, at + queryId.length, request.consistency)
    const fetchSize = options.getFetchSize()
    const serialConsistency = options.getSerialConsistency()
    const hasTimestamp = timestamp !== null && timestamp !== undefined
    bytes[at++] =
      (params.length > 0 ? 0x01 : 0) |
      (fetchSize > 0 ? 0x04 : 0) |
      (pageState === undefined ? 0 : 0x08) |
      (serialConsistency ? 0x10 : 0) |
      (hasTimestamp ? 0x20 : 0)
    if (params.length > 0) {
      at = int16(bytes, at, params.length)
      for (let i = 0; i < params.length; i++) {
        const next = this.#value(bytes, at, params[i], meta.columns[i]?.type.code, version)
        if (next < 0) return undefined
        at = next
      }
    }
    if (fetchSize > 0) at = int32(bytes, at, fetchSize)
    if (pageState !== undefined) {
      at = int32(bytes, at, pageState.length)
      bytes.set(pageState, at)
      at += pageState.length
    }
    if (serialConsistency) at = int16(bytes, at, serialConsistency)
    if (hasTimestamp) {
      at = int32(bytes, at, timestamp.getHighBits())
      at = int32(bytes, at, timestamp.getLowBits())
    }
    request.length = at - start - headerLength
    bytes[start] = version
    bytes[start + 1] = 0
    int16(bytes, start + 2, streamId)
    bytes[start + 4] = executeOpcode
    int32(bytes, start + 5, request.length)
    this.#at = at
    return bytes.subarray(start, at)
  }

  /** One parameter with its length; gives the place after it, -1 for a kind that only the driver can write. */
  #value(
    bytes: Buffer,
    at: number,
    value: unknown,
    code: number | undefined,
    version: number,
  ): number {
    if (value === null) return int32(bytes, at, -1)
    if (value === unset) return version === 3 ? -1 : int32(bytes, at, -2)
    if (typeof value === 'string') {
      if (code !== codes.varchar && code !== codes.ascii) return -1
      const next = text(bytes, at + 4, value)
      int32(bytes, at, next - at - 4)
      return next
    }
    if (Buffer.isBuffer(value)) {
      const next = int32(bytes, at, value.length)
      bytes.set(value, next)
      return next + value.length
    }
    if (typeof value === 'number') return this.#number(bytes, at, value, code)
    if (value instanceof Date && code === codes.timestamp) {
      const milliseconds = value.getTime()
      const next = int32(bytes, int32(bytes, at, 8), Math.floor(milliseconds / 4_294_967_296))
      return int32(bytes, next, milliseconds >>> 0)
    }
    if (typeof value === 'boolean' && code === codes.boolean) {
      const next = int32(bytes, at, 1)
      bytes[next] = value ? 1 : 0
      return next + 1
    }
    return -1
  }

  #number(bytes: Buffer, at: number, value: number, code: number | undefined): number {
    switch (code) {
      case codes.int:
        return int32(bytes, int32(bytes, at, 4), value)
      case codes.smallint:
        return int16(bytes, int32(bytes, at, 2), value)
      case codes.tinyint:
        bytes[int32(bytes, at, 1)] = value
        return at + 5
      case codes.double:
        this.#double[0] = value
        return reversed(bytes, int32(bytes, at, 8), this.#bytesOfDouble)
      case codes.float:
        this.#float[0] = value
        return reversed(bytes, int32(bytes, at, 4), this.#bytesOfFloat)
      default:
        return -1
    }
  }
}

function int16(bytes: Buffer, at: number, value: number): number {
  bytes[at] = value >>> 8
  bytes[at + 1] = value
  return at + 2
}

function int32(bytes: Buffer, at: number, value: number): number {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
  return at + 4
}

/** The bytes of a floating number, the greatest first. */
function reversed(bytes: Buffer, at: number, value: Uint8Array): number {
  const { length } = value
  for (let i = 0; i < length; i++) {
    bytes[at + i] = value[isLittleEndian ? length - 1 - i : i] ?? 0
  }
  return at + length
}

/** Short ASCII costs less here than the way into the engine. */
function text(bytes: Buffer, at: number, value: string): number {
  const { length } = value
  if (length > 24) return at + bytes.write(value, at, 'utf8')
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i)
    if (code > 127) return at + bytes.write(value, at, 'utf8')
    bytes[at + i] = code
  }
  return at + length
}
