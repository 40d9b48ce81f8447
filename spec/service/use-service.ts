import { randomBytes } from 'node:crypto'
import { Client } from 'cassandra-driver'
import { connection } from '../server/keyspace'
import { ServiceProcess } from './service-process'

export interface UsedService {
  /** The running service. */
  readonly process: ServiceProcess
  /** How many rows its tables hold, asked of the database. */
  count(): Promise<{ airports: number; departures: number }>
}

/** The service on the server of this run, in keyspaces of its own, which are dropped after the specs. */
export function useService(): UsedService {
  const keyspaces = `service_${randomBytes(4).toString('hex')}`
  const client = new Client(connection())
  const service = new ServiceProcess({ EXAMPLE_KEYSPACE: keyspaces })
  beforeAll(async () => {
    await client.connect()
    await service.started()
  }, 120_000)
  afterAll(async () => {
    await service.end()
    await client.execute(`DROP KEYSPACE IF EXISTS ${keyspaces}_airports`)
    await client.execute(`DROP KEYSPACE IF EXISTS ${keyspaces}_flights`)
    await client.shutdown()
  }, 60_000)
  const countOf = async (table: string) => {
    const { rows } = await client.execute(`SELECT count(*) AS count FROM ${keyspaces}_${table}`)
    return Number(rows[0]?.['count'])
  }
  return {
    process: service,
    count: async () => ({
      airports: await countOf('airports.airports'),
      departures: await countOf('flights.departures'),
    }),
  }
}
