import type { ModulesContainer } from '@nestjs/core'
import type { DataSource } from '../index'

/** The data sources that each application opens. */
const starts = new WeakMap<ModulesContainer, Set<Promise<DataSource>>>()

/**
 * Waits for a data source of an application. If it cannot be opened, the application does not start, and the others that it
 * has opened are closed: Nest calls no hook then.
 */
export async function startTogether(
  application: ModulesContainer,
  opening: Promise<DataSource>,
): Promise<DataSource> {
  const all = starts.get(application) ?? new Set()
  starts.set(application, all.add(opening))
  try {
    return await opening
  } catch (error) {
    const others = [...all].filter((each) => each !== opening)
    await Promise.allSettled(others.map(async (other) => (await other).destroy()))
    throw error
  }
}
