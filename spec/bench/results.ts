import { groups } from '../../bench/groups'
import { figureOf } from '../../bench/report/figure'
import type { CaseResult, GroupResult, RunResult } from '../../bench/report/result'
import { targetsOf } from '../../bench/report/targets'

/** Client CPU of each contender in some rounds, in microseconds. */
export type Rounds = Readonly<Partial<Record<CaseResult['contender'], readonly number[]>>>

/** A group in which these were measured. */
export function groupOf(name: GroupResult['name'], rounds: Rounds): GroupResult {
  const group = groups.find((one) => one.name === name)
  if (group === undefined) throw new Error(`there is no group ${name}`)
  const { section, does, inFlight } = group
  return {
    name,
    section,
    does,
    cases: Object.entries(rounds).map(([contender, cpu]) => {
      const figures = { wall: figureOf(cpu), cpu: figureOf(cpu) }
      return {
        contender: contender as CaseResult['contender'],
        sequential: figures,
        ...(inFlight !== undefined && { inFlight: figures }),
      }
    }),
  }
}

/** A run of these groups. */
export function runOf(measured: readonly GroupResult[]): RunResult {
  return {
    format: 1,
    name: 'made-up',
    date: '2026-01-31T12:00:00.000Z',
    seed: 1,
    rounds: 3,
    isQuick: false,
    contenders: ['driver', 'mapper', 'express', 'coodie'],
    facts: {
      node: 'v20.0.0',
      cpu: 'A <fast> one',
      cores: 2,
      load: 0.5,
      server: '5.0.6',
      versions: { 'cassandra-driver': '4.10.0' },
    },
    groups: measured,
    extras: {},
    targets: targetsOf(measured, {}),
  }
}
