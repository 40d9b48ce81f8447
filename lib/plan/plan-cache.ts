import type { Plan } from './plan'

/**
 * The plans of one entity in one keyspace, by shape. Bounded: the least recently used one goes first,
 * well before the driver forgets prepared statements (500 by default).
 */
export class PlanCache {
  readonly #plans = new Map<string, Plan>()

  constructor(private readonly capacity = 200) {}

  /** The plan of `shape`, built when it is not here. A build that throws leaves nothing behind. */
  plan(shape: string, build: () => Plan): Plan {
    let plan = this.#plans.get(shape)
    if (plan === undefined) {
      plan = build()
      if (this.#plans.size >= this.capacity) {
        const oldest = this.#plans.keys().next()
        if (oldest.done !== true) this.#plans.delete(oldest.value)
      }
    } else {
      this.#plans.delete(shape)
    }
    this.#plans.set(shape, plan)
    return plan
  }

  get size(): number {
    return this.#plans.size
  }
}
