import { type Client, type ClientOptions, policies } from 'cassandra-driver'
import { controlConnectionOf } from './internals/client-members'
import { refreshControlConnection } from './internals/control-connection'
import { endHosts, endReplacedHosts } from './internals/end-hosts'
import { OpenConnections } from './internals/open-connections'

/** The time in milliseconds that servers have to close connections on their side. */
const closeTimeout = 1_000

/**
 * Connects a client of coodie's own, and returns a function that closes it and leaves no socket and no timer. If that
 * fails, closes everything that was opened and throws the driver's error.
 */
export async function connectOwn(client: Client): Promise<() => Promise<void>> {
  const connections = OpenConnections.of(client)
  const closeFailed = () => connections.closeFailed(controlConnectionOf(client))
  endReplacedHosts(client)
  refreshControlConnection(client, closeFailed)
  try {
    await client.connect()
  } catch (error) {
    await Promise.allSettled([connections.close(), client.shutdown()])
    throw error
  }
  closeFailed()
  return () => closeOwn(client, connections)
}

async function closeOwn(client: Client, connections: OpenConnections): Promise<void> {
  connections.refuse()
  await within(closeTimeout, client.shutdown())
  await connections.close()
  // Events of the servers and a refresh that was under way may have started timers and hosts since.
  controlConnectionOf<{ shutdown?(): void }>(client)?.shutdown?.()
  endHosts(client)
}

/** Waits for a promise, at most so many milliseconds, whatever becomes of it. */
async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const elapsed = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([promise.catch(() => undefined), elapsed])
  clearTimeout(timer)
}

/**
 * The pauses before the attempts to connect to a node that is down: from half a second to two seconds. With the
 * driver's own policy they grow to ten minutes, which an application would wait after a long outage.
 */
export function defaultReconnection(): policies.reconnection.ReconnectionPolicy {
  return new policies.reconnection.ExponentialReconnectionPolicy(500, 2_000, false)
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
