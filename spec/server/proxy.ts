import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import { connection } from './keyspace'

/** Stands between a client and the server of this run, and can keep back, cut or refuse. */
export class Proxy {
  readonly #pairs = new Map<Socket, Socket>()
  readonly #kept: (() => void)[] = []
  #server: Server | undefined
  #port = 0
  #isSilent = false
  #answer: ((id: Buffer) => Buffer) | undefined
  #damage: ((bytes: Buffer) => Buffer) | undefined

  static async open(): Promise<Proxy> {
    const proxy = new Proxy()
    await proxy.listen()
    return proxy
  }

  /** The options of a client that connects through the proxy. */
  get connection() {
    return { ...connection(), contactPoints: [`127.0.0.1:${this.#port}`] }
  }

  /** Accepts connections, after `stop` at the same port again. */
  async listen(): Promise<void> {
    const server = createServer((client) => this.#accept(client))
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Cuts all connections and refuses new ones: an outage. */
  async stop(): Promise<void> {
    this.silent(false)
    this.cut()
    const server = this.#server
    this.#server = undefined
    if (server !== undefined) await new Promise((resolve) => server.close(resolve))
  }

  /** Cuts all connections. */
  cut(): void {
    for (const [client, server] of this.#pairs) {
      client.resetAndDestroy()
      server.destroy()
    }
    this.#pairs.clear()
  }

  /** Keeps back all answers, until it is told to hand them on. */
  silent(isSilent = true): void {
    this.#isSilent = isSilent
    if (!isSilent) for (const send of this.#kept.splice(0)) send()
  }

  /** Changes the next answer of rows, which must be small enough to come in one piece. */
  damage(change: (bytes: Buffer) => Buffer): void {
    this.#damage = change
  }

  /** Answers each EXECUTE with an error: the body of the answer to the statement of this id. */
  onExecute(answer: (id: Buffer) => Buffer): void {
    this.#answer = answer
  }

  #accept(client: Socket): void {
    const [host, port] = String(connection().contactPoints[0]).split(':')
    const server = connect(Number(port ?? 9042), host)
    this.#pairs.set(client, server)
    const end = () => {
      this.#pairs.delete(client)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
    client.on('data', (bytes) => {
      const answer = this.#answer
      if (answer !== undefined && bytes[4] === 0x0a) client.write(answerTo(bytes, answer))
      else server.write(bytes)
    })
    server.on('data', (bytes) => {
      const damage = isRows(bytes) ? this.#damage : undefined
      if (damage !== undefined) this.#damage = undefined
      const sent = damage?.(bytes) ?? bytes
      const send = () => void client.write(sent)
      if (this.#isSilent) this.#kept.push(send)
      else send()
    })
  }
}

/** Returns whether bytes begin with a frame of rows: the opcode RESULT and the kind 2. */
function isRows(bytes: Buffer): boolean {
  return bytes.length > 13 && bytes[4] === 8 && bytes.readInt32BE(9) === 2
}

/** Returns an answer of opcode ERROR to one EXECUTE. */
function answerTo(bytes: Buffer, answer: (id: Buffer) => Buffer): Buffer {
  const body = answer(bytes.subarray(11, 11 + bytes.readUInt16BE(9)))
  const header = Buffer.from([0x84, 0, bytes[2] ?? 0, bytes[3] ?? 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(body.length, 5)
  return Buffer.concat([header, body])
}
