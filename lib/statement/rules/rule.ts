import type { ColumnMetadata } from '../../metadata/entity-metadata'

/** Why a request cannot be answered, and what to ask instead. */
export interface Explanation {
  readonly reason: string
  readonly remedy: string
}

/** One row of a table of rules: what it looks for, and what it says of what it finds. */
export interface Rule<Subject> {
  readonly name: string
  readonly find: (subject: Subject) => Explanation | undefined
}

/** What the first rule says that finds something. */
export function firstFinding<Subject>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
): Explanation | undefined {
  for (const { find } of rules) {
    const found = find(subject)
    if (found !== undefined) return found
  }
  return undefined
}

/** `'a', 'b' and 'c'`: properties in a message. */
export function listed(columns: readonly ColumnMetadata[]): string {
  const names = [...new Set(columns)].map(({ property }) => `'${property}'`)
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`
}

export function isOrAre(columns: readonly ColumnMetadata[]): string {
  return columns.length === 1 ? 'is' : 'are'
}

export function itOrThem(columns: readonly ColumnMetadata[]): string {
  return columns.length === 1 ? 'it' : 'them'
}

export function hasOrHave(columns: readonly ColumnMetadata[]): string {
  return columns.length === 1 ? 'has' : 'have'
}
