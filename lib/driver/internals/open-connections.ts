import type { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import type { Client } from 'cassandra-driver'
import { controlConnectionOf, optionsOf } from './client-members'

type Callback = (error?: Error) => void

/** The used members of a connection of the driver. */
interface Connection extends EventEmitter {
  readonly options: object
  readonly netClient?: Socket
  readonly protocol?: EventEmitter
  readonly parser?: EventEmitter
  readonly connected: boolean
  /** The connection is being drained: the driver waits for its event 'drain' or for a timer of 12 seconds. */
  readonly emitDrain: boolean
  close(callback?: Callback): void
  clearAndInvokePending(error?: Error): void
}
interface ConnectionClass {
  readonly prototype: {
    open: (this: Connection, callback: Callback) => void
    bindSocketListeners: (this: Connection) => void
    readonly close: (this: Connection) => void
    readonly clearAndInvokePending: (this: Connection) => void
    [hooked]?: boolean
  }
}
interface ControlConnection {
  _createConnection?: (contactPoint: string) => Promise<Connection>
}

const hooked = Symbol.for('coodie.openConnections')

/** The connections by the options of their client, which the driver hands to each of them. */
const byOptions = new WeakMap<object, OpenConnections>()

/**
 * The connections of a client of coodie's own that have a socket. The driver loses some of them: those over which a
 * connect or a refresh failed, and those that are being opened when the client is shut down.
 */
export class OpenConnections {
  readonly #connections = new Map<Socket, Connection>()
  /** The connections on which the driver asked for the nodes, or failed to. */
  readonly #first = new Set<Connection>()
  #isClosed = false

  private constructor() {}

  /** Follows a client that is not connected yet. Follows nothing if the driver differs from the known version. */
  static of(client: Client): OpenConnections {
    const open = new OpenConnections()
    const options = optionsOf(client)
    const control = controlConnectionOf<ControlConnection>(client)
    const create = control?._createConnection
    if (control === undefined || options === undefined || typeof create !== 'function') return open
    byOptions.set(options, open)
    control._createConnection = async (contactPoint) => {
      const connection = await create.call(control, contactPoint)
      // The class is known from here on; the first connection was opened before.
      if (hookOpen(connection.constructor)) surviveDamage(connection)
      open.#follow(connection)
      open.#first.add(connection)
      return connection
    }
    return open
  }

  /** Opens a connection and follows it. After `close` it fails at once. */
  open(
    connection: Connection,
    open: ConnectionClass['prototype']['open'],
    callback: Callback,
  ): void {
    if (this.#isClosed) {
      queueMicrotask(() => callback(new Error('Connection closed')))
      return
    }
    open.call(connection, callback)
    this.#follow(connection)
  }

  #follow(connection: Connection): void {
    const { netClient: socket } = connection
    if (socket === undefined || socket.destroyed || this.#connections.has(socket)) return
    this.#connections.set(socket, connection)
    // Before the driver's own listener.
    socket.prependOnceListener('close', () => {
      this.#connections.delete(socket)
      if (connection.emitDrain) connection.emit('drain')
      // The driver would wait for an answer to STARTUP, and keep the timer of its heartbeat.
      if (!connection.connected) connection.clearAndInvokePending()
    })
  }

  /** Closes the connections on which the driver failed to ask for the nodes: it forgets them. */
  closeFailed(control: { readonly connection?: unknown } | undefined): void {
    for (const connection of this.#first) {
      if (connection !== control?.connection) connection.close()
    }
    this.#first.clear()
  }

  /** Lets no further connection open. */
  refuse(): void {
    this.#isClosed = true
  }

  /** Closes all connections without waiting for the servers. */
  async close(): Promise<void> {
    this.#isClosed = true
    const sockets = [...this.#connections].map(async ([socket, connection]) => {
      const closed = new Promise((resolve) => socket.once('close', resolve))
      if (connection.emitDrain) connection.emit('drain')
      connection.close()
      // An error, so that the driver ends what waits for a connection that is being opened.
      socket.destroy(new Error('Connection closed'))
      await closed
    })
    await Promise.all(sockets)
  }
}

/** Lets the client of each connection know when it is opened. Returns whether none was followed before. */
function hookOpen({ prototype }: ConnectionClass): boolean {
  const { open, bindSocketListeners, clearAndInvokePending, close } = prototype
  const isAsKnown =
    [open, bindSocketListeners, clearAndInvokePending, close].every(
      (each) => typeof each === 'function',
    ) && open.length === 1
  if (prototype[hooked] !== undefined || !isAsKnown) return false
  Object.defineProperty(prototype, hooked, { value: true })
  prototype.open = function openAndFollow(callback) {
    const connections = byOptions.get(this.options)
    if (connections === undefined) open.call(this, callback)
    else connections.open(this, open, callback)
  }
  prototype.bindSocketListeners = function bindAndSurvive() {
    bindSocketListeners.call(this)
    if (byOptions.has(this.options)) surviveDamage(this)
  }
  return true
}

/**
 * Ends a connection whose bytes cannot be read. The driver listens to no error of these streams, so that one damaged
 * frame would end the process.
 */
function surviveDamage({ protocol, parser, netClient }: Connection): void {
  for (const stream of [protocol, parser]) {
    stream?.on('error', (error: Error) => netClient?.destroy(error))
  }
}
