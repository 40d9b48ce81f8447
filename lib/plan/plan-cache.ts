import type { Counters } from '../driver/observe/counters'
import { BoundedCache } from './bounded-cache'
import type { Plan } from './plan'

/** The maximum of shapes of an entity, well below the 500 prepared statements that the driver keeps. */
const maxPlans = 200

/** The plans of one entity in one keyspace, by shape. */
export class PlanCache {
  readonly #plans = new BoundedCache<Plan>(maxPlans)

  constructor(private readonly counters: Counters) {}

  /** The plan of `shape`, built when it is not here. */
  plan(shape: string, build: () => Plan): Plan {
    this.counters.planLookups++
    return this.#plans.get(shape, () => {
      this.counters.planMisses++
      return build()
    })
  }
}
