import { Client } from 'cassandra-driver'
import { connectOwn } from './connect'

/** Facts that a server tells about itself. */
export interface ServerFacts {
  readonly releaseVersion: string
  readonly dataCenter: string
  /** The number of nodes that it knows, itself included. */
  readonly nodes: number
}

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Connects to one server and asks it about itself. Throws the driver's error. */
export async function probe(
  contactPoint: string,
  credentials?: Credentials,
  localDataCenter?: string,
): Promise<ServerFacts> {
  const client = new Client({
    contactPoints: [contactPoint],
    localDataCenter: localDataCenter ?? 'datacenter1',
    ...(credentials === undefined ? {} : { credentials }),
    // The name of the data center may be the question, so only the given server is used.
    pooling: { warmup: false },
    socketOptions: { connectTimeout: 2_000 },
  })
  const close = await connectOwn(client)
  try {
    const { rows } = await client.execute('SELECT release_version, data_center FROM system.local')
    const row = rows[0]
    return {
      releaseVersion: String(row?.['release_version']),
      dataCenter: String(row?.['data_center']),
      nodes: client.hosts.length,
    }
  } finally {
    await close()
  }
}
