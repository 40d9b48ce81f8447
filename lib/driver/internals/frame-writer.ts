import { endianness } from 'node:os'
import { unset } from '../types/unset'

/** The protocol's codes of the types whose values are sent as numbers, texts, dates and booleans. */
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

/** The types of the markers of a prepared statement, as the driver keeps them. */
export interface MarkerTypes {
  readonly columns: readonly { readonly type: { readonly code: number } }[]
}

/** The number of bytes before the body of a frame. */
export const headerLength = 9
const slabSize = 65_536
const isLittleEndian = endianness() === 'LE'

/** Writes frames one after another into one buffer, so that no buffer is made for each length and each value. */
export class FrameWriter {
  #slab = Buffer.allocUnsafeSlow(slabSize)
  #start = 0
  #at = 0
  readonly #double = new Float64Array(1)
  readonly #float = new Float32Array(1)
  readonly #bytesOfDouble = new Uint8Array(this.#double.buffer)
  readonly #bytesOfFloat = new Uint8Array(this.#float.buffer)

  /** Begins a frame with a body of at most `maxBytes`. */
  begin(maxBytes: number): void {
    const size = maxBytes + headerLength
    if (this.#start + size > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(slabSize, size))
      this.#start = 0
    }
    this.#at = this.#start + headerLength
  }

  /** Writes the header and returns the frame. */
  end(version: number, streamId: number, opcode: number): Buffer {
    const bytes = this.#slab
    const start = this.#start
    const end = this.#at
    bytes[start] = version
    bytes[start + 1] = 0
    int16(bytes, start + 2, streamId)
    bytes[start + 4] = opcode
    int32(bytes, start + 5, end - start - headerLength)
    this.#start = end
    return bytes.subarray(start, end)
  }

  byte(value: number): void {
    this.#slab[this.#at++] = value
  }

  short(value: number): void {
    this.#at = int16(this.#slab, this.#at, value)
  }

  int(value: number): void {
    this.#at = int32(this.#slab, this.#at, value)
  }

  /** Writes bytes without their length. */
  bytes(value: Uint8Array): void {
    this.#slab.set(value, this.#at)
    this.#at += value.length
  }

  /** Writes the number of parameters and each with its length. Returns false if only the driver can write one of them. */
  parameters(params: readonly unknown[], { columns }: MarkerTypes, version: number): boolean {
    const bytes = this.#slab
    let at = int16(bytes, this.#at, params.length)
    for (let i = 0; i < params.length; i++) {
      at = this.#value(bytes, at, params[i], columns[i]?.type.code, version)
      if (at < 0) return false
    }
    this.#at = at
    return true
  }

  /** Writes a value and returns the place after it, or -1 if only the driver can write it. */
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
    if (typeof value === 'number') {
      return code === undefined ? -1 : this.#number(bytes, at, value, code)
    }
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

  #number(bytes: Buffer, at: number, value: number, code: number): number {
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

/** Returns an upper bound of the bytes of the parameters, with their number. */
export function maxBytesOf(params: readonly unknown[]): number {
  let max = 2
  for (const param of params) {
    max +=
      typeof param === 'string'
        ? 3 * param.length + 4
        : Buffer.isBuffer(param)
          ? param.length + 4
          : 12
  }
  return max
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

/** Writes the bytes of a floating-point number, the highest first. */
function reversed(bytes: Buffer, at: number, value: Uint8Array): number {
  const { length } = value
  for (let i = 0; i < length; i++) {
    bytes[at + i] = value[isLittleEndian ? length - 1 - i : i] ?? 0
  }
  return at + length
}

/** Writes a text. For short ASCII, this loop costs less than a call into the engine. */
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
