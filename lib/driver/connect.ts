import type { Client } from 'cassandra-driver'
import { endReplacedHosts } from './end-replaced-hosts'

interface Connection {
  closeAsync(): Promise<void>
}

/** Of the driver's insides, the function that opens its first connection. */
interface Internals {
  readonly controlConnection?: { _createConnection?(contactPoint: string): Promise<Connection> }
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
