/**
 * The records of a CSV text, by the names in its first line. A field may be quoted; it may then hold commas,
 * line breaks and, doubled, quotes.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const [names = [], ...rows] = parseRows(text)
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])))
}

function parseRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  // A field, quoted or not, and what ends it: a comma, the end of the line or the end of the text.
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gu,
  )) {
    const field = quoted?.replaceAll('""', '"') ?? plain ?? ''
    if (end === '' && field === '' && row.length === 0) break
    row.push(field)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
