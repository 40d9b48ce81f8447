import { type Placed, arrange, captionOf, metrics, shortened } from './arrange'
import type { Box, Line, Mark } from './boxes'

const style = `
.coodie{--paper:#fff;--ink:#1c2530;--soft:#5d6b7a;--edge:#c8d0d9;--table:#24476b;--view:#5b3f7a;--type:#3d6046;
--partitionKey:#a3361f;--clustering:#8a5a00;--static:#2a6f6f;--counter:#6a3d9a;--index:#46607c}
@media (prefers-color-scheme:dark){.coodie{--paper:#151a20;--ink:#e4e9ee;--soft:#98a6b5;--edge:#37424e;--table:#3a6591;--view:#75569a;--type:#4f7a5a;
--partitionKey:#d0593f;--clustering:#b57c14;--static:#3b8f8f;--counter:#8a5cc0;--index:#5f7d9c}}
.coodie text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ink)}
.coodie .paper{fill:var(--paper)}.coodie .box{fill:var(--paper);stroke:var(--edge)}
.coodie .rule{stroke:var(--edge)}.coodie .soft{fill:var(--soft)}.coodie .key{font-weight:700}
.coodie .on{fill:#fff}.coodie .title{font-size:13px;font-weight:700}.coodie .caption{opacity:.85}
.coodie .keyspace{font-size:18px;font-weight:700}.coodie .mark{font-size:11px;font-weight:700;text-anchor:middle}
${['table', 'view', 'type', 'partitionKey', 'clustering', 'static', 'counter', 'index']
  .map((kind) => `.coodie .${kind}{fill:var(--${kind})}`)
  .join('')}
`

const legend: readonly Mark[] = [
  { text: 'K', kind: 'partitionKey', title: 'partition key' },
  { text: 'C↑', kind: 'clustering', title: 'clustering, ascending' },
  { text: 'C↓', kind: 'clustering', title: 'clustering, descending' },
  { text: 'S', kind: 'static', title: 'static' },
  { text: '++', kind: 'counter', title: 'counter' },
  { text: 'IDX', kind: 'index', title: 'index' },
]

const margin = 24
const top = 64

/** Draws a Chebotko diagram as one SVG without dependencies, light or dark as the reader prefers. */
export function svgDiagram(keyspace: string, boxes: readonly Box[]): string {
  const { placed, width, height } = arrange(boxes)
  const { text: legendText, width: legendWidth } = drawLegend(top + height + 36)
  const whole = Math.ceil(Math.max(width, legendWidth) + margin * 2)
  const high = Math.ceil(top + height + 68)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="coodie" width="${whole}" height="${high}" ` +
      `viewBox="0 0 ${whole} ${high}" role="img">`,
    `<title>${escaped(`Tables of the keyspace ${keyspace}`)}</title>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${whole}" height="${high}"/>`,
    text(margin, 38, 'keyspace', keyspace),
    `<g transform="translate(${margin} ${top})">`,
    ...placed.map(drawBox),
    '</g>',
    legendText,
    '</svg>',
    '',
  ].join('\n')
}

function drawBox(placed: Placed): string {
  const { box, x, y, width, height } = placed
  const { head, padding } = metrics
  const caption = captionOf(box)
  const keys = box.lines.filter(isKey).length
  const ruleAt = head + keys * metrics.line + 4
  return [
    `<g transform="translate(${x} ${y})">`,
    `<rect class="box" width="${width}" height="${height}" rx="6"/>`,
    `<path class="${box.kind}" d="M0 ${head}V6a6 6 0 0 1 6-6H${width - 6}a6 6 0 0 1 6 6V${head}z"/>`,
    text(padding, 22, 'on title', box.title),
    caption === '' ? '' : text(width - padding, 22, 'on caption', caption, 'end'),
    keys === 0 || keys === box.lines.length ? '' : `<path class="rule" d="M0 ${ruleAt}H${width}"/>`,
    ...box.lines.map((line, i) => drawLine(line, head + i * metrics.line + 20, placed)),
    '</g>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function isKey({ marks }: Line): boolean {
  return marks.some(({ kind }) => kind === 'partitionKey' || kind === 'clustering')
}

function drawLine(line: Line, y: number, { width, typeAt }: Placed): string {
  const { padding, mark } = metrics
  const marks = line.marks.map((each, i) =>
    drawMark(each, width - padding - (line.marks.length - i) * mark + 4, y),
  )
  const name = text(padding, y, isKey(line) ? 'key' : '', line.name)
  return [name, text(typeAt, y, 'soft', line.type), ...marks].join('\n')
}

function drawMark({ text: letters, kind, title }: Mark, x: number, y: number): string {
  return (
    `<g><title>${escaped(title)}</title><rect class="${kind}" x="${x}" y="${y - 13}" width="30" height="18" rx="4"/>` +
    `<text class="on mark" x="${x + 15}" y="${y}">${letters}</text></g>`
  )
}

function drawLegend(y: number): { readonly text: string; readonly width: number } {
  let x = margin
  const parts = legend.map((mark) => {
    const part = drawMark(mark, x, y) + text(x + 38, y, 'soft', mark.title)
    x += 38 + mark.title.length * metrics.letter + 20
    return part
  })
  return { text: parts.join('\n'), width: x - margin }
}

function text(x: number, y: number, kind: string, content: string, anchor?: 'end'): string {
  const short = shortened(content)
  const whole = short === content ? '' : `<title>${escaped(content)}</title>`
  return (
    `<text${kind === '' ? '' : ` class="${kind}"`} x="${x}" y="${y}"` +
    `${anchor === undefined ? '' : ` text-anchor="${anchor}"`} xml:space="preserve">` +
    `${escaped(short)}${whole}</text>`
  )
}

/** Escapes a text for XML, and replaces characters that XML does not allow. */
export function escaped(content: string): string {
  return content
    .replaceAll(/[\p{Cc}\p{Cn}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
