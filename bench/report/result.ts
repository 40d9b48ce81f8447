import type { StartUp } from '../contenders/contender'
import type { ContenderName } from '../contenders'
import type { GroupName, SectionName } from '../groups'
import { type Figure, type Ratio, ratioOf } from './figure'

/** Microseconds of one operation. */
export interface CaseFigures {
  readonly wall: Figure
  readonly cpu: Figure
}

/** The result of one contender in a group. */
export interface CaseResult {
  readonly contender: ContenderName
  /** Present if the contender has no such operation: the reason. */
  readonly cannot?: string
  /** Present if the operation failed: the error. */
  readonly failed?: string
  readonly sequential?: CaseFigures
  /** With 64 under way. */
  readonly inFlight?: CaseFigures
}

export interface GroupResult {
  readonly name: GroupName
  readonly section: SectionName
  readonly does: string
  readonly cases: readonly CaseResult[]
  /** Rounds that do not count, because other processes used the machine meanwhile. */
  readonly dropped?: number
  /** The share of the machine that other processes used, in the median of the rounds that count. */
  readonly others?: number
}

/** The facts on which the figures depend. */
export interface Facts {
  readonly node: string
  readonly cpu: string
  readonly cores: number
  readonly load: number
  readonly server: string
  readonly versions: Readonly<Record<string, string>>
}

export interface TargetResult {
  readonly what: string
  readonly target: string
  /** The worst of what was measured, or why nothing was. */
  readonly measured: string
  /** Null: not measured. */
  readonly met: boolean | null
  /** The groups that miss it. */
  readonly missedBy: readonly string[]
}

/** Measures of this package that are no groups. */
export interface ExtraResults {
  readonly startUp?: StartUp & { readonly entities: number }
  readonly prepared?: {
    readonly calls: number
    readonly statements: number
    readonly shapes: number
  }
  /** The heap in bytes, at ten moments of streaming so many rows. */
  readonly heap?: { readonly rows: number; readonly samples: readonly number[] }
}

/** The share of the machine that other processes may use in a round that counts. */
export const maxOthers = 0.1

/** A whole run, as it is saved. */
export interface RunResult {
  readonly format: 1
  readonly name: string
  readonly date: string
  readonly seed: number
  readonly rounds: number
  readonly isQuick: boolean
  readonly contenders: readonly ContenderName[]
  readonly facts: Facts
  readonly groups: readonly GroupResult[]
  readonly extras: ExtraResults
  readonly targets: readonly TargetResult[]
}

export type Mode = 'sequential' | 'inFlight'

/** Returns the mode that judges a group: 64 under way if all contenders with figures were measured so. */
export function modeOf({ cases }: GroupResult): Mode {
  const measured = cases.filter(({ sequential }) => sequential !== undefined)
  return measured.every(({ inFlight }) => inFlight !== undefined) ? 'inFlight' : 'sequential'
}

/** The client CPU of one contender. */
export function cpuOf(
  group: GroupResult,
  contender: ContenderName,
  mode: Mode = modeOf(group),
): Figure | undefined {
  return group.cases.find((one) => one.contender === contender)?.[mode]?.cpu
}

/** The client CPU of one contender to that of another; undefined where one of them has none. */
export function cpuRatio(
  group: GroupResult,
  one: ContenderName,
  other: ContenderName,
  mode?: Mode,
): Ratio | undefined {
  const ones = cpuOf(group, one, mode)
  const others = cpuOf(group, other, mode)
  return ones === undefined || others === undefined ? undefined : ratioOf(ones, others)
}
