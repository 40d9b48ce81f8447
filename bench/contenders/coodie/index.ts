import { type Cases, type Contender, type Place, contender } from '../contender'
import { type Context, connect } from './context'
import { countPrepared } from './count-prepared'
import { heldHeap } from './held-heap'
import { noDatabase } from './no-database'
import { reads } from './reads'
import { startUp } from './start-up'
import { schema } from './schema'
import { workload } from './workload'
import { writes } from './writes'

/** This package. */
export async function open(place: Place): Promise<Contender> {
  const context = await connect(place)
  const cases: Cases<Context> = { ...writes, ...reads, ...schema, ...noDatabase, ...workload }
  return {
    ...contender(context.db.client as never, context, cases, () => context.db.destroy()),
    extras: {
      countPrepared: (calls) => countPrepared(context, calls),
      heldHeap: () => heldHeap(context),
      startUp: (entities) => startUp(context, entities),
    },
  }
}
