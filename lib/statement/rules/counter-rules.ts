import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { IfRequest, UsingRequest } from '../requests'

/** Refuses what Cassandra does not have for counters: a TTL, a timestamp and conditions. */
export function refuseOnCounters(entity: EntityMetadata, request: UsingRequest & IfRequest): void {
  if (!entity.hasCounters) return
  for (const option of ['ttl', 'timestamp', 'if', 'ifExists'] as const) {
    if (request[option] !== undefined && request[option] !== false) {
      throw new StatementError(
        `${entity.entity}: a write of counters takes no ${option}, since Cassandra has none for them; ` +
          'leave it out',
      )
    }
  }
}

/** Refuses to write whole rows of counters. */
export function requireInsertable(entity: EntityMetadata): void {
  if (!entity.hasCounters) return
  throw new StatementError(
    `${entity.entity} has counters, which cannot be saved or inserted, only changed; use ` +
      `increment() and decrement() of getCounterRepository(${entity.entity}), or update() with Increment()`,
  )
}
