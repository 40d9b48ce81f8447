import type { Change } from './change'

/**
 * Prints changes as text, grouped by what they concern, each with what `tell` says of it:
 *
 *     shop.products
 *       - products.price is declared as int and is text in the cluster
 */
export function report(
  changes: readonly Change[],
  tell: (change: Change) => string = ({ reason }) => reason,
): string {
  const groups = new Map<string, string[]>()
  for (const change of changes) {
    const title = titleOf(change)
    const lines = groups.get(title) ?? []
    groups.set(title, lines)
    lines.push(`    - ${tell(change)}`)
  }
  return [...groups].map(([title, lines]) => `  ${title}\n${lines.join('\n')}`).join('\n')
}

function titleOf({ keyspace, table, type }: Change): string {
  if (table !== undefined) return `${keyspace}.${table}`
  return type === undefined ? keyspace : `${keyspace}.${type} (type)`
}
