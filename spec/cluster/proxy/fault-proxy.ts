import { once } from 'node:events'
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import type { Random } from '../../integration/oracle/random'
import { FrameCutter } from './frame-cutter'

/** One connection through the proxy. */
export interface Link {
  readonly random: Random
  toClient(bytes: Buffer): void
  toServer(bytes: Buffer): void
  /** Breaks the connection to the client. */
  reset(): void
  /** Ends the connection to the client in order. */
  end(): void
}

/** The behavior of the proxy; frames that it says nothing about pass. */
export interface Mode {
  /** Breaks all connections, and new ones at once. */
  readonly refuses?: boolean
  request?(frame: Buffer, link: Link): void
  answer?(frame: Buffer, link: Link): void | Promise<void>
}

/** A proxy in front of one node that passes frames on, or does to them what its mode says. */
export class FaultProxy {
  #mode: Mode = {}
  readonly #server: Server
  readonly #links = new Set<Link>()

  private constructor(
    private readonly target: { readonly host: string; readonly port: number },
    private readonly random: Random,
  ) {
    this.#server = createServer((client) => this.#accept(client))
  }

  /** Listens on a free port of the loopback address; `target` is `host:port` of a node. */
  static async start(target: string, random: Random): Promise<FaultProxy> {
    const [host = '', port] = target.split(':')
    const proxy = new FaultProxy({ host, port: Number(port) }, random)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get contactPoint(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  use(mode: Mode): void {
    this.#mode = mode
    if (mode.refuses === true) this.breakAll()
  }

  breakAll(): void {
    for (const link of this.#links) link.reset()
  }

  async stop(): Promise<void> {
    this.#server.close()
    this.breakAll()
    await once(this.#server, 'close')
  }

  #accept(client: Socket): void {
    client.on('error', () => undefined)
    if (this.#mode.refuses === true) {
      client.resetAndDestroy()
      return
    }
    const server = connect(this.target)
    server.on('error', () => client.destroy())
    for (const socket of [client, server]) socket.setNoDelay(true)
    const link: Link = {
      random: this.random,
      toClient: (bytes) => void (client.writable && client.write(bytes)),
      toServer: (bytes) => void (server.writable && server.write(bytes)),
      reset: () => client.resetAndDestroy(),
      end: () => client.end(),
    }
    this.#links.add(link)
    client.on('close', () => {
      this.#links.delete(link)
      server.destroy()
    })
    server.on('close', () => client.end())
    const requests = new FrameCutter()
    client.on('data', (bytes) => {
      for (const frame of requests.push(bytes)) {
        if (this.#mode.request === undefined) link.toServer(frame)
        else this.#mode.request(frame, link)
      }
    })
    const answers = new FrameCutter()
    // One frame after another, also when a mode takes its time.
    let last: void | Promise<void> = undefined
    server.on('data', (bytes) => {
      for (const frame of answers.push(bytes)) {
        const pass = () =>
          this.#mode.answer === undefined ? link.toClient(frame) : this.#mode.answer(frame, link)
        last = last === undefined ? pass() : last.then(pass)
      }
    })
  }
}
