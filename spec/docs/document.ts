/** A ```ts block of a document. */
export interface Block {
  readonly code: string
  /** The line it begins at, from 1. */
  readonly line: number
  readonly isRun: boolean
  /** Says if the block needs legacy decorators. */
  readonly isLegacy: boolean
}

const notRun = '<!-- compiled, not run -->'
const legacy = '<!-- compiled with legacy decorators, not run -->'

/** The ```ts blocks of a Markdown text. Those after `<!-- compiled, not run -->` are not to be run. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^( *)```ts\n(.*?)^ *```$/gmsu)].map((match) => {
    const [, indent = '', code = ''] = match
    const before = markdown.slice(0, match.index)
    const isLegacy = before.trimEnd().endsWith(legacy)
    return {
      code: code.replaceAll(new RegExp(`^${indent}`, 'gmu'), ''),
      line: before.split('\n').length + 1,
      isRun: !isLegacy && !before.trimEnd().endsWith(notRun),
      isLegacy,
    }
  })
}

/** Returns the output that the blocks announce: the texts after `// => `. */
export function printedBy(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap(({ code }) =>
    [...code.matchAll(/\/\/ => (.*)$/gmu)].map(([, text = '']) => text),
  )
}

/**
 * The blocks as one program: the imports of all of them, each name once, then a function with the blocks in
 * their order, as if a reader typed them one after another.
 */
export function programOf(blocks: readonly Block[]): string {
  const imports = new Map<string, Set<string>>()
  const bodies = blocks.map(({ code }) =>
    code.replaceAll(
      /^import (type )?\{([^}]*)\} from '([^']+)'\n/gmu,
      (_, type = '', names: string, from: string) => {
        const known = imports.get(from) ?? new Set<string>()
        imports.set(from, known)
        for (const name of names.split(',')) {
          if (name.trim() !== '') known.add(`${type}${name.trim()}`)
        }
        return ''
      },
    ),
  )
  const importLines = [...imports].map(
    ([from, names]) => `import { ${[...names].join(', ')} } from '${from}'`,
  )
  return [...importLines, 'export async function program() {', ...bodies, '}', ''].join('\n')
}
