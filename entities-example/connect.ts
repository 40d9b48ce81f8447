import { DataSource } from 'coodie'
import type { CassandraServer } from 'coodie/testing'
import { Airport } from './entities/airport'
import { Departure } from './entities/departure'
import { RankedDelay } from './entities/ranked-delay'
import { RouteFlight } from './entities/route-flight'
import { WeatherReading } from './entities/weather-reading'
import type { Report } from './print/report'

/** A data source with a keyspace of its own, which is created when it is not there. */
export async function connect(server: CassandraServer, report: Report): Promise<DataSource> {
  const db = new DataSource({
    contactPoints: server.contactPoints,
    localDataCenter: server.localDataCenter,
    ...(server.credentials && { credentials: server.credentials }),
    keyspace: process.env['EXAMPLE_KEYSPACE'] ?? 'coodie_example',
    createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },
    entities: [Airport, Departure, RouteFlight, RankedDelay, WeatherReading],
    logging: ['query', 'slow', 'schema'],
    logger: report,
  })
  return db.initialize()
}
