import type { Credentials } from '../driver/probe'
import { CassandraServer, type CassandraServerOptions } from './cassandra-server'
import { ServerStartError } from './server-start-error'

/** The key of the server of this run on the global object, where a separate teardown file finds it too. */
const kept = Symbol.for('coodie.testing.server')
const holder = globalThis as { [kept]?: CassandraServer | undefined }

/** The options that connect a data source to the server of the tests. */
export interface TestConnection {
  /** The nodes, each as `host:port`. */
  readonly contactPoints: string[]
  /** The name of the data center. */
  readonly localDataCenter: string
  /** The user; absent if anybody may connect. */
  readonly credentials?: Credentials
}

/**
 * Starts one server for all test files of a run and names it in the environment, which the workers of jest and vitest
 * inherit. Returns the function that stops it. Call it in a `globalSetup` file. Throws `ServerStartError` if no server
 * can be started.
 *
 * ```ts
 * const teardown = await setupCassandra()
 * await teardown()
 * ```
 */
export async function setupCassandra(
  options: CassandraServerOptions = {},
): Promise<() => Promise<void>> {
  const server = await CassandraServer.start(options)
  holder[kept] = server
  process.env['CASSANDRA_CONTACT_POINTS'] = server.contactPoints.join(',')
  process.env['CASSANDRA_LOCAL_DATACENTER'] = server.localDataCenter
  if (server.credentials !== undefined) {
    process.env['CASSANDRA_USERNAME'] = server.credentials.username
    process.env['CASSANDRA_PASSWORD'] = server.credentials.password
  }
  return teardownCassandra
}

/** Stops the server of `setupCassandra`; a cluster that was given by the environment stays. */
export async function teardownCassandra(): Promise<void> {
  await holder[kept]?.stop()
  holder[kept] = undefined
}

/**
 * Returns the options that connect to the server of `setupCassandra`, from the environment. Throws `ServerStartError`
 * if the environment names no server.
 *
 * ```ts
 * const db = new DataSource({ ...testConnection(), keyspace: 'shop_test', entities: [Product] })
 * ```
 */
export function testConnection(): TestConnection {
  const {
    CASSANDRA_CONTACT_POINTS: points = '',
    CASSANDRA_LOCAL_DATACENTER: localDataCenter = 'datacenter1',
    CASSANDRA_USERNAME: username,
    CASSANDRA_PASSWORD: password,
  } = process.env
  if (points === '') {
    throw new ServerStartError(
      'no server was started for the tests: call setupCassandra() in a globalSetup file, ' +
        'or set CASSANDRA_CONTACT_POINTS',
    )
  }
  return {
    contactPoints: points.split(',').map((point) => point.trim()),
    localDataCenter,
    ...(username === undefined || password === undefined
      ? {}
      : { credentials: { username, password } }),
  }
}
