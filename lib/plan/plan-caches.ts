import type { Counters } from '../driver/observe/counters'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { BoundedCache } from './bounded-cache'
import { PlanCache } from './plan-cache'

/** The plans of all entities. An entity that is asked for in many keyspaces keeps the plans of the latest of them. */
export class PlanCaches {
  readonly #byEntity = new Map<EntityMetadata, BoundedCache<PlanCache>>()

  constructor(
    private readonly counters: Counters,
    /** Of one entity. */
    private readonly mostKeyspaces: number,
  ) {}

  of(entity: EntityMetadata, keyspace: string): PlanCache {
    let byKeyspace = this.#byEntity.get(entity)
    if (byKeyspace === undefined) {
      byKeyspace = new BoundedCache(this.mostKeyspaces)
      this.#byEntity.set(entity, byKeyspace)
    }
    return byKeyspace.get(keyspace, () => new PlanCache(this.counters))
  }
}
