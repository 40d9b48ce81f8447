import { type Token, lex } from './lex'

/** A part of a script: one statement, with the text around it. */
export interface ScriptPart {
  /** The whole text of the part, with its `;`. The joined texts of all parts are the script. */
  readonly text: string
  /** The statement without `;`, and without blanks and comments around it; empty if the part has no statement. */
  readonly statement: string
}

/**
 * Returns the statements of a script: `splitStatements('USE a; USE b;')` is `['USE a', 'USE b']`. A `;` in a string, a
 * quoted name, a `$$` body, a comment or a batch does not end a statement.
 */
export function splitStatements(script: string): readonly string[] {
  return statementsOf(splitScript(script))
}

/** Divides a script into parts with one statement each. */
export function splitScript(script: string): readonly ScriptPart[] {
  return splitTokens(lex(script))
}

/** Divides the tokens of a script into parts with one statement each. */
export function splitTokens(tokens: readonly Token[]): readonly ScriptPart[] {
  const parts: ScriptPart[] = []
  let part: Token[] = []
  let isInBatch = false
  for (const segment of cutAtSemicolons(tokens)) {
    part.push(...segment)
    const words = wordsOf(segment)
    isInBatch = (isInBatch || beginsBatch.test(words)) && !endsBatch.test(words)
    if (isInBatch) continue
    parts.push(partOf(part))
    part = []
  }
  return part.length === 0 ? parts : [...parts, partOf(part)]
}

/** Returns the statements of parts; a part of comments has none. */
export function statementsOf(parts: readonly ScriptPart[]): readonly string[] {
  return parts.map(({ statement }) => statement).filter((statement) => statement !== '')
}

const beginsBatch = /^BEGIN (?:(?:UNLOGGED|COUNTER|LOGGED) )?BATCH\b/u
const endsBatch = /\bAPPLY BATCH\b/u

function cutAtSemicolons(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const segments: Token[][] = []
  let segment: Token[] = []
  for (const token of tokens) {
    segment.push(token)
    if (token.kind !== 'semicolon') continue
    segments.push(segment)
    segment = []
  }
  return segment.length === 0 ? segments : [...segments, segment]
}

function partOf(tokens: readonly Token[]): ScriptPart {
  const text = textOf(tokens)
  const inside = tokens.filter((token) => isSignificant(token) && token.kind !== 'semicolon')
  const first = inside[0]
  const last = inside.at(-1)
  if (first === undefined || last === undefined) return { text, statement: '' }
  const start = tokens[0]?.start ?? 0
  return { text, statement: text.slice(first.start - start, last.start + last.text.length - start) }
}

/** Returns the words of tokens in capital letters, with one space between them and `.` for everything else. */
function wordsOf(tokens: readonly Token[]): string {
  return tokens
    .filter(isSignificant)
    .map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : '.'))
    .join(' ')
}

/** Tells whether a token is neither a blank nor a comment. */
export function isSignificant({ kind }: Token): boolean {
  return kind !== 'space' && kind !== 'comment'
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('')
}
