import type { ColumnDeclaration, IndexDeclaration } from '../declaration'
import type { TableOptions } from '../entity-metadata'

type NamedColumn = ColumnDeclaration & { readonly property: string }

/** What Cassandra refuses of a table of counters, told with what to write instead. */
export function checkCounters(
  declared: readonly NamedColumn[],
  indexes: readonly IndexDeclaration[],
  options: TableOptions,
  problem: (property: string, message: string) => void,
): void {
  const counters = declared.filter(({ role }) => role === 'counter')
  if (counters.length === 0) return
  for (const { property, role } of declared) {
    if (role === 'regular' || role === 'static') {
      problem(
        property,
        `is no counter, and '${counters[0]?.property}' is one; beside counters a table has its key only, ` +
          'so put the others into a class of their own',
      )
    }
  }
  for (const counter of counters) {
    for (const option of ['default', 'enum', 'transformer', 'ttl'] as const) {
      if (counter[option] !== undefined) {
        problem(counter.property, `is a counter, which has no ${option}; leave it out`)
      }
    }
  }
  for (const { property } of indexes) {
    problem(
      String(property),
      'has an @Index(), which a table of counters cannot have; leave it out',
    )
  }
  if (options['default_time_to_live'] !== undefined) {
    problem('', 'has counters, which never expire; leave defaultTimeToLive out')
  }
}
