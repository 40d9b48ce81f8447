import { type ContenderName, titles } from '../contenders'
import { escape } from './escape'
import { markOf } from './mark'
import { type GroupResult, type RunResult, cpuRatio } from './result'

const rowHeight = 17
const left = 176
const width = 860
/** The ratios from one edge to the other, on a logarithmic scale. */
const [least, most] = [0.1, 10]

const colors: Readonly<Partial<Record<ContenderName, string>>> = {
  coodie: '#1668c7',
  prepared: '#62a7f0',
  mapper: '#d18b1f',
  express: '#b0413e',
  'python-driver': '#4f9b5f',
  'python-coodie': '#8a63c9',
  cqlengine: '#c85a9a',
}

/** All groups of a run in one picture: the client CPU of each contender to that of the one they are measured by. */
export function picture({ groups, contenders, name }: RunResult): string {
  const mark = markOf(contenders)
  const shown = contenders.filter((contender) => contender !== mark)
  const top = 40
  const rows = mark === undefined ? [] : groups.filter((group) => hasRatios(group, shown, mark))
  const height = top + rows.length * rowHeight + 28
  const legend = shown
    .map(
      (contender, i) =>
        `<circle cx="${left + i * 130}" cy="16" r="5" fill="${colors[contender] ?? '#888'}"/>` +
        `<text x="${left + i * 130 + 10}" y="20">${escape(titles[contender])}</text>`,
    )
    .join('')
  const grid = [0.1, 0.2, 0.5, 1, 2, 5, 10]
    .map(
      (ratio) =>
        `<line x1="${x(ratio)}" x2="${x(ratio)}" y1="${top - 8}" y2="${height - 20}" stroke="${ratio === 1 ? '#1d2630' : '#e3e7ec'}"/>` +
        `<text x="${x(ratio)}" y="${height - 6}" text-anchor="middle">${ratio}</text>`,
    )
    .join('')
  const dots = rows
    .map((group, i) => (mark === undefined ? '' : row(group, shown, mark, top + i * rowHeight)))
    .join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="system-ui, sans-serif" font-size="11" fill="#1d2630"><title>${escape(name)}</title>` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${legend}${grid}${dots}</svg>\n`
  )
}

function hasRatios(group: GroupResult, shown: readonly ContenderName[], mark: ContenderName) {
  return shown.some((contender) => cpuRatio(group, contender, mark) !== undefined)
}

function row(
  group: GroupResult,
  shown: readonly ContenderName[],
  mark: ContenderName,
  y: number,
): string {
  // The first of them lies on top.
  let dots = ''
  for (const contender of shown) {
    const ratio = cpuRatio(group, contender, mark)
    if (ratio === undefined) continue
    const dot = `<circle cx="${x(ratio.value)}" cy="${y + 5}" r="4.5" fill="${colors[contender] ?? '#888'}" fill-opacity="0.85"/>`
    dots = dot + dots
  }
  const line = `<line x1="${left}" x2="${width - 24}" y1="${y + 5}" y2="${y + 5}" stroke="#f1f3f6"/>`
  return `<text x="${left - 12}" y="${y + 9}" text-anchor="end">${group.name}</text>${line}${dots}`
}

/** The place of a ratio, in the units of the picture; a ratio outside of it stands at the edge. */
function x(ratio: number): number {
  const share = Math.log(ratio / least) / Math.log(most / least)
  const within = Math.min(Math.max(share, 0), 1)
  return Number((left + within * (width - 24 - left)).toFixed(1))
}
