import type { ContenderName } from '../contenders'
import { type RunResult, cpuRatio } from './result'

/** A group whose ratio to the bare driver got worse. */
export interface Regression {
  readonly group: string
  readonly contender: ContenderName
  readonly before: number
  readonly now: number
  /** The noise of both runs together. */
  readonly noise: number
}

const ours = ['coodie', 'prepared'] as const satisfies readonly ContenderName[]

/** Returns the figures that are worse than in another run by more than 5 % and the noise of both. */
export function regressions(before: RunResult, now: RunResult): readonly Regression[] {
  return now.groups.flatMap((group) => {
    const earlier = before.groups.find(({ name }) => name === group.name)
    if (earlier === undefined) return []
    return ours.flatMap((contender) => {
      const then = cpuRatio(earlier, contender, 'driver')
      const today = cpuRatio(group, contender, 'driver')
      if (then === undefined || today === undefined) return []
      const noise = then.noise + today.noise
      if (today.value <= then.value * 1.05 + noise) return []
      return [{ group: group.name, contender, before: then.value, now: today.value, noise }]
    })
  })
}
