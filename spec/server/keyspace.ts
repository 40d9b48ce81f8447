import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { Client } from 'cassandra-driver'

/** Where the server of this run is. */
export function connection(): { contactPoints: string[]; localDataCenter: string } {
  return {
    contactPoints: (process.env['CASSANDRA_CONTACT_POINTS'] ?? '').split(','),
    localDataCenter: process.env['CASSANDRA_LOCAL_DATACENTER'] ?? 'datacenter1',
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
  const client = new Client({ ...connection(), socketOptions: { readTimeout: 60_000 } })
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
