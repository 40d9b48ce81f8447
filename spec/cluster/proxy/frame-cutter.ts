const headerLength = 9

/** Cuts the bytes of a connection into frames of the native protocol, version 4. */
export class FrameCutter {
  #rest: Buffer = Buffer.alloc(0)

  /** Takes the next bytes and returns the frames that they complete. */
  push(bytes: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    const frames: Buffer[] = []
    while (this.#rest.length >= headerLength) {
      const end = headerLength + this.#rest.readInt32BE(5)
      if (this.#rest.length < end) break
      frames.push(Buffer.from(this.#rest.subarray(0, end)))
      this.#rest = this.#rest.subarray(end)
    }
    return frames
  }
}

export const opcodes = { result: 0x08, execute: 0x0a, batch: 0x0d, error: 0x00 } as const

export const opcodeOf = (frame: Buffer): number | undefined => frame[4]

/** Returns a frame with the header of another one, and another opcode and body. */
export function frameOf(header: Buffer, opcode: number, body: Buffer): Buffer {
  const frame = Buffer.concat([header.subarray(0, headerLength), body])
  frame[4] = opcode
  frame.writeInt32BE(body.length, 5)
  return frame
}

export const bodyOf = (frame: Buffer): Buffer => frame.subarray(headerLength)
