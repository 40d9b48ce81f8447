import { isIdentifier } from './casing'
import { type Layout, enclosed, group, indent, line } from './layout'

/** Characters that source text should not contain: those of terminals, formats and line separators. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** Writes a comment of one line. */
export function comment(text: string): string {
  return `// ${text.replaceAll(/\s+/gu, ' ').replaceAll(invisible, escapeCharacter)}`
}

/** A string in single quotes, or in double quotes if that needs fewer escapes. */
export function textSource(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll(invisible, escapeCharacter)
  const single = escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")
  const count = (of: string, what: string) => of.split(what).length
  return count(text, "'") > count(text, '"') ? `"${escaped}"` : `'${single}'`
}

/** `{ name: 'products', gcGraceSeconds: 60 }` */
export function objectSource(entries: Readonly<Record<string, Layout>>): Layout {
  const isQuoted = Object.keys(entries).some((name) => !isIdentifier(name))
  const nameOf = (name: string) => (isQuoted && !isIdentifier(name) ? textSource(name) : name)
  return enclosed(
    '{',
    Object.entries(entries).map(([name, value]) => [
      nameOf(name),
      ':',
      isText(value) && name.length > 2 ? group(indent(line, value)) : [' ', value],
    ]),
    '}',
    { edge: line },
  )
}

/** Tells whether a value is a string, which prettier puts on a line of its own if it does not fit after its name. */
function isText(value: Layout): boolean {
  return typeof value === 'string' && /^['"]/u.test(value)
}

/** A constant: a string, a number, a boolean, or a map of them. The server keeps the values of maps as text. */
export function valueSource(
  value: string | number | boolean | Readonly<Record<string, string | number | boolean>>,
): Layout {
  if (typeof value === 'string') return textSource(value)
  if (typeof value !== 'object') return String(value)
  return objectSource(
    Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        isBare(String(each)) ? String(each) : valueSource(each),
      ]),
    ),
  )
}

/** Tells whether a text is a number or a boolean that reads the same without quotes. */
function isBare(text: string): boolean {
  return text === 'true' || text === 'false' || (/\d/u.test(text) && String(Number(text)) === text)
}
