/** Source text with the places where it may be broken into lines. */
export type Layout =
  | string
  | readonly Layout[]
  | { readonly kind: 'group'; readonly of: Layout }
  | { readonly kind: 'indent'; readonly of: Layout }
  | { readonly kind: 'line'; readonly flat: string; readonly isHard: boolean }
  | { readonly kind: 'ifBroken'; readonly text: string }
  | { readonly kind: 'mustBreak' }

/** A space, or a new line where the group around it is broken. */
export const line: Layout = { kind: 'line', flat: ' ', isHard: false }
/** Nothing, or a new line where the group around it is broken. */
export const softLine: Layout = { kind: 'line', flat: '', isHard: false }
/** A new line. */
export const hardLine: Layout = { kind: 'line', flat: '', isHard: true }

/** Puts a layout on one line if it fits, else breaks it at all of its lines. */
export function group(...of: readonly Layout[]): Layout {
  return { kind: 'group', of }
}

export function indent(...of: readonly Layout[]): Layout {
  return { kind: 'indent', of }
}

export function ifBroken(text: string): Layout {
  return { kind: 'ifBroken', text }
}

/** Breaks the group that contains it, and every group around that. */
const mustBreak: Layout = { kind: 'mustBreak' }

export function join(separator: Layout, items: readonly Layout[]): Layout {
  return items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]))
}

interface Enclosing {
  /** The layout inside the two ends; default: nothing, or a new line. */
  readonly edge?: Layout
  /** If true, the layout is broken even if it fits. */
  readonly isBroken?: boolean
  readonly hasTrailingComma?: boolean
}

/** Puts items between `open` and `close`; if they do not fit, one on each line with a comma after the last. */
export function enclosed(
  open: string,
  items: readonly Layout[],
  close: string,
  { edge = softLine, isBroken = false, hasTrailingComma = true }: Enclosing = {},
): Layout {
  if (items.length === 0) return `${open}${close}`
  return group(
    open,
    isBroken ? mustBreak : '',
    indent(edge, join([',', line], items)),
    hasTrailingComma ? ifBroken(',') : '',
    edge,
    close,
  )
}

interface Piece {
  readonly depth: number
  readonly isBroken: boolean
  readonly of: Layout
}

/** Prints a layout with lines of at most `width` columns where possible. */
export function printLayout(layout: Layout, width = 100): string {
  const pieces: Piece[] = [{ depth: 0, isBroken: true, of: layout }]
  let text = ''
  let column = 0
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const { depth, isBroken, of } = piece
    if (typeof of === 'string') {
      text += of
      column += of.length
    } else if (!('kind' in of)) pushAll(pieces, of, depth, isBroken)
    else if (of.kind === 'indent') pieces.push({ depth: depth + 1, isBroken, of: of.of })
    else if (of.kind === 'ifBroken') {
      if (!isBroken) continue
      text += of.text
      column += of.text.length
    } else if (of.kind === 'group') {
      const flat = { depth, isBroken: false, of: of.of }
      const isFlat = !isForced(of.of) && fits(flat, pieces, width - column)
      pieces.push(isFlat ? flat : { ...flat, isBroken: true })
    } else if (of.kind === 'mustBreak') continue
    else if (isBroken || of.isHard) {
      text = `${text.replace(/ +$/u, '')}\n${'  '.repeat(depth)}`
      column = depth * 2
    } else {
      text += of.flat
      column += of.flat.length
    }
  }
  return text
}

/** Tells whether a group fits on one line, together with what follows it up to the next line. */
function fits(flat: Piece, rest: readonly Piece[], width: number): boolean {
  const pieces = [flat]
  let next = rest.length
  for (let left = width; left >= 0;) {
    const piece = pieces.pop() ?? rest[--next]
    if (piece === undefined) return true
    const { depth, isBroken, of } = piece
    if (typeof of === 'string') left -= of.length
    else if (!('kind' in of)) pushAll(pieces, of, depth, isBroken)
    else if (of.kind === 'group' || of.kind === 'indent') {
      pieces.push({ depth, isBroken, of: of.of })
    } else if (of.kind === 'line') {
      if (isBroken || of.isHard) return true
      left -= of.flat.length
    } else if (of.kind === 'ifBroken' && isBroken) left -= of.text.length
  }
  return false
}

function isForced(layout: Layout): boolean {
  if (typeof layout === 'string') return false
  if (!('kind' in layout)) return layout.some(isForced)
  return layout.kind === 'group' || layout.kind === 'indent'
    ? isForced(layout.of)
    : layout.kind === 'mustBreak'
}

function pushAll(
  pieces: Piece[],
  items: readonly Layout[],
  depth: number,
  isBroken: boolean,
): void {
  // The first comes off the stack first.
  for (let i = items.length - 1; i >= 0; i--) pieces.push({ depth, isBroken, of: items[i] ?? '' })
}
