import { bodyOf, frameOf } from './frame-cutter'
import { type RowsLayout, layoutOf } from './rows-layout'

/** Changes a frame with a result; what cannot be damaged this way passes as it is. */
export type Damage = (frame: Buffer) => Buffer

/** Flags of a frame that announce something before its body. */
const flags = { compressed: 0x01, traced: 0x02, payload: 0x04, warnings: 0x08 } as const

/**
 * Ways to damage a frame so that it contradicts itself. Other bytes inside of a value are not among them: the protocol
 * has no checksum, so nothing can notice them.
 */
export const damages: Readonly<Record<string, Damage>> = {
  'length too long': inHeader((frame) => frame.writeInt32BE(frame.length - 9 + 7, 5)),
  'length too short': inHeader((frame) => frame.writeInt32BE(Math.max(0, frame.length - 9 - 3), 5)),
  'huge length': inHeader((frame) => frame.writeInt32BE(0x7fffffff, 5)),
  'negative length': inHeader((frame) => frame.writeInt32BE(-5, 5)),
  'unknown opcode': inHeader((frame) => frame.writeUInt8(0x77, 4)),
  'another opcode': inHeader((frame) => frame.writeUInt8(0x06, 4)),
  'unknown version': inHeader((frame) => frame.writeUInt8(0x99, 0)),
  'version of a request': inHeader((frame) => frame.writeUInt8(0x04, 0)),
  'all flags': inHeader((frame) => frame.writeUInt8(0xff, 1)),
  'flag of compression': inHeader((frame) => frame.writeUInt8(flags.compressed, 1)),
  'flag of a trace': inHeader((frame) => frame.writeUInt8(flags.traced, 1)),
  'flag of a payload': inHeader((frame) => frame.writeUInt8(flags.payload, 1)),
  'flag of warnings': inHeader((frame) => frame.writeUInt8(flags.warnings, 1)),
  'half a body': withBody((body) => body.subarray(0, body.length >> 1)),
  'no body': withBody(() => Buffer.alloc(0)),
  'bytes behind the body': withBody((body) => Buffer.concat([body, Buffer.from('bytes')])),
  'unknown kind of result': inHeader((frame) => frame.writeInt32BE(0x63, 9)),
  'one row too many': inRows((body, { rowCount }) => add(body, rowCount, 1)),
  'one row too few': inRows((body, { rowCount }) => add(body, rowCount, -1)),
  'billions of rows': inRows((body, { rowCount }) => body.writeInt32BE(0x7ffffff0, rowCount)),
  'negative number of rows': inRows((body, { rowCount }) => body.writeInt32BE(-2, rowCount)),
  'one column too many': inRows((body, { columnCount }) => add(body, columnCount, 1)),
  'value too long': inRows((body, { firstValue }) => body.writeInt32BE(0x10000, firstValue)),
  'value too short': inRows((body, { firstValue }) => add(body, firstValue, -1)),
}

function inHeader(damage: (frame: Buffer) => unknown): Damage {
  return (frame) => {
    damage(frame)
    return frame
  }
}

function withBody(damage: (body: Buffer) => Buffer): Damage {
  return (frame) => frameOf(frame, frame.readUInt8(4), damage(bodyOf(frame)))
}

function inRows(damage: (body: Buffer, layout: RowsLayout) => unknown): Damage {
  return (frame) => {
    const layout = layoutOf(frame)
    if (layout !== undefined) damage(bodyOf(frame), layout)
    return frame
  }
}

function add(body: Buffer, at: number, difference: number): void {
  body.writeInt32BE(body.readInt32BE(at) + difference, at)
}
