import { isIdentifier } from './casing'
import { type Layout, enclosed, line } from './layout'

/** A text in single quotes, or in double ones where that needs fewer escapes. */
export function textSource(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
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
    Object.entries(entries).map(([name, value]) => [nameOf(name), ': ', value]),
    '}',
    { edge: line },
  )
}

/** A constant: texts, numbers, booleans, and maps of them. */
export function valueSource(
  value: string | number | boolean | Readonly<Record<string, string | number | boolean>>,
): Layout {
  if (typeof value === 'string') return textSource(value)
  if (typeof value !== 'object') return String(value)
  return objectSource(
    Object.fromEntries(Object.entries(value).map(([name, each]) => [name, valueSource(each)])),
  )
}
