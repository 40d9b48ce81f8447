import 'reflect-metadata'
import { CassandraServer } from 'coodie/testing'
import { createService } from './create-service'
import { importFlights } from './import'

/** Starts the service on an embedded server, or on the cluster of CASSANDRA_CONTACT_POINTS. */
export async function main(): Promise<void> {
  const server = await CassandraServer.start({ onProgress: (step) => console.log(`${step} …`) })
  const app = await createService({
    contactPoints: server.contactPoints,
    localDataCenter: server.localDataCenter,
    ...(server.credentials && { credentials: server.credentials }),
    keyspaces: process.env['EXAMPLE_KEYSPACE'] ?? 'coodie_service',
  })
  console.log('importing airports and flights …')
  await importFlights(app)
  await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
  const url = await app.getUrl()
  console.log(`
${url}/api describes the API. Or try:

  curl '${url}/airports?state=WA&limit=3'
  curl '${url}/airports/DFW/departures?day=2001-01-28&limit=3'
  curl -X PATCH '${url}/airports/SEA/departures/2001-01-28T05:58Z/6017' -H 'Content-Type: application/json' -d '{"delay": 45}'
  curl -X POST '${url}/airports' -H 'Content-Type: application/json' -d '{"iata": "XX", "latitude": 91}'
  curl '${url}/health'

Press Ctrl-C to stop.`)
  // If the database need not be stopped, app.enableShutdownHooks() is enough.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void app.close().then(() => server.stop()))
  }
}
