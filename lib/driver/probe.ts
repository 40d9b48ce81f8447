import { Client } from 'cassandra-driver'
import { connectOwn } from './connect'

/** What a server says of itself. */
export interface ServerFacts {
  readonly releaseVersion: string
  readonly dataCenter: string
  /** How many nodes it knows of, itself among them. */
  readonly nodes: number
}

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Connects once to one server and asks it about itself; throws the driver's error. */
export async function probe(
  contactPoint: string,
  credentials?: Credentials,
  localDataCenter?: string,
): Promise<ServerFacts> {
  const client = new Client({
    contactPoints: [contactPoint],
    localDataCenter: localDataCenter ?? 'datacenter1',
    ...(credentials === undefined ? {} : { credentials }),
    // The name of the data centre may be what is asked for: only the given server is used.
    pooling: { warmup: false },
    socketOptions: { connectTimeout: 2_000 },
  })
  try {
    await connectOwn(client)
    const { rows } = await client.execute('SELECT release_version, data_center FROM system.local')
    const row = rows[0]
    return {
      releaseVersion: String(row?.['release_version']),
      dataCenter: String(row?.['data_center']),
      nodes: client.hosts.length,
    }
  } finally {
    await client.shutdown()
  }
}
