import { Client } from 'cassandra-driver'
import { type Cases, type Contender, type Place, contender } from '../contender'
import { type Models, modelsOf } from './models'
import { reads } from './reads'
import { noDatabase, schema, workload } from './rest'
import { writes } from './writes'

/** The driver's Mapper. */
export async function open(place: Place): Promise<Contender> {
  const client = new Client({ ...place, contactPoints: [...place.contactPoints] })
  await client.connect()
  const cases: Cases<Models> = { ...writes, ...reads, ...schema, ...noDatabase, ...workload }
  return contender(client, modelsOf(client), cases, () => client.shutdown())
}
