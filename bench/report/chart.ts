import { type ContenderName, titles } from '../contenders'
import { escape } from './escape'
import { microseconds } from './microseconds'
import { type CaseResult, type GroupResult, cpuOf, cpuRatio } from './result'

const rowHeight = 24
const left = 148
const barsWidth = 240
const width = 560

/** The contenders that are this package. */
export const ours: readonly ContenderName[] = ['coodie', 'prepared']

/** The bars of a group: client CPU of one operation, with the least and the most of the rounds. */
export function chart(group: GroupResult, mark: ContenderName | undefined): string {
  const most = Math.max(...group.cases.map(({ contender }) => cpuOf(group, contender)?.median ?? 0))
  // Prepared queries are another way of this package, which not every group has.
  const shown = group.cases.filter(({ contender, cannot }) => {
    return contender !== 'prepared' || cannot === undefined
  })
  const height = shown.length * rowHeight
  const bars = shown.map((one, row) => bar(group, one, row, most, mark)).join('')
  const atMark = mark && cpuOf(group, mark)
  const line =
    atMark === undefined
      ? ''
      : `<line class="mark" x1="${x(atMark.median, most)}" x2="${x(atMark.median, most)}" y1="0" y2="${height}"/>`
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(group.name)}">${line}${bars}</svg>`
}

/** The end of the bar of a value, in the units of the picture. */
function x(value: number, most: number): number {
  return Number((left + (most === 0 ? 0 : (value / most) * barsWidth)).toFixed(1))
}

function bar(
  group: GroupResult,
  one: CaseResult,
  row: number,
  most: number,
  mark: ContenderName | undefined,
): string {
  const { contender } = one
  const middle = row * rowHeight + rowHeight / 2
  const own = ours.includes(contender) ? ' own' : ''
  const label = `<text class="name${own}" x="${left - 8}" y="${middle + 4}">${escape(titles[contender])}</text>`
  const figure = cpuOf(group, contender)
  if (figure === undefined) {
    const reason = one.failed === undefined ? `cannot: ${one.cannot ?? 'not run'}` : 'failed'
    return `${label}<text class="reason" x="${left}" y="${middle + 4}">${escape(reason)}</text>`
  }
  const end = x(figure.median, most)
  const [from, to] = [x(figure.min, most), x(Math.min(figure.max, most * 1.2), most)]
  const ratio = mark === undefined ? undefined : cpuRatio(group, contender, mark)
  const share = ratio === undefined ? '' : ` <tspan class="ratio">${ratio.value.toFixed(2)}</tspan>`
  return (
    `${label}<rect class="bar${own}" x="${left}" y="${middle - 8}" width="${(end - left).toFixed(1)}" height="16"/>` +
    `<line class="spread" x1="${from}" x2="${to}" y1="${middle}" y2="${middle}"/>` +
    `<text class="value${own}" x="${Math.max(end, to) + 6}" y="${middle + 4}">${microseconds(figure.median)}${share}</text>`
  )
}
