/** Says if lines can be overwritten and dimmed. */
export const isTerminal = process.stdout.isTTY && process.env['TERM'] !== 'dumb'

/** In characters: the terminal's, or COLUMNS, or 100; lines longer than 120 are hard to read. */
export const width = Math.min(
  process.stdout.columns ?? (Number(process.env['COLUMNS']) || 100),
  120,
)

const hasColor = isTerminal && process.env['NO_COLOR'] === undefined
const styled = (code: number) => (text: string) =>
  hasColor ? `\u001b[${code}m${text}\u001b[0m` : text

export const bold = styled(1)
export const dim = styled(2)

const grouped = new Intl.NumberFormat('en-US')
/** 20,000 */
export const thousands = (value: number) => grouped.format(value)

/** '3.2 ms' or '1.4 s' */
export const duration = (ms: number) =>
  ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(1)} s`

/** The text in lines of no more than `width` characters, broken between words. */
export function wrap(text: string, indent = '', columns = width): string[] {
  return wrapWords(text.split(' '), indent, columns)
}

/** As `wrap`; a word may hold spaces of its own, which are not broken at. */
export function wrapWords(words: readonly string[], indent = '', columns = width): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of words) {
    const isFirst = line.length === indent.length
    if (!isFirst && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = indent + word
    } else {
      line += isFirst ? word : ` ${word}`
    }
  }
  return [...lines, line.trimEnd()]
}
