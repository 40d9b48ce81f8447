import type { Client, ClientOptions } from 'cassandra-driver'
import { rememberConnections } from './internals/connect-attempt'
import { endReplacedHosts } from './internals/end-replaced-hosts'

/** Connects a client of coodie's own. If that fails, closes everything that was opened and throws the driver's error. */
export async function connectOwn(client: Client): Promise<void> {
  const closeConnections = rememberConnections(client)
  endReplacedHosts(client)
  try {
    await client.connect()
  } catch (error) {
    await Promise.allSettled([closeConnections(), client.shutdown()])
    throw error
  }
}

/**
 * Returns the options with the port of the contact points for all nodes, if they all name the same one. The driver
 * looks for the nodes that it finds at `protocolOptions.port` (9042 unless given), whatever the contact points say.
 */
export function withPort(options: ClientOptions): ClientOptions {
  const { contactPoints = [], protocolOptions } = options
  const ports = new Set(contactPoints.map((point) => /^(?:[^:]+|\[.+\]):(\d+)$/u.exec(point)?.[1]))
  const [port] = ports
  if (ports.size !== 1 || port === undefined || protocolOptions?.port !== undefined) return options
  return { ...options, protocolOptions: { ...protocolOptions, port: Number(port) } }
}
