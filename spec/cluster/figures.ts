import type { Figures, TallyReport } from './tally'

/** Prints what was acknowledged, refused and unknown by kind of operation. */
export function printFigures(title: string, { operations }: TallyReport): void {
  const rows = Object.entries(operations).map(([kind, figures]) => [
    kind,
    String(figures.acknowledged),
    String(refusedOf(figures)),
    String(figures.unknown),
    `${figures.slowest} ms`,
    Object.entries(figures.refused)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  ])
  const header = ['operation', 'acknowledged', 'refused', 'unknown', 'slowest', 'errors']
  const widths = header.map((name, i) =>
    Math.max(name.length, ...rows.map((row) => (row[i] ?? '').length)),
  )
  const lines = [header, ...rows].map((row) =>
    row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '),
  )
  console.log([title, ...lines].join('\n'))
}

/** Returns the sum over all kinds of operations. */
export function totalOf({ operations }: TallyReport): { acknowledged: number; refused: number } {
  const all = Object.values(operations)
  return {
    acknowledged: all.reduce((sum, figures) => sum + figures.acknowledged, 0),
    refused: all.reduce((sum, figures) => sum + refusedOf(figures), 0),
  }
}

function refusedOf({ refused }: Figures): number {
  return Object.values(refused).reduce((sum, count) => sum + count, 0)
}
