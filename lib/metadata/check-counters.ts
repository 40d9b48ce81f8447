import type { ColumnDeclaration, IndexDeclaration } from './declaration'
import type { TableOptions } from './entity-metadata'

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
  for (const { property, default: value, ttl } of counters) {
    if (value !== undefined) problem(property, 'is a counter and starts at 0; leave default out')
    if (ttl !== undefined) problem(property, 'is a counter, which never expires; leave ttl out')
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
