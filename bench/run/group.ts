import { type ContenderName, isNodeName } from '../contenders'
import type { NamedGroup } from '../groups'
import type { GroupData } from '../groups/group'
import type { Measured } from '../measure/measure'
import { figureOf } from '../report/figure'
import type { CaseFigures, CaseResult, GroupResult, Mode } from '../report/result'
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
  readonly rounds: number
  readonly seed: number
  /** What the numbers of operations are divided by. */
  readonly divisor: number
}

const width = 64

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
  for (let round = 1; round <= pace.rounds; round++) {
    for (let turn = 0; turn < running.length; turn++) {
      const one = running[(round + turn) % running.length]
      progress(`round ${round} of ${pace.rounds}, ${one?.entrant.name}`)
      await one?.round(group, pace.divisor)
    }
  }
  for (const { entrant } of cases) {
    await entrant.process.ask('finish', {}).catch(() => {})
    await entrant.tables.empty(group.tables)
  }
  const { name, section, does } = group
  return { name, section, does, cases: cases.map((one) => one.result()) }
}

/** Why a contender takes no part; undefined when it does, and has done operation 0 as it must. */
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

/** What one contender does in a group, round by round. */
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

  result(): CaseResult {
    const contender = this.entrant.name
    if (this.without !== undefined) return { contender, ...this.without }
    const { sequential, inFlight } = this.#rounds
    return {
      contender,
      ...(sequential.length > 0 && { sequential: figures(sequential) }),
      ...(inFlight.length > 0 && { inFlight: figures(inFlight) }),
    }
  }
}

function figures(rounds: readonly Measured[]): CaseFigures {
  return {
    wall: figureOf(rounds.map(({ wall }) => wall)),
    cpu: figureOf(rounds.map(({ cpu }) => cpu)),
  }
}
