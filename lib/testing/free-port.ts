import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { ServerStartError } from './server-start-error'

const first = 15_000
const last = 32_767

/**
 * Returns a port that nothing listens on. It is below the ports that systems give to outgoing connections, because one
 * of these could take it before the server does.
 */
export async function freePort(host: string): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(first, last + 1)
    if (await isFree(host, port)) return port
  }
  throw new ServerStartError(`found no free port on ${host} between ${first} and ${last}`)
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

/** Returns whether something listens. */
export function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.setTimeout(2_000, () => done(false))
  })
}
