import type { Box, Line } from './boxes'

/**
 * Draws an `erDiagram` of Mermaid, which GitHub and others show in Markdown: `uuid id PK "K"`. Its types and names allow
 * few characters, so the comment of a column has what they cannot contain.
 */
export function mermaidDiagram(boxes: readonly Box[]): string {
  const ids = idsOf(boxes)
  const id = (box: Box) => ids.get(box) ?? ''
  const lines = ['erDiagram']
  for (const box of boxes) {
    lines.push(`  ${id(box)}["${escaped(labelOf(box))}"] {`)
    lines.push(...box.lines.map((line) => `    ${attribute(line)}`), '  }')
  }
  for (const box of boxes) {
    const base = boxes.find(({ kind, title }) => kind === 'table' && title === box.of)
    if (base !== undefined) lines.push(`  ${id(base)} ||--|| ${id(box)} : "view"`)
    for (const type of boxes.filter(({ kind }) => kind === 'type')) {
      if (box.lines.some((line) => mentions(line, type.title))) {
        lines.push(`  ${id(box)} ||..o{ ${id(type)} : "holds"`)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

function labelOf({ kind, title }: Box): string {
  return kind === 'table' ? title : `${title} (${kind})`
}

/** Returns an id for each box: a table and a type can share a name, and a name can have any character. */
function idsOf(boxes: readonly Box[]): ReadonlyMap<Box, string> {
  const used = new Set<string>()
  const ids = new Map<Box, string>()
  for (const box of boxes) {
    const base = `${box.kind}_${box.title.replaceAll(/\W/gu, '_')}`
    let id = base
    for (let n = 2; used.has(id); n++) id = `${base}_${n}`
    used.add(id)
    ids.set(box, id)
  }
  return ids
}

function attribute({ name, type, marks }: Line): string {
  const plainName = /^[A-Za-z]\w*$/u.test(name) ? name : `column_${name.replaceAll(/\W/gu, '_')}`
  const plainType = /^[A-Za-z]\w*$/u.test(type) ? type : (/^\w+/u.exec(type)?.[0] ?? 'type')
  const key = marks.some(({ kind }) => kind === 'partitionKey' || kind === 'clustering')
  const comment = [
    ...marks.map(({ text }) => text),
    ...(plainName === name ? [] : [name]),
    ...(plainType === type ? [] : [type]),
  ].join(' · ')
  return [
    plainType,
    plainName,
    ...(key ? ['PK'] : []),
    ...(comment === '' ? [] : [`"${escaped(comment)}"`]),
  ].join(' ')
}

function mentions({ type }: Line, userType: string): boolean {
  const names = type.match(/"(?:[^"]|"")*"|[^\s<>,"]+/gu) ?? []
  return names.some((name) => name === userType || name === `"${userType.replaceAll('"', '""')}"`)
}

/** Escapes a text, which cannot contain double quotes in Mermaid. */
function escaped(text: string): string {
  return text.replaceAll('"', '#quot;').replaceAll(/\s+/gu, ' ')
}
