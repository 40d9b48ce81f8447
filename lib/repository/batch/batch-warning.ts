import { publishWarning } from '../../driver/observe/diagnostics'
import type { BoundWrite } from '../write/bind-write'
import type { WrittenRows } from './written-rows'

/** A batch of more statements costs its coordinator more than the same writes one by one. */
const manyStatements = 100
/** Cassandra itself warns of unlogged batches with more partitions. */
const manyPartitions = 10

/** Publishes a warning on `coodie:warning` when a batch is larger than is good for a cluster. */
export function warnOfSize(
  writes: readonly BoundWrite[],
  written: () => readonly WrittenRows[],
): void {
  publishWarning(() => {
    const statements = writes.length
    const partitions = new Set(written().map(({ partition }) => partition)).size
    if (statements <= manyStatements && partitions <= manyPartitions) return undefined
    const entities = [...new Set(writes.map(({ context }) => context.metadata.name))]
    return {
      kind: 'largeBatch',
      message:
        `a batch of ${entities.join(', ')} has ${statements} statements for ${partitions} partitions; ` +
        'save() of an array writes many rows with less load on the cluster',
      entities,
      statements,
      partitions,
    }
  })
}
