import { CassandraServer } from '../../lib/testing'

/** One server for all specs of a run; the workers find it in their environment. */
export default async function setup(): Promise<void> {
  const started = performance.now()
  const server = await CassandraServer.start()
  process.env['CASSANDRA_CONTACT_POINTS'] = server.contactPoints.join(',')
  process.env['CASSANDRA_LOCAL_DATACENTER'] = server.localDataCenter
  ;(globalThis as { cassandraServer?: CassandraServer }).cassandraServer = server
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`\nCassandra at ${server.contactPoints.join(', ')} after ${seconds} s`)
}
