import { type ContenderName, titles } from '../contenders'
import type { Listener } from '../run/run'
import type { Regression } from './compare'
import { markOf } from './mark'
import { microseconds } from './microseconds'
import { type GroupResult, type RunResult, cpuOf, cpuRatio, maxOthers } from './result'

const nameWidth = 26

/** A line for each group as it ends, and what goes on meanwhile. */
export function terminalListener(contenders: readonly ContenderName[]): Listener {
  const { stderr } = process
  let section = ''
  const clear = () => {
    if (stderr.isTTY) stderr.write('\r\u001B[K')
  }
  return {
    progress: (step) => {
      clear()
      if (stderr.isTTY) stderr.write(step.slice(0, (stderr.columns ?? 80) - 1))
    },
    group: (result) => {
      clear()
      if (result.section !== section) {
        section = result.section
        console.log(heading(section, contenders))
      }
      console.log(line(result, contenders))
    },
  }
}

function widthOf(name: ContenderName): number {
  return Math.max(22, titles[name].length + 2)
}

function heading(section: string, contenders: readonly ContenderName[]): string {
  const names = contenders.map((name) => titles[name].padStart(widthOf(name))).join('')
  return `\n${section.padEnd(nameWidth)}${names}`
}

function line(group: GroupResult, contenders: readonly ContenderName[]): string {
  const cells = contenders.map((name) =>
    cell(group, name, markOf(contenders)).padStart(widthOf(name)),
  )
  const reasons = group.cases
    .filter(({ failed }) => failed !== undefined)
    .map(({ contender, failed }) => `\n${beginning(`${contender} FAILED: ${String(failed)}`)}`)
  return group.name.padEnd(nameWidth) + cells.join('') + reasons.join('')
}

function beginning(text: string): string {
  const lines = text.split('\n').slice(0, 12)
  return lines.map((one) => `  ${one}`).join('\n')
}

function cell(group: GroupResult, name: ContenderName, mark: ContenderName | undefined): string {
  const found = group.cases.find(({ contender }) => contender === name)
  if (found?.failed !== undefined) return 'FAILED'
  const cpu = cpuOf(group, name)
  if (cpu === undefined) return 'cannot'
  const ratio = mark === undefined ? undefined : cpuRatio(group, name, mark)
  const share =
    ratio === undefined || name === mark
      ? ''
      : ` ${ratio.value.toFixed(2).padStart(6)} ±${ratio.error.toFixed(2)}`
  return `${microseconds(cpu.median)}${share}`
}

/** Says which groups were measured while other processes used much of the machine. */
export function reliability({ groups }: Pick<RunResult, 'groups'>): string {
  const dropped = groups.reduce((sum, group) => sum + (group.dropped ?? 0), 0)
  const busy = groups.filter(({ others = 0 }) => others > maxOthers).map(({ name }) => name)
  return (
    `${dropped} rounds were dropped because other processes used the machine.` +
    (busy.length === 0 ? '' : ` It was never quiet during: ${busy.join(', ')}.`)
  )
}

/** The targets, and what got worse. */
export function summary(result: RunResult, worse: readonly Regression[]): string {
  const targets = result.targets.map(({ what, target, measured, met, missedBy }) => {
    const verdict = met === null ? '  -   ' : met ? ' met  ' : 'NOT MET'
    const misses = missedBy.length === 0 ? '' : `\n           missed by ${missedBy.join(', ')}`
    return `${verdict.padEnd(8)} ${what}: ${target}; ${measured}${misses}`
  })
  const regressions = worse.map(
    ({ group, contender, before, now, noise }) =>
      `WORSE    ${contender} in ${group}: ${now.toFixed(2)} of the bare driver, ` +
      `was ${before.toFixed(2)}; noise ${noise.toFixed(2)}`,
  )
  return [
    '\nClient CPU of one operation, with 64 under way where all were measured so; beside it, the ratio',
    `to ${titles[markOf(result.contenders) ?? 'driver']} with its error (95 %).`,
    `${reliability(result)}\n`,
    ...targets,
    ...regressions,
  ].join('\n')
}
