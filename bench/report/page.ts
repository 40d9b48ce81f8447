import { titles } from '../contenders'
import { chart, ours } from './chart'
import { escape } from './escape'
import { geometricMean } from './figure'
import { markOf } from './mark'
import { microseconds } from './microseconds'
import {
  type CaseFigures,
  type GroupResult,
  type RunResult,
  type TargetResult,
  cpuRatio,
} from './result'
import { style } from './style'
import { reliability } from './terminal'

/** A run as a page of HTML that needs nothing else. */
export function page(result: RunResult): string {
  const sections = [...new Set(result.groups.map(({ section }) => section))]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Benchmark ${escape(result.name)}</title>
<style>${style}</style>
<h1>Benchmark ${escape(result.name)}</h1>
${introduction(result)}
${overview(result)}
<h2>Targets</h2>
${targets(result.targets)}
${sections
  .map(
    (section) => `<h2>${section}</h2>
<div class="groups">
${result.groups
  .filter((group) => group.section === section)
  .map((group) => article(group, result))
  .join('\n')}
</div>`,
  )
  .join('\n')}
</html>
`
}

function introduction(result: RunResult): string {
  const { date, seed, rounds, isQuick, facts, contenders } = result
  const versions = Object.entries(facts.versions).map(([name, version]) => `${name} ${version}`)
  const mark = markOf(contenders)
  return `<p class="soft">${escape(date.slice(0, 16).replace('T', ' '))} UTC · Node ${escape(facts.node)} · Cassandra ${escape(facts.server)}
 · ${escape(facts.cpu)}, ${facts.cores} cores, load ${facts.load.toFixed(1)} at the start
 · ${rounds} round${rounds === 1 ? '' : 's'} and more until ratios are exact to 3 %, seed ${seed}${isQuick ? ', quick' : ''}<br>${escape(versions.join(' · '))}</p>
<p>Bars: client CPU of one operation, the median of the rounds, with 64 operations under way where all
 were measured so; the thin line goes from the least to the most. Beside it, the ratio to ${escape(titles[mark ?? 'driver'])},
 which the dashed line marks. Shorter is better. ${escape(reliability(result))}${isQuick ? ' A quick run covers everything and measures little: its figures are not for quoting.' : ''}</p>`
}

/** Geometric means of the ratios, by section. */
function overview({ groups, contenders }: RunResult): string {
  const mark = markOf(contenders)
  if (mark === undefined) return ''
  const sections = [...new Set(groups.map(({ section }) => section))]
  const cell = (section: string, name: (typeof contenders)[number]) => {
    const ratios = groups
      .filter((group) => group.section === section)
      .flatMap((group) => cpuRatio(group, name, mark)?.value ?? [])
    return ratios.length === 0 ? '' : geometricMean(ratios).toFixed(2)
  }
  const head = contenders.map((name) => `<th class="number">${escape(titles[name])}</th>`).join('')
  const rows = sections.map((section) => {
    const cells = contenders.map((name) => `<td class="number">${cell(section, name)}</td>`)
    return `<tr><td>${section}</td>${cells.join('')}</tr>`
  })
  return `<h2>Geometric means of the ratios</h2>
<div class="wide"><table><tr><th></th>${head}</tr>${rows.join('')}</table></div>`
}

function targets(results: readonly TargetResult[]): string {
  const rows = results.map(({ what, target, measured, met, missedBy }) => {
    const misses =
      missedBy.length > 0
        ? `<br><span class="soft">missed by ${escape(missedBy.join(', '))}</span>`
        : ''
    return (
      `<tr><td>${escape(what)}</td><td>${escape(target)}</td><td>${escape(measured)}${misses}</td>` +
      `<td>${verdict(met)}</td></tr>`
    )
  })
  return `<div class="wide"><table class="targets"><tr><th>what</th><th>target</th><th>measured</th><th></th></tr>${rows.join('')}</table></div>`
}

function verdict(met: boolean | null): string {
  if (met === null) return ''
  return met ? '<span class="met">met</span>' : '<span class="missed">not met</span>'
}

function article(group: GroupResult, { contenders }: RunResult): string {
  const mark = markOf(contenders)
  const ratio = mark && cpuRatio(group, 'coodie', mark)
  const chip =
    ratio === undefined || ours.includes(mark ?? 'driver')
      ? ''
      : `<span class="${ratio.value <= 1 ? 'less' : 'more'}">coodie ${ratio.value.toFixed(2)} × ${escape(titles[mark ?? 'driver'])}</span>`
  const failures = group.cases
    .filter(({ failed }) => failed !== undefined)
    .map(({ contender, failed }) => `<pre>${contender}: ${escape(String(failed))}</pre>`)
  return `<article id="${group.name}"><h3>${group.name}${chip}</h3>
<p class="soft">${escape(group.does)}</p>${chart(group, mark)}
<details><summary>all figures</summary>${figures(group)}${failures.join('')}</details></article>`
}

function figures({ cases }: GroupResult): string {
  const cells = (of: CaseFigures | undefined) =>
    [of?.wall, of?.cpu]
      .map((figure) => {
        if (figure === undefined) return '<td></td>'
        const range = `${microseconds(figure.min)} to ${microseconds(figure.max)}`
        return `<td class="number" title="${range}">${microseconds(figure.median)}</td>`
      })
      .join('')
  const rows = cases.map(
    ({ contender, sequential, inFlight }) =>
      `<tr><td>${escape(titles[contender])}</td>${cells(sequential)}${cells(inFlight)}</tr>`,
  )
  return `<table><tr><th></th><th class="number">wall</th><th class="number">CPU</th><th class="number">wall, 64</th>
<th class="number">CPU, 64</th></tr>${rows.join('')}</table>`
}
