import type { DeclaredColumn } from './column-options'
import type { DeclaredIndex } from './read-indexes'
import type { TableOptions } from '../entity-metadata'

/** Reports declarations of a table with counters that Cassandra refuses, with the remedy. */
export function checkCounters(
  declared: readonly DeclaredColumn[],
  indexes: readonly DeclaredIndex[],
  options: TableOptions,
  problem: (property: string, message: string) => void,
): void {
  const counters = declared.filter(({ isCounter }) => isCounter)
  if (counters.length === 0) return
  for (const { property, role, isCounter } of declared) {
    if (!isCounter && (role === 'regular' || role === 'static')) {
      problem(
        property,
        `is not a counter, and a table with counters ('${counters[0]?.property}') has no other columns outside its key; ` +
          'move it to another class',
      )
    }
  }
  for (const { property } of indexes) {
    problem(property, 'has an @Index(), which a table of counters cannot have; leave it out')
  }
  if (options['default_time_to_live'] !== undefined) {
    problem('', 'has counters, which never expire; leave defaultTimeToLive out')
  }
}
