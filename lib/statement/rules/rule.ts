import type { ColumnMetadata } from '../../metadata/entity-metadata'

/** The reason why a request cannot be answered, and the request to make instead. */
export interface Explanation {
  readonly reason: string
  readonly remedy: string
}

/** One row of a table of rules: what it looks for, and what it says of what it finds. */
export interface Rule<Subject, Finding = Explanation> {
  readonly name: string
  readonly find: (subject: Subject) => Finding | undefined
}

/** Returns the finding of the first rule that has one. */
export function firstFinding<Subject, Finding>(
  rules: readonly Rule<Subject, Finding>[],
  subject: Subject,
): Finding | undefined {
  for (const { find } of rules) {
    const found = find(subject)
    if (found !== undefined) return found
  }
  return undefined
}

/** `'a', 'b'`: properties in a message. */
export function listed(columns: readonly ColumnMetadata[]): string {
  return [...new Set(columns)].map(({ property }) => `'${property}'`).join(', ')
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
