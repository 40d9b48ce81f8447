import { lex, type Token } from '../../cql/lex'
import { keywordOf, significant } from '../statement-kind'

/** The statement has a form that is not known here. */
export class UnknownForm extends Error {
  override readonly name = 'UnknownForm'
}

/** A table, type, index or view as a statement names it. */
export interface ThingName {
  readonly keyspace: string | undefined
  readonly name: string
}

/** Reads the tokens of one statement from left to right. Every method throws `UnknownForm` for something else. */
export class Cursor {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(cql: string) {
    this.#tokens = significant(lex(cql))
  }

  /** The next token as a keyword or a sign; '' at the end and for a quoted name. */
  get next(): string {
    const token = this.#tokens[this.#at]
    return token === undefined ? '' : keywordOf(token)
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length
  }

  /** Passes over these words if they are next, and returns whether they were. */
  skip(...words: readonly string[]): boolean {
    const isNext = words.every((word, i) => {
      const token = this.#tokens[this.#at + i]
      return token !== undefined && keywordOf(token) === word
    })
    if (isNext) this.#at += words.length
    return isNext
  }

  expect(...words: readonly string[]): void {
    if (!this.skip(...words)) throw new UnknownForm(words.join(' '))
  }

  /** A name: folded to lower case unless it is quoted. */
  name(): string {
    const token = this.#take()
    if (token.kind === 'name') return token.text.slice(1, -1).replaceAll('""', '"')
    if (token.kind !== 'word') throw new UnknownForm(token.text)
    return token.text.toLowerCase()
  }

  /** `products` or `shop.products` */
  thing(): ThingName {
    const first = this.name()
    return this.skip('.')
      ? { keyspace: first, name: this.name() }
      : { keyspace: undefined, name: first }
  }

  /** A string in single quotes. */
  string(): string {
    const { kind, text } = this.#take()
    if (kind !== 'quoted') throw new UnknownForm(text)
    return text.slice(1, -1).replaceAll("''", "'")
  }

  /** The text of a type, without the keyspace of a user-defined type. */
  typeText(): string {
    const parts: string[] = []
    let depth = 0
    do {
      const token = this.#take()
      if (token.text === '.') parts.pop()
      else parts.push(token.text)
      if (token.text === '<') depth++
      if (token.text === '>') depth--
    } while (depth > 0 || this.next === '<' || this.next === '.' || parts.length === 0)
    return parts.join('')
  }

  /** `(a, b)`, or one item without parentheses. */
  list<T>(read: () => T): readonly T[] {
    if (!this.skip('(')) return [read()]
    const items: T[] = []
    do items.push(read())
    while (this.skip(','))
    this.expect(')')
    return items
  }

  /** Passes over everything before these words, and over the words. */
  passUntil(...words: readonly string[]): void {
    while (!this.skip(...words)) this.#take()
  }

  /** Passes over an option of a table: everything up to the next `AND` outside of braces and parentheses. */
  passOption(): void {
    let depth = 0
    while (!this.isAtEnd && (depth > 0 || this.next !== 'AND')) {
      const { text } = this.#take()
      if ('{(['.includes(text)) depth++
      if ('})]'.includes(text)) depth--
    }
  }

  #take(): Token {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new UnknownForm('the end of the statement')
    return token
  }
}
