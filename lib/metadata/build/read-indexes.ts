import { oneOf, text } from '../../errors/option-checks'
import type { Declarations, IndexDeclaration } from '../declaration'
import type { Problem } from './declared-properties'
import { type Values, readOptions, scalars } from '../read-options'

const checks = {
  name: text,
  using: text,
  on: oneOf(['values', 'keys', 'entries', 'full']),
  options: scalars,
  similarity: oneOf(['cosine', 'dot_product', 'euclidean']),
} as const

/** An index with its options, checked. */
export interface DeclaredIndex extends Values<typeof checks> {
  readonly property: string
}

/**
 * Reads the indexes of a class and its bases, the base first. A class that declares a column anew
 * declares its indexes anew, and `@Index(false)` removes those of the bases; but the classes of one
 * table share the indexes of their base.
 */
export function readIndexes(
  chain: readonly Declarations[],
  problem: Problem,
): readonly DeclaredIndex[] {
  let found: DeclaredIndex[] = []
  for (const { columns, indexes, child } of chain) {
    const removals = indexes.filter(isRemoval)
    if (child === undefined) {
      const replaced = new Set([...columns, ...removals].map(({ property }) => String(property)))
      found = found.filter(({ property }) => !replaced.has(property))
    } else {
      for (const { property } of removals) {
        problem(
          String(property),
          'has @Index(false), and the classes of a table share its indexes; declare them in the base',
        )
      }
    }
    found.push(...readAll(indexes, problem))
  }
  return found
}

function readAll(indexes: readonly IndexDeclaration[], problem: Problem): readonly DeclaredIndex[] {
  return indexes.filter((index) => !isRemoval(index)).map((index) => readIndex(index, problem))
}

/** Tells `@Index(false)`. */
function isRemoval({ options }: IndexDeclaration): boolean {
  return options === false
}

function readIndex({ property, options }: IndexDeclaration, problem: Problem): DeclaredIndex {
  const name = String(property)
  const tell = (message: string) => problem(name, message)
  return { property: name, ...readOptions(options, checks, { owner: '@Index()', tell }) }
}
