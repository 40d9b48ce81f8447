import { type Token, lex } from '../../cql/lex'
import { editDistance } from '../../errors/edit-distance'
import { MigrationError } from '../../errors/errors'
import { isSignificant, splitTokens, statementsOf } from '../../cql/split-statements'

/** The content of a `.cql` migration. */
export interface MigrationScript {
  readonly description: string | undefined
  readonly destructive: boolean
  readonly up: readonly string[]
  /** The statements below `-- migrate:down`; undefined if the script has no such line. */
  readonly down: readonly string[] | undefined
}

const markers = { 'migrate:up': 'up', 'migrate:down': 'down' } as const

/** The lines that a script may have above `-- migrate:up`. Each returns the problem of a value. */
const headLines = {
  description: (text: string) => (text === '' ? 'needs a text' : undefined),
  destructive: (text: string) =>
    /^(?:true|false)$/iu.test(text) ? undefined : 'must be true or false',
} as const satisfies Record<string, (text: string) => string | undefined>

const unclosed: { readonly [kind in Token['kind']]?: string } = {
  quoted: "a string begins here that no ' closes",
  name: 'a name begins here that no " closes',
  body: 'a body begins here that no $$ closes',
  comment: 'a comment begins here that no */ closes',
}

/** A comment that takes the rest of its line, and its place there. */
interface LineComment {
  /** The comment without its first two characters and without blanks around it. */
  readonly text: string
  /** `true` if only blanks are before it in its line. */
  readonly isFirst: boolean
  /** `true` if the line begins with `--`. */
  readonly canMark: boolean
}

/**
 * Parses a `.cql` migration. `-- migrate:up` and `-- migrate:down` begin its sections; above them it may have
 * `-- description: …` and `-- destructive: true`. Throws `MigrationError` with the
 * line and the problem.
 */
export function parseScript(script: string): MigrationScript {
  const sections = new Map<'head' | 'up' | 'down', Token[]>([['head', []]])
  const head = new Map<string, string>()
  let section: 'head' | 'up' | 'down' = 'head'
  for (const token of lex(script)) {
    const fail = (reason: string) => new MigrationError(`line ${lineOf(script, token)}: ${reason}`)
    const problem = token.isClosed ? undefined : unclosed[token.kind]
    if (problem !== undefined) throw fail(problem)
    const comment = lineComment(script, token)
    const marked = comment === undefined ? undefined : markerOf(comment)
    if (comment !== undefined && marked === undefined) {
      const misfit = looksLikeMarker(comment) ?? readHeadLine(comment, section === 'head', head)
      if (misfit !== undefined) throw fail(misfit)
    }
    if (marked !== undefined) {
      if (sections.has(marked)) throw fail(`the script has -- migrate:${marked} already`)
      if (marked === 'down' && section === 'head') throw fail('write -- migrate:up first')
      section = marked
      sections.set(section, [])
    } else {
      if (section === 'head' && isSignificant(token)) {
        throw fail('a statement is above -- migrate:up; write that line above the first statement')
      }
      sections.get(section)?.push(token)
    }
  }
  const statements = (of: 'up' | 'down') => {
    const tokens = sections.get(of)
    return tokens === undefined ? undefined : statementsOf(splitTokens(tokens))
  }
  return {
    description: head.get('description'),
    destructive: head.get('destructive')?.toLowerCase() === 'true',
    up: statements('up') ?? [],
    down: statements('down'),
  }
}

function lineComment(script: string, { kind, text, start }: Token): LineComment | undefined {
  if (kind !== 'comment' || text.startsWith('/*')) return undefined
  const breaks = ['\n', '\r'].map((each) => script.slice(0, start).lastIndexOf(each))
  const before = script.slice(Math.max(...breaks) + 1, start)
  return {
    text: text.slice(2).trim(),
    isFirst: before.trim() === '',
    // A byte order mark is not a part of the line.
    canMark: text.startsWith('--') && before.replace('\uFEFF', '') === '',
  }
}

function markerOf({ text, canMark }: LineComment): 'up' | 'down' | undefined {
  const name = text.toLowerCase()
  return canMark && Object.hasOwn(markers, name) ? markers[name as keyof typeof markers] : undefined
}

/** Returns why a comment that is nearly a marker is refused. */
function looksLikeMarker({ text, isFirst }: LineComment): string | undefined {
  if (!isFirst) return undefined
  const name = text.toLowerCase().replaceAll(/[\s/-]/gu, '')
  const isNear = Object.keys(markers).some((marker) => editDistance(name, marker) <= 2)
  return isNear || /^migrat\w*:/u.test(name)
    ? `'${text}' is not a marker; begin a line with -- migrate:up or -- migrate:down, and write nothing after it`
    : undefined
}

/** Records a line such as `-- destructive: true`. Returns why it is refused. */
function readHeadLine(
  { text, isFirst }: LineComment,
  isInHead: boolean,
  head: Map<string, string>,
): string | undefined {
  const [, name = '', value = ''] = /^(\w+)\s*:\s*(.*)$/u.exec(text) ?? []
  const known = Object.keys(headLines).find((each) => editDistance(name.toLowerCase(), each) <= 2)
  if (!isFirst || known === undefined) return undefined
  if (!isInHead) {
    return known === 'destructive'
      ? `write -- destructive: ${value} above -- migrate:up`
      : undefined
  }
  if (name.toLowerCase() !== known) return `'${name}' is not known; did you mean '${known}'?`
  if (head.has(known)) return `the script has -- ${known}: already`
  head.set(known, value)
  const problem = headLines[known as keyof typeof headLines](value)
  return problem === undefined ? undefined : `${known} ${problem}`
}

function lineOf(script: string, { start }: Token): number {
  return script.slice(0, start).split(/\r\n|[\r\n]/u).length
}
