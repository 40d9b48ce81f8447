/** The operation of a statement and its table. */
export interface StatementDescription {
  /** `SELECT`, `CREATE TABLE`, `BATCH`. */
  readonly operation: string
  readonly keyspace: string | undefined
  readonly table: string | undefined
}

const verb = /^\s*(?:(create|alter|drop)\s+(?:custom\s+)?(materialized\s+view|\w+)|(\w+))/iu

const name = String.raw`"(?:[^"]|"")+"|\w+`

/** Matches quoted text too, and passes over it: a column or a constant may look like a clause. */
const target = new RegExp(
  String.raw`"(?:[^"]|"")*"|'(?:[^']|'')*'|` +
    String.raw`\b(?:from|into|on|update|table|view|type|keyspace|truncate)\s+` +
    String.raw`(?:table\s+)?(?:if\s+(?:not\s+)?exists\s+)?(${name})(?:\s*\.\s*(${name}))?`,
  'giu',
)

/** Reads the text of a statement, generated or written by hand, only as far as necessary. */
export function describeStatement(cql: string): StatementDescription {
  const [, change, what, word = ''] = verb.exec(cql) ?? []
  const operation = (change === undefined ? word : `${change} ${what ?? ''}`)
    .toUpperCase()
    .replaceAll(/\s+/gu, ' ')
  for (const [, first, second] of cql.matchAll(target)) {
    if (first === undefined) continue
    if (second === undefined && operation.endsWith(' KEYSPACE')) {
      return { operation, keyspace: bare(first), table: undefined }
    }
    return {
      operation,
      keyspace: second === undefined ? undefined : bare(first),
      table: bare(second ?? first),
    }
  }
  return { operation, keyspace: undefined, table: undefined }
}

/** Returns the facts that several statements of one batch have in common. */
export function describeBatch(texts: readonly string[]): StatementDescription {
  const all = texts.map(describeStatement)
  const shared = (key: keyof StatementDescription) => {
    const values = new Set(all.map((each) => each[key]))
    return values.size === 1 ? all[0]?.[key] : undefined
  }
  const operation = shared('operation')
  return {
    operation: operation === undefined ? 'BATCH' : `BATCH ${operation}`,
    keyspace: shared('keyspace'),
    table: shared('table'),
  }
}

function bare(identifier: string): string {
  return identifier.startsWith('"')
    ? identifier.slice(1, -1).replaceAll('""', '"')
    : identifier.toLowerCase()
}
