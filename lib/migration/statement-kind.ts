import { type Token, lex } from '../cql/lex'

/** The effect of a statement. */
export interface StatementKind {
  /** `true` for a change of the schema, after which schema agreement is awaited. */
  readonly isSchema: boolean
  /** The loss, as in 'DROP TABLE'; undefined if the statement loses no data. */
  readonly loss: string | undefined
  /** `true` for `USE`, which would change the keyspace of the connection. */
  readonly isUse: boolean
}

/** The things whose DROP loses data. */
const precious: ReadonlySet<string> = new Set([
  'KEYSPACE',
  'TABLE',
  'COLUMNFAMILY',
  'TYPE',
  'MATERIALIZED',
])

/** Classifies one statement. */
export function classify(cql: string): StatementKind {
  const tokens = significant(lex(cql))
  const [first = '', second = ''] = tokens.map(keywordOf)
  return {
    isSchema: ['CREATE', 'ALTER', 'DROP'].includes(first),
    loss: lossOf(first, second, tokens),
    isUse: first === 'USE',
  }
}

/** Returns the tokens of a statement without space and comments. */
export function significant(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment')
}

/** Returns a word in capital letters, and a sign unchanged; '' for a quoted name, which is not a keyword. */
export function keywordOf({ kind, text }: Token): string {
  return kind === 'word' ? text.toUpperCase() : kind === 'name' ? '' : text
}

function lossOf(first: string, second: string, tokens: readonly Token[]): string | undefined {
  if (first === 'TRUNCATE') return 'TRUNCATE'
  if (first === 'DROP' && precious.has(second)) {
    return second === 'MATERIALIZED' ? 'DROP MATERIALIZED VIEW' : `DROP ${second}`
  }
  if (first !== 'ALTER' || (second !== 'TABLE' && second !== 'COLUMNFAMILY')) return undefined
  return dropsColumn(tokens) ? `ALTER ${second} … DROP` : undefined
}

/** `ALTER TABLE [IF EXISTS] [keyspace.]table DROP …`, but not `DROP COMPACT STORAGE`. */
function dropsColumn(tokens: readonly Token[]): boolean {
  let at = 2
  if (keywordAt(tokens, at) === 'IF' && keywordAt(tokens, at + 1) === 'EXISTS') at += 2
  at += tokens[at + 1]?.text === '.' ? 3 : 1
  return keywordAt(tokens, at) === 'DROP' && !isCompactStorage(tokens, at + 1)
}

function isCompactStorage(tokens: readonly Token[], at: number): boolean {
  return keywordAt(tokens, at) === 'COMPACT' && keywordAt(tokens, at + 1) === 'STORAGE'
}

function keywordAt(tokens: readonly Token[], at: number): string {
  const token = tokens[at]
  return token === undefined ? '' : keywordOf(token)
}
