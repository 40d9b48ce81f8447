import { type ContenderName, isNodeName } from '../contenders'
import type { NamedGroup } from '../groups'
import type { GroupData } from '../groups/group'
import type { Measured } from '../measure/measure'
import { MachineLoad } from '../measure/machine'
import { ours } from '../report/chart'
import { figureOf, median } from '../report/figure'
import {
  type CaseFigures,
  type CaseResult,
  type GroupResult,
  type Mode,
  cpuRatio,
  maxOthers,
} from '../report/result'
import type { ContenderProcess } from './contender-process'
import type { Json } from '../models/rows'
import type { TablesOf } from './tables-of'

/** A contender with its tables. */
export interface Entrant {
  readonly name: ContenderName
  readonly process: ContenderProcess
  readonly tables: TablesOf
}

export interface Pace {
  /** The least number of rounds that count. */
  readonly rounds: number
  /** The number of rounds after which a group ends, however exact its ratios are. */
  readonly maxRounds: number
  readonly seed: number
  /** The numbers of operations are divided by this. */
  readonly divisor: number
  /** The server is a process of ours, so that its work is told from that of others. */
  readonly isServerOurs: boolean
}

const width = 64

/** The largest error of our ratios to the bare driver at which a group ends. */
const wantedError = 0.03

/** Runs a group: every contender is checked once, then they take turns round by round. */
export async function runGroup(
  group: NamedGroup,
  entrants: readonly Entrant[],
  pace: Pace,
  progress: (step: string) => void,
): Promise<GroupResult> {
  const data = group.data?.(pace.seed) ?? {}
  const cases: Case[] = []
  for (const entrant of entrants) {
    progress(`checking ${entrant.name}`)
    cases.push(new Case(entrant, await admitted(group, data, entrant)))
  }
  const running = cases.filter(({ without }) => without === undefined)
  for (const one of running) {
    progress(`warming ${one.entrant.name}`)
    await one.warm(group, pace.divisor)
  }
  const machine = new MachineLoad()
  const others: number[] = []
  const { name, section, does } = group
  const result = (): GroupResult => {
    const counted = countedRounds(others, pace.rounds)
    const share = median(counted.map((round) => others[round] ?? 0))
    return {
      name,
      section,
      does,
      cases: cases.map((one) => one.result(counted)),
      dropped: others.length - counted.length,
      others: share,
    }
  }
  for (let round = 1; round <= pace.maxRounds; round++) {
    for (let turn = 0; turn < running.length; turn++) {
      const one = running[(round + turn) % running.length]
      progress(`round ${round}, ${one?.entrant.name}`)
      await one?.round(group, pace.divisor)
    }
    others.push((pace.isServerOurs ? machine.ofOthers() : undefined) ?? 0)
    const isQuiet = others.filter((share) => share <= maxOthers).length >= pace.rounds
    if (isQuiet && errorOf(result()) <= wantedError) break
  }
  for (const { entrant } of cases) {
    await entrant.process.ask('finish', {}).catch(() => {})
    await entrant.tables.empty(group.tables)
  }
  return result()
}

/** Returns the rounds without much work of others; if these are fewer than `least`, those with the least work of others. */
export function countedRounds(others: readonly number[], least: number): readonly number[] {
  const rounds = [...others.keys()]
  const quiet = rounds.filter((round) => (others[round] ?? 0) <= maxOthers)
  if (quiet.length >= least) return quiet
  const byOthers = rounds.sort((a, b) => (others[a] ?? 0) - (others[b] ?? 0))
  return byOthers.slice(0, least).sort((a, b) => a - b)
}

/** Returns the largest error of our ratios to the bare driver, relative to the ratio. */
function errorOf(result: GroupResult): number {
  const errors = ours.map((contender) => {
    const ratio = cpuRatio(result, contender, 'driver')
    return ratio === undefined ? 0 : ratio.error / ratio.value
  })
  return Math.max(...errors)
}

/** Returns the reason why a contender takes no part; undefined if operation 0 did its work. */
async function admitted(
  group: NamedGroup,
  data: GroupData,
  { process, tables }: Entrant,
): Promise<{ cannot: string } | { failed: string } | undefined> {
  try {
    await tables.make(group.tables)
    await tables.store(data.stored ?? {})
    const answer = await process.ask('prepare', {
      group: group.name,
      given: data.given ?? {},
      isReplayed: group.isReplayed ?? false,
    })
    if ('cannot' in answer) return answer
    const result: Json = answer.result
    await group.check({ result, data, query: (cql, ...params) => tables.query(cql, params) })
    return undefined
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/** The work of one contender in a group, round by round. */
class Case {
  readonly #rounds: Record<Mode, Measured[]> = { sequential: [], inFlight: [] }

  constructor(
    readonly entrant: Entrant,
    public without: { cannot: string } | { failed: string } | undefined,
  ) {}

  /** Three rounds: a process still gets quicker after ten thousand operations. A quick run has one of full length. */
  async warm(group: NamedGroup, divisor: number): Promise<void> {
    const rounds = divisor === 1 ? 3 : 1
    await this.#attempt(async ({ process, name }) => {
      if (group.inFlight === undefined || !isNodeName(name)) {
        await process.ask('measure', { count: group.sequential * rounds, width: 1 })
      } else {
        await process.ask('measure', { count: group.inFlight * rounds, width })
      }
    })
  }

  async round(group: NamedGroup, divisor: number): Promise<void> {
    const operations = (count: number) => Math.max(2, Math.round(count / divisor))
    await this.#attempt(async ({ process, name }) => {
      const count = operations(group.sequential)
      const sequential = await process.ask('measure', { count, width: 1 })
      const isMicro = group.section === 'No database' && group.isReplayed !== true
      const { wall } = isMicro ? await process.ask('micro', { seconds: 0.2 / divisor }) : sequential
      this.#rounds.sequential.push({ cpu: sequential.cpu, wall })
      if (group.inFlight === undefined || !isNodeName(name)) return
      const together = { count: Math.max(width, operations(group.inFlight)), width }
      this.#rounds.inFlight.push(await process.ask('measure', together))
    })
  }

  /** When it goes wrong once, the contender takes no further part. */
  async #attempt(work: (entrant: Entrant) => Promise<void>): Promise<void> {
    if (this.without !== undefined) return
    try {
      await work(this.entrant)
    } catch (error) {
      this.without = { failed: error instanceof Error ? error.message : String(error) }
    }
  }

  /** The result of some rounds, by their numbers from 0 on. */
  result(counted: readonly number[]): CaseResult {
    const contender = this.entrant.name
    if (this.without !== undefined) return { contender, ...this.without }
    const { sequential, inFlight } = this.#rounds
    return {
      contender,
      ...(sequential.length > 0 && { sequential: figures(sequential, counted) }),
      ...(inFlight.length > 0 && { inFlight: figures(inFlight, counted) }),
    }
  }
}

function figures(all: readonly Measured[], counted: readonly number[]): CaseFigures {
  const rounds = counted.flatMap((round) => all[round] ?? [])
  return {
    wall: figureOf(rounds.map(({ wall }) => wall)),
    cpu: figureOf(rounds.map(({ cpu }) => cpu)),
  }
}
