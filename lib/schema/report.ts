import type { Change } from './diff/change'

/** What a report says of each change. */
type Tell = (change: Change) => string

/**
 * Changes as text, grouped by what they concern:
 *
 *     shop.products
 *       - products.price is declared as int and is text there
 */
export function report(changes: readonly Change[], tell: Tell = ({ reason }) => reason): string {
  const groups = new Map<string, string[]>()
  for (const change of changes) {
    const { keyspace, table, type } = change
    const title =
      table !== undefined
        ? `${keyspace}.${table}`
        : type !== undefined
          ? `${keyspace}.${type} (type)`
          : keyspace
    const lines = groups.get(title) ?? []
    groups.set(title, lines)
    lines.push(`    - ${tell(change)}`)
  }
  return [...groups].map(([title, lines]) => `  ${title}\n${lines.join('\n')}`).join('\n')
}
