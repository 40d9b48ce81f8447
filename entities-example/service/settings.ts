import { join } from 'node:path'
import { type ClientOptions, policies } from 'cassandra-driver'
import type { CoodieModuleOptions } from 'coodie/nestjs'

/** The name of the data source for departures. That for airports is the default one and needs none. */
export const flights = 'flights'

/** The address of the cluster, and the keyspaces of this service. */
export interface Cluster {
  readonly contactPoints: readonly string[]
  readonly localDataCenter: string
  readonly credentials?: ClientOptions['credentials']
  /** The prefix of the names of the keyspaces. */
  readonly keyspaces: string
}

/** The options of one of the two data sources. Migrations make its tables, and its classes are compared with them. */
export function connection(
  { contactPoints, localDataCenter, credentials, keyspaces }: Cluster,
  about: string,
): CoodieModuleOptions {
  return {
    contactPoints: [...contactPoints],
    localDataCenter,
    ...(credentials && { credentials }),
    keyspace: `${keyspaces}_${about}`,
    createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },
    migrations: [join(__dirname, 'migrations', about, '*.cql')],
    migrationsRun: true,
    validateSchema: 'error',
    autoLoadEntities: true,
    // Nobody waits for a page for the 12 seconds that the driver waits.
    defaults: { timeout: 2_000 },
    // Unless told otherwise the driver waits twice as long after each attempt in vain, up to ten minutes.
    policies: { reconnection: new policies.reconnection.ConstantReconnectionPolicy(1_000) },
  }
}
