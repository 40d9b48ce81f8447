import { type Layout, enclosed, hardLine, join, line, printLayout } from './layout'
import { textSource } from './value-source'

/** The names that one module imports from another. */
export interface ImportedNames {
  readonly from: string
  readonly names: readonly string[]
}

/** Writes a file of classes below its imports, with an empty line before each. */
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
