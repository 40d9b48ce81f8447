import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { Client } from 'cassandra-driver'

/** The options of a client for the server of this run. */
export interface Connection {
  readonly contactPoints: string[]
  readonly localDataCenter: string
  /** Long enough for a busy machine: the driver gives up after 12 seconds. */
  readonly socketOptions: { readonly readTimeout: number }
}

/** Returns how the server of this run is reached. */
export function connection(): Connection {
  return {
    contactPoints: (process.env['CASSANDRA_CONTACT_POINTS'] ?? '').split(','),
    localDataCenter: process.env['CASSANDRA_LOCAL_DATACENTER'] ?? 'datacenter1',
    socketOptions: { readTimeout: 60_000 },
  }
}

/** A keyspace of the spec file's own: made before its specs, dropped after them. */
export interface SpecKeyspace {
  readonly name: string
  /** The bare driver, to see what the database holds. */
  readonly client: Client
}

export function useKeyspace(): SpecKeyspace {
  const file = basename(expect.getState().testPath ?? 'spec', '.spec.ts')
  const name = `${file.replaceAll(/\W/gu, '_').slice(0, 38)}_${randomBytes(4).toString('hex')}`
  const client = new Client(connection())
  beforeAll(async () => {
    await client.connect()
    await client.execute(
      `CREATE KEYSPACE ${name} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    )
  })
  afterAll(async () => {
    await client.execute(`DROP KEYSPACE IF EXISTS ${name}`)
    await client.shutdown()
  })
  return { name, client }
}
