import type { Counters } from '../driver/observe/counters'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { BoundedCache } from './bounded-cache'
import { PlanCache } from './plan-cache'

/** The plans of all entities. An entity that is asked for in many keyspaces keeps the plans of the latest of them. */
export class PlanCaches {
  readonly #byEntity = new Map<EntityMetadata, BoundedCache<PlanCache>>()

  constructor(
    private readonly counters: Counters,
    /** The maximum for one entity. */
    private readonly mostKeyspaces: number,
  ) {}

  of(metadata: EntityMetadata, keyspace: string): PlanCache {
    let byKeyspace = this.#byEntity.get(metadata)
    if (byKeyspace === undefined) {
      byKeyspace = new BoundedCache(this.mostKeyspaces)
      this.#byEntity.set(metadata, byKeyspace)
    }
    return byKeyspace.get(keyspace, () => new PlanCache(this.counters))
  }
}
