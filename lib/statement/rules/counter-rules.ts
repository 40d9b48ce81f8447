import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { IfRequest, UsingRequest } from '../requests'

/** Refuses what Cassandra does not have for counters: a TTL, a timestamp and conditions. */
export function refuseOnCounters(
  metadata: EntityMetadata,
  request: UsingRequest & IfRequest,
): void {
  if (!metadata.hasCounters) return
  for (const option of ['ttl', 'timestamp', 'if', 'ifExists'] as const) {
    if (request[option] !== undefined && request[option] !== false) {
      throw new StatementError(
        `${metadata.name}: a write of counters takes no ${option}, which Cassandra does not have for counters; ` +
          'leave it out',
      )
    }
  }
}

/** Refuses to write whole rows of counters. */
export function requireInsertable(metadata: EntityMetadata): void {
  if (!metadata.hasCounters) return
  throw new StatementError(
    `${metadata.name} has counters, which cannot be saved or inserted, only changed; use ` +
      `increment() and decrement() of getCounterRepository(${metadata.name}), or update() with Increment()`,
  )
}
