import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { type Damage, damages } from './damages'
import type { Link, Mode } from './fault-proxy'
import { bodyOf, frameOf, opcodeOf, opcodes } from './frame-cutter'

/** Later than the timeout of the programs. */
const late = 1500

/** The names of the modes in which nothing is wrong with what arrives, so that some calls must succeed. */
export const harmless: readonly string[] = ['pass', 'slices', 'delays']

/** Every connection breaks after some frames, the sooner the longer they are. */
export const flapping: Mode = {
  answer(frame, link) {
    link.toClient(frame)
    if (link.random.chance(0.005 + frame.length / 40_000)) link.reset()
  },
}

/** The faults of the proxy by name. */
export const modes: Readonly<Record<string, Mode>> = {
  pass: {},
  slices: {
    async answer(frame, link) {
      for (let i = 0; i < frame.length; i += 3) {
        link.toClient(frame.subarray(i, i + 3))
        if (i % 48 === 0) await turn()
      }
    },
  },
  delays: {
    async answer(frame, link) {
      await sleep(link.random.below(10))
      link.toClient(frame)
    },
  },
  'answers after the timeout': {
    answer(frame, link) {
      setTimeout(() => link.toClient(frame), late)
    },
  },
  'resets between frames': {
    answer(frame, link) {
      link.toClient(frame)
      if (link.random.chance(0.2)) link.reset()
    },
  },
  'resets inside of a frame': {
    answer(frame, link) {
      if (link.random.chance(0.8)) return link.toClient(frame)
      link.toClient(frame.subarray(0, link.random.below(frame.length)))
      link.reset()
    },
  },
  'ends inside of a frame': {
    answer(frame, link) {
      if (link.random.chance(0.8)) return link.toClient(frame)
      link.toClient(frame.subarray(0, link.random.below(frame.length)))
      link.end()
    },
  },
  'requests that vanish': { request: () => undefined },
  'answers that vanish': { answer: () => undefined },
  'refused connections': { refuses: true },
  'UNPREPARED for ever': {
    request(frame, link) {
      const opcode = opcodeOf(frame)
      if (opcode === opcodes.execute) link.toClient(unprepared(frame, 0))
      // Before the first id of a batch are its type, its length and the kind of the statement.
      else if (opcode === opcodes.batch) link.toClient(unprepared(frame, 4))
      else link.toServer(frame)
    },
  },
  'streams exchanged': damaging((frame) => {
    frame.writeInt16BE((frame.readInt16BE(2) + 1) & 0x7f, 2)
    return frame
  }),
  ...Object.fromEntries(Object.entries(damages).map(([name, damage]) => [name, damaging(damage)])),
}

/** Damages some of the answers that are results. */
function damaging(damage: Damage): Mode {
  return {
    answer(frame, link: Link) {
      const isHit = opcodeOf(frame) === opcodes.result && link.random.chance(0.4)
      link.toClient(isHit ? damage(frame) : frame)
    },
  }
}

/** Returns the answer to a request that says that the server does not know the statement. */
function unprepared(request: Buffer, idAt: number): Buffer {
  const body = bodyOf(request)
  const id = body.subarray(idAt, idAt + 2 + body.readUInt16BE(idAt))
  const text = Buffer.from('Prepared query not found')
  const head = Buffer.alloc(6)
  head.writeInt32BE(0x2500, 0)
  head.writeUInt16BE(text.length, 4)
  const answer = frameOf(request, opcodes.error, Buffer.concat([head, text, id]))
  answer[0] = 0x84
  answer[1] = 0
  return answer
}
