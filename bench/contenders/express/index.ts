import { type Cases, type Contender, type Place, contender } from '../contender'
import { type Models, connect } from './models'
import { reads } from './reads'
import { noDatabase, schema, workload } from './rest'
import { writes } from './writes'

/** express-cassandra. */
export async function open(place: Place): Promise<Contender> {
  const models = await connect(place)
  const cases: Cases<Models> = { ...writes, ...reads, ...schema, ...noDatabase, ...workload }
  return contender(
    models.connection.orm._client,
    models,
    cases,
    () => new Promise((resolve) => models.connection.close(() => resolve())),
  )
}
