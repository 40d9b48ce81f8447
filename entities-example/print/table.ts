import { dim, thousands, width, wrap } from './terminal'

/** A line of a table: the names are its titles. Numbers stand on the right, texts on the left. */
export type TableRow = Record<string, string | number>

/** The rows under their titles, no wider than the terminal: what is longer goes on below. */
export function table(rows: readonly TableRow[]): string {
  const titles = Object.keys(rows[0] ?? {})
  const columns = titles.map((title) => column(title, rows))
  narrow(columns)
  const titleLines = lines(columns, ({ title }) => title).map(dim)
  const rowLines = rows.flatMap((_, i) => lines(columns, ({ cells }) => cells[i] ?? ''))
  return [...titleLines, ...rowLines].join('\n')
}

interface TableColumn {
  title: string
  cells: string[]
  isNumber: boolean
  width: number
}

function column(title: string, rows: readonly TableRow[]): TableColumn {
  const values = rows.map((row) => row[title] ?? '')
  const isNumber = values.every((value) => typeof value === 'number')
  const isWhole = values.every((value) => Number.isInteger(value))
  const cells = values.map((value) =>
    typeof value === 'string' ? value : isWhole ? thousands(value) : value.toFixed(1),
  )
  return {
    title,
    cells,
    isNumber,
    width: Math.max(...[title, ...cells].map((cell) => cell.length)),
  }
}

const gap = 2

function narrow(columns: TableColumn[]): void {
  const total = columns.reduce((sum, column) => sum + column.width + gap, 0)
  for (let excess = total - width; excess > 0; excess--) {
    const widest = columns.reduce((a, b) => (b.width > a.width ? b : a))
    widest.width--
  }
}

function lines(columns: readonly TableColumn[], cell: (column: TableColumn) => string): string[] {
  const cells = columns.map((column) => wrap(cell(column), '', column.width))
  const height = Math.max(...cells.map((parts) => parts.length))
  return Array.from({ length: height }, (_, i) => {
    const parts = columns.map(({ isNumber, width }, at) => {
      const part = cells[at]?.[i] ?? ''
      return isNumber ? part.padStart(width) : part.padEnd(width)
    })
    return ' '.repeat(gap) + parts.join(' '.repeat(gap)).trimEnd()
  })
}
