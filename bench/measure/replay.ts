import type { Client } from 'cassandra-driver'
import type { Socket } from 'node:net'

/** The opcode of EXECUTE, and where it and the stream id are in a frame of protocol 3 to 4. */
const execute = 0x0a
const opcodeAt = 4
const streamAt = 2

type Write = (frame: Buffer, done?: (error?: Error) => void) => boolean

/** Of the driver's insides, the sockets. */
interface Internals {
  readonly hosts: { values(): { pool: { connections?: { netClient: Socket }[] } }[] }
}

/**
 * Records the answer to the request that `run` sends, and from then on answers every request with it at once:
 * what remains is the client's own work, without sockets and server. The function that comes back undoes it.
 */
export async function replay(client: Client, run: () => unknown): Promise<() => void> {
  const sockets = (client as unknown as Internals).hosts
    .values()
    .flatMap(({ pool }) => pool.connections ?? [])
    .map(({ netClient }) => netClient)
  const chunks: Buffer[] = []
  const record = (chunk: Buffer) => void chunks.push(chunk)
  for (const socket of sockets) socket.on('data', record)
  await run()
  for (const socket of sockets) socket.off('data', record)
  const answer = Buffer.concat(chunks)
  if (answer.length !== 9 + answer.readInt32BE(5)) {
    throw new Error('the answer to be recorded is not one frame')
  }
  const undo = sockets.map((socket) => answering(socket, answer))
  return () => undo.forEach((one) => one())
}

function answering(socket: Socket, answer: Buffer): () => void {
  const write = socket.write.bind(socket) as Write
  const replaced: Write = (frame, done) => {
    if (frame[opcodeAt] !== execute) return write(frame, done)
    if (frame.length !== 9 + frame.readInt32BE(5))
      throw new Error('more than one request at a time')
    answer.writeInt16BE(frame.readInt16BE(streamAt), streamAt)
    process.nextTick(() => {
      done?.()
      socket.emit('data', answer)
    })
    return true
  }
  const own = socket as unknown as { write: unknown }
  own.write = replaced
  return () => {
    own.write = write
  }
}
