import { Client } from 'cassandra-driver'
import { type Cases, type Contender, type Place, contender } from '../contender'
import { noDatabase } from './no-database'
import { reads } from './reads'
import { schema } from './schema'
import { workload } from './workload'
import { writes } from './writes'

/** The bare driver. */
export async function open(place: Place): Promise<Contender> {
  const client = new Client({ ...place, contactPoints: [...place.contactPoints] })
  await client.connect()
  const cases: Cases<Client> = { ...writes, ...reads, ...schema, ...noDatabase, ...workload }
  return contender(client, client, cases, () => client.shutdown())
}
