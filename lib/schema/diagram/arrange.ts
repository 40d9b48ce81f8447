import type { Box, Line } from './boxes'

/** Lengths in pixels. */
export const metrics = {
  /** The width of a letter of the fixed-width font, at its size. */
  letter: 7.25,
  head: 34,
  line: 24,
  padding: 12,
  gap: 28,
  mark: 34,
} as const

/** The places of the parts of a box. */
export interface Placed {
  readonly box: Box
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The place where types begin, from the left edge of the box. */
  readonly typeAt: number
}

export interface Arrangement {
  readonly placed: readonly Placed[]
  readonly width: number
  readonly height: number
}

const longest = 64

/** Puts boxes in columns, each below the shortest column so far, so that the whole is about as wide as high. */
export function arrange(boxes: readonly Box[]): Arrangement {
  const sized = boxes.map(sizeOf)
  const total = sized.reduce((sum, { height }) => sum + height + metrics.gap, 0)
  const widest = Math.max(320, ...sized.map(({ width }) => width))
  const count = Math.max(
    1,
    Math.min(boxes.length, Math.round(Math.sqrt((total * 1.6) / (widest + metrics.gap)))),
  )
  const columns = Array.from({ length: count }, () => ({ height: 0, of: [] as Size[] }))
  for (const size of sized) {
    const shortest = columns.reduce((best, each) => (each.height < best.height ? each : best))
    shortest.of.push({ ...size, y: shortest.height })
    shortest.height += size.height + metrics.gap
  }
  let x = 0
  const placed = columns.flatMap(({ of }) => {
    const left = x
    const width = Math.max(0, ...of.map((size) => size.width))
    x += width + metrics.gap
    return of.map((size): Placed => ({ ...size, x: left, width }))
  })
  return {
    placed,
    width: Math.max(0, x - metrics.gap),
    height: Math.max(0, ...columns.map(({ height }) => height - metrics.gap)),
  }
}

interface Size extends Omit<Placed, 'x'> {}

function sizeOf(box: Box): Size {
  const widthOf = (text: string) => shortened(text).length * metrics.letter
  const names = Math.max(0, ...box.lines.map(({ name }) => widthOf(name)))
  const types = Math.max(0, ...box.lines.map(({ type }) => widthOf(type)))
  const marks = Math.max(0, ...box.lines.map(marksWidth))
  const typeAt = metrics.padding + names + 16
  const title = widthOf(box.title) + widthOf(captionOf(box)) + 48
  return {
    box,
    y: 0,
    typeAt,
    width: Math.ceil(Math.max(title, typeAt + types + marks + 16 + metrics.padding)),
    height: metrics.head + box.lines.length * metrics.line + 8,
  }
}

function marksWidth({ marks }: Line): number {
  return marks.length * metrics.mark
}

/** The text at the right of the title. */
export function captionOf({ kind, of }: Box): string {
  return kind === 'table' ? '' : kind === 'view' ? `view of ${of ?? ''}` : 'type'
}

/** Cuts a text that is too long to be read at a glance; the whole text is in its tooltip. */
export function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`
}
