import { type Layout, enclosed, hardLine, join, line, printLayout } from './layout'
import { textSource } from './value-source'

/** Names that one module takes from another. */
export interface ImportedNames {
  readonly from: string
  readonly names: readonly string[]
}

/** A file of classes, each after an empty line, below its imports. */
export function moduleSource(
  imports: readonly ImportedNames[],
  classes: readonly Layout[],
): string {
  const lines = imports
    .filter(({ names }) => names.length > 0)
    .map(({ from, names }): Layout => [
      'import ',
      enclosed('{', [...new Set(names)].sort(ignoringCase), '}', { edge: line }),
      ` from ${textSource(from)}`,
    ])
  const blocks = [...(lines.length === 0 ? [] : [join(hardLine, lines)]), ...classes]
  return `${printLayout(join([hardLine, hardLine], blocks))}\n`
}

function ignoringCase(a: string, b: string): number {
  return a.localeCompare(b, 'en', { sensitivity: 'base' }) || (a < b ? -1 : 1)
}
