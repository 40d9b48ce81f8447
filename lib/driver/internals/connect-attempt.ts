import type { Client } from 'cassandra-driver'
import { controlConnectionOf } from './client-members'

interface Connection {
  closeAsync(): Promise<void>
}
interface ControlConnection {
  _createConnection?: (contactPoint: string) => Promise<Connection>
}

/**
 * Remembers the first connections that a client opens, and returns a function that closes them. If `connect` fails,
 * the driver leaves a connection open over which it learnt the reason, such as a wrong data centre, and the process
 * would never end.
 */
export function rememberConnections(client: Client): () => Promise<void> {
  const opened: Connection[] = []
  const control = controlConnectionOf<ControlConnection>(client)
  const create = control?._createConnection
  if (control !== undefined && typeof create === 'function') {
    control._createConnection = async (contactPoint) => {
      const connection = await create.call(control, contactPoint)
      opened.push(connection)
      return connection
    }
  }
  return async () => {
    await Promise.allSettled(opened.map(async (connection) => connection.closeAsync()))
  }
}
