import type { Behavior } from '../hooks/behavior'
import type { RepositoryContext } from '../repository-context'
import { runSteps } from '../hooks/run-steps'
import { takeSnapshot } from '../tracking/snapshot'
import { TrackedState } from '../tracking/tracked-state'

/**
 * Makes entities that were read known, and calls the hooks of whole ones: those of one entity one after another, those
 * of several entities at the same time.
 */
export async function markLoaded(
  { metadata, known }: RepositoryContext,
  behavior: Behavior,
  items: readonly unknown[],
  isWhole: boolean,
): Promise<void> {
  if (!behavior.concernsReads) return
  const entities = items as readonly object[]
  if (behavior.needsKnown) {
    for (const item of entities) known.add(metadata, item, behavior.ofInstance(item).createDates)
  }
  if (!isWhole) return
  if (metadata.tracksChanges) {
    for (const item of entities)
      known.tracked.set(item, new TrackedState(takeSnapshot(metadata, item)))
  }
  const waiting: Promise<void>[] = []
  for (const item of entities) {
    try {
      const running = runSteps(behavior.ofInstance(item).steps.afterLoad, item)
      if (running !== undefined) waiting.push(running)
    } catch (error) {
      // Those that are under way are still waited for.
      waiting.push(Promise.reject(error))
      break
    }
  }
  if (waiting.length > 0) await Promise.all(waiting)
}
