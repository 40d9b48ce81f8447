import type { Plan } from './plan'

interface Entry {
  readonly plan: Plan
  /** Asked for since it last stood at the head of the line. */
  isRecent: boolean
}

/**
 * The plans of one entity in one keyspace, by shape. Bounded: one that was not asked for lately goes first, well
 * before the driver forgets prepared statements (500 by default). A plan that was asked for gets a second turn
 * when it comes to the head of the line, which costs less on every call than moving it to the end at once.
 */
export class PlanCache {
  readonly #entries = new Map<string, Entry>()

  constructor(private readonly capacity = 200) {}

  /** The plan of `shape`, built when it is not here. A build that throws leaves nothing behind. */
  plan(shape: string, build: () => Plan): Plan {
    const known = this.#entries.get(shape)
    if (known !== undefined) {
      known.isRecent = true
      return known.plan
    }
    const plan = build()
    if (this.#entries.size >= this.capacity) this.#evict()
    this.#entries.set(shape, { plan, isRecent: false })
    return plan
  }

  #evict(): void {
    for (const [shape, entry] of this.#entries) {
      this.#entries.delete(shape)
      if (!entry.isRecent) return
      entry.isRecent = false
      this.#entries.set(shape, entry)
    }
  }

  get size(): number {
    return this.#entries.size
  }
}
