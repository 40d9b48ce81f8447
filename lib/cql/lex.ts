/** The kinds of tokens: `quoted` is a string, `body` a text between `$$`, and `name` a name in double quotes. */
type TokenKind = 'space' | 'comment' | 'quoted' | 'body' | 'name' | 'word' | 'semicolon' | 'sign'

/** A piece of CQL text. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** The place of its first character in the whole text. */
  readonly start: number
  /** `false` if the whole text ends before the string, name, body or comment does. */
  readonly isClosed: boolean
}

/** A token that ends at a text of its own. In strings and names, that text stands for itself if it is doubled. */
const enclosed = [
  { kind: 'quoted', open: "'", close: "'", canDouble: true },
  { kind: 'name', open: '"', close: '"', canDouble: true },
  { kind: 'body', open: '$$', close: '$$', canDouble: false },
  { kind: 'comment', open: '/*', close: '*/', canDouble: false },
] as const

const open = [
  { kind: 'space', text: /\s+/uy },
  { kind: 'comment', text: /(?:--|\/\/)[^\r\n]*/uy },
  { kind: 'word', text: /[\p{L}\p{N}_]+/uy },
  { kind: 'semicolon', text: /;/uy },
  { kind: 'sign', text: /[^]/uy },
] as const

/**
 * Divides CQL text into tokens as the server does: strings in single quotes, names in double quotes, bodies between
 * `$$`, and comments from `--` or `//` to the end of the line, or between slash-star and star-slash. The joined texts of
 * the tokens are the text.
 */
export function lex(cql: string): readonly Token[] {
  const tokens: Token[] = []
  for (let start = 0; start < cql.length;) {
    const token = enclosedAt(cql, start) ?? openAt(cql, start)
    tokens.push(token)
    start += token.text.length
  }
  return tokens
}

function enclosedAt(cql: string, start: number): Token | undefined {
  const found = enclosed.find((each) => cql.startsWith(each.open, start))
  if (found === undefined) return undefined
  const { kind, close, canDouble } = found
  const at = endOf(cql, close, start + found.open.length, canDouble)
  const end = at === -1 ? cql.length : at + close.length
  return { kind, text: cql.slice(start, end), start, isClosed: at !== -1 }
}

/** Returns the place of the first `close` from `start` on that is not doubled, or -1. */
function endOf(cql: string, close: string, start: number, canDouble: boolean): number {
  for (let at = cql.indexOf(close, start); ; at = cql.indexOf(close, at + 2)) {
    if (at === -1 || !canDouble || !cql.startsWith(close, at + 1)) return at
  }
}

function openAt(cql: string, start: number): Token {
  for (const { kind, text } of open) {
    text.lastIndex = start
    const [found] = text.exec(cql) ?? []
    if (found !== undefined) return { kind, text: found, start, isClosed: true }
  }
  throw new RangeError(`the text has no character ${start}`)
}
