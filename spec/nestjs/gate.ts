import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { connection } from '../server/keyspace'

/** A way to the server that can be shut, as when the server goes away. */
export interface Gate {
  readonly contactPoints: string[]
  /** Lets connections through, from now on. */
  open(): Promise<void>
  /** Ends what is open and takes no connection. */
  shut(): Promise<void>
  /** Keeps what is open and lets nothing of it through. */
  stall(): void
}

/** A gate for the specs of a file, shut at first. */
export function useGate(): Gate {
  const sockets = new Set<Socket>()
  const contactPoints: string[] = []
  let port = 0
  const server = createServer((from) => {
    const [host = '', toPort = '9042'] = (connection().contactPoints[0] ?? '').split(':')
    const to = connect(Number(toPort), host)
    from.pipe(to).pipe(from)
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        from.destroy()
        to.destroy()
        sockets.delete(socket)
      })
    }
  })
  const open = async () => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  const shut = async () => {
    if (!server.listening) return
    server.close()
    for (const socket of sockets) socket.destroy()
    await once(server, 'close')
  }
  beforeAll(async () => {
    await open()
    await shut()
    contactPoints.push(`127.0.0.1:${port}`)
  })
  afterAll(shut)
  return {
    contactPoints,
    open,
    shut,
    stall() {
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}
