import { Client, type ClientOptions } from 'cassandra-driver'
import { ExecutionError, StatementError } from '../errors/errors'
import { connectOwn, defaultReconnection, withPort } from './connect'
import { optionsOf } from './internals/client-members'
import { renewOptions } from './internals/renew-options'
import { translateError } from './translate-error'

export type { ClientOptions }
export type DriverClient = Client

/** A connected client. */
export interface OpenedClient {
  readonly client: Client
  /** Closes a client that was made here. A given client stays open. */
  readonly close: () => Promise<void>
}

/**
 * Connects a given client, or a new one with the given options. Throws `ExecutionError` if no server can be used,
 * and `StatementError` for a client of another copy of cassandra-driver.
 */
export async function openClient(given: Client | ClientOptions): Promise<OpenedClient> {
  const isOwn = !isClient(given)
  const client = isOwn ? makeClient(given) : given
  if (!(client instanceof Client)) {
    throw new StatementError(
      'the client belongs to another copy of cassandra-driver; use one copy for both, ' +
        'or give the DataSource connection options instead of a client',
    )
  }
  try {
    if (isOwn) return { client, close: await connectOwn(client) }
    await client.connect()
    return { client, close: async () => undefined }
  } catch (error) {
    throw translateError(error, { contactPoints: optionsOf(client)?.contactPoints ?? [] })
  }
}

function isClient(given: Client | ClientOptions): given is Client {
  return typeof (given as Client).execute === 'function'
}

/** Makes a client that reads sets and maps as such, so that nothing is lost in between, and comes back within seconds. */
function makeClient(options: ClientOptions): Client {
  try {
    return new Client({
      ...withPort(renewOptions(options)),
      policies: { reconnection: defaultReconnection(), ...options.policies },
      encoding: { map: Map, set: Set, ...options.encoding },
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ExecutionError('connection', `the connection options cannot be used: ${reason}`, {
      cause: error,
    })
  }
}
