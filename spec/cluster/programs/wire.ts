import { DataSource } from '../../../lib'
import { eventually } from '../process/eventually'
import type { Spec } from '../process/serve'
import { Tally, type TallyReport } from '../tally'
import {
  type Check,
  WireHits,
  WireItem,
  operations,
  prepareCall,
  writeRows,
} from '../wire/operations'

export interface WireSettings {
  /** The contact point of the proxy. */
  readonly contactPoint: string
  readonly localDataCenter: string
  readonly keyspace: string
  /** The modes of the proxy, in order. */
  readonly modes: readonly string[]
  /** The seconds after which no further round of all modes begins; there is at least one round. */
  readonly seconds: number
}

export interface WireReport {
  readonly byMode: Readonly<Record<string, TallyReport & Verdicts>>
  readonly destroyed: number
}

interface Verdicts {
  /** Answers that are not what is stored. */
  readonly wrong: readonly string[]
  /** Acknowledged writes that are not stored. */
  readonly lost: readonly string[]
  /** The longest time in milliseconds until calls succeeded again after the fault. */
  readonly recovered: number
}

/** The timeout of a call in milliseconds, and what it may take longer. */
const timeout = 1000
const grace = 1000

/** Runs every kind of operation in every mode of the proxy, on both ways of decoding at once. */
export async function program(settings: WireSettings, spec: Spec): Promise<WireReport> {
  const { modes, seconds } = settings
  const sources = [true, false].map((directRows) => dataSource(settings, directRows))
  for (const db of sources) await db.initialize()
  await writeRows(sources[0] as DataSource)
  spec.ready()
  const books = new Map(modes.map((mode) => [mode, new Books()]))
  const deadline = Date.now() + seconds * 1000
  let next = 1
  do {
    for (const [mode, book] of books) {
      const calls = sources.map((db) => ({ db, n: next++ }))
      for (const { db, n } of calls) await eventually(() => prepareCall(db, n))
      await spec.ask(mode)
      await Promise.all(calls.map(({ db, n }) => runAll(db, n, book)))
      await spec.ask('pass')
      book.recovered = Math.max(book.recovered, await recover(sources))
      for (const { kind, check } of book.checks.splice(0)) {
        if (!(await eventually(check))) book.lost.push(kind)
      }
    }
  } while (Date.now() < deadline)
  const byMode = Object.fromEntries(
    [...books].map(([mode, { tally, wrong, lost, recovered }]) => [
      mode,
      { ...tally.report(), wrong, lost, recovered },
    ]),
  )
  const started = performance.now()
  await Promise.all(sources.map((db) => db.destroy()))
  return { byMode, destroyed: performance.now() - started }
}

/** What is known of the calls in one mode. */
class Books {
  readonly tally = new Tally()
  readonly wrong: string[] = []
  readonly lost: string[] = []
  readonly checks: { readonly kind: string; readonly check: Check }[] = []
  recovered = 0
}

async function runAll(db: DataSource, n: number, { tally, wrong, checks }: Books): Promise<void> {
  await Promise.all(
    operations.map(async ({ kind, requests, run }) => {
      const outcome = await tally.run(kind, requests * (timeout + grace), () => run(db, n))
      if (!outcome.isAcknowledged) return
      if (outcome.value === false) wrong.push(kind)
      if (typeof outcome.value === 'function') checks.push({ kind, check: outcome.value })
    }),
  )
}

/** Waits until each data source reads again; returns the milliseconds that this took. */
async function recover(sources: readonly DataSource[]): Promise<number> {
  const started = performance.now()
  for (const db of sources) {
    await eventually(() => db.getRepository(WireItem).findOneBy({ part: 1, line: 1 }))
  }
  return performance.now() - started
}

function dataSource(settings: WireSettings, directRows: boolean): DataSource {
  const { contactPoint, localDataCenter, keyspace } = settings
  return new DataSource({
    contactPoints: [contactPoint],
    localDataCenter,
    keyspace,
    entities: [WireItem, WireHits],
    synchronize: true,
    directRows,
    defaults: { timeout },
    // A connection whose frames are out of step is noticed by what does not come, which takes a minute by default.
    socketOptions: { readTimeout: timeout, defunctReadTimeoutThreshold: 8 },
    pooling: { heartBeatInterval: 500 },
  })
}
