import type { Client, ClientOptions } from 'cassandra-driver'
import { endReplacedHosts } from './internals/end-replaced-hosts'

interface Connection {
  closeAsync(): Promise<void>
}

/** Of the driver's insides, the function that opens its first connection. */
interface Internals {
  readonly controlConnection?: {
    _createConnection?: (contactPoint: string) => Promise<Connection>
  }
}

/**
 * Connects a client of our own; when that fails, closes everything. The driver leaves a connection open over
 * which it learnt that it cannot go on, such as with a wrong data centre, and the process would never end.
 */
export async function connectOwn(client: Client): Promise<void> {
  const opened: Connection[] = []
  const control = (client as unknown as Internals).controlConnection
  const create = control?._createConnection
  if (control !== undefined && typeof create === 'function') {
    control._createConnection = async (contactPoint) => {
      const connection = await create.call(control, contactPoint)
      opened.push(connection)
      return connection
    }
  }
  endReplacedHosts(client)
  try {
    await client.connect()
  } catch (error) {
    await Promise.allSettled([
      ...opened.map(async (connection) => connection.closeAsync()),
      client.shutdown(),
    ])
    throw error
  }
}

/**
 * The driver looks for the nodes that it is told of at `protocolOptions.port`, which is 9042 unless given, whatever port
 * the contact points name. Where they all name the same one, it is meant for all nodes.
 */
export function withPort(options: ClientOptions): ClientOptions {
  const { contactPoints = [], protocolOptions } = options
  const ports = new Set(contactPoints.map((point) => /^(?:[^:]+|\[.+\]):(\d+)$/u.exec(point)?.[1]))
  const [port] = ports
  if (ports.size !== 1 || port === undefined || protocolOptions?.port !== undefined) return options
  return { ...options, protocolOptions: { ...protocolOptions, port: Number(port) } }
}
