import colors from 'picocolors'
import type { Change, ChangeSafety } from '../index'
import { visible } from './visible'

const signs = {
  safe: colors.green('+'),
  destructive: colors.red('-'),
  impossible: colors.yellow('!'),
} as const satisfies Record<ChangeSafety, string>

/** Prints changes grouped by what they concern, each with its statement, and their numbers. */
export function printChanges(changes: readonly Change[]): string {
  if (changes.length === 0) return colors.green('the cluster matches the classes')
  const groups = new Map<string, string[]>()
  for (const { keyspace, table, type, safety, reason, cql } of changes) {
    const title = visible([keyspace, table ?? type].filter((part) => part !== undefined).join('.'))
    const lines = groups.get(title) ?? []
    groups.set(title, lines)
    lines.push(`  ${signs[safety]} ${visible(reason)}`)
    if (cql !== '') lines.push(colors.dim(`      ${visible(cql)}`))
  }
  const blocks = [...groups].map(([title, lines]) => [colors.bold(title), ...lines].join('\n'))
  const counts = (Object.keys(signs) as ChangeSafety[])
    .map((safety) => [changes.filter((change) => change.safety === safety).length, safety] as const)
    .filter(([count]) => count > 0)
    .map(([count, safety]) => `${count} ${safety}`)
  return [...blocks, counts.join(', ')].join('\n\n')
}
