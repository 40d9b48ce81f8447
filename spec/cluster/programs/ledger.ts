import { setTimeout as sleep } from 'node:timers/promises'
import { DataSource } from '../../../lib'
import { Random } from '../../integration/oracle/random'
import type { Account, Worker } from '../ledger/account'
import { Bag, Collections } from '../ledger/collections'
import {
  Document,
  LwtCounters,
  Turn,
  UniqueName,
  UniqueNames,
  Versions,
} from '../ledger/conditional'
import { Batches, Counts, Hits, Invoice, Order } from '../ledger/counts-and-batches'
import { LedgerRow, Rows } from '../ledger/rows'
import { eventually } from '../process/eventually'
import { type Spec, loadEnds } from '../process/serve'
import { Tally, type TallyReport } from '../tally'

export interface LedgerSettings {
  readonly contactPoints: readonly string[]
  readonly localDataCenter: string
  readonly seed: number
  readonly seconds: number
  readonly workers: number
}

export interface LedgerReport extends TallyReport {
  /** Acknowledged operations that left no trace, and values that nobody wrote. */
  readonly losses: readonly string[]
  /** Reads during the load that cannot be true. */
  readonly mistakes: readonly string[]
  /** The milliseconds that `destroy()` of both data sources took. */
  readonly destroyed: number
}

/** The milliseconds between two operations of a worker: a node that starts again needs the processor too. */
const rest = 25

/** Writes and reads while nodes come and go, then compares what was acknowledged with what is stored. */
export async function program(settings: LedgerSettings, spec: Spec): Promise<LedgerReport> {
  const { seed, seconds, workers } = settings
  const sources = [true, false].map((directRows) => dataSource(settings, directRows))
  for (const db of sources) await db.initialize()
  const tally = new Tally()
  const rows = new Rows()
  const others = [
    new Collections(),
    new LwtCounters(),
    new Versions(),
    new UniqueNames(),
    new Counts(),
    new Batches(),
  ]
  const accounts: readonly Account[] = [rows, ...others]
  for (const account of accounts) await account.begin?.(sources[0] as DataSource)
  const end = new AbortController()
  const work = async (db: DataSource, index: number) => {
    const random = new Random(seed + index)
    const worker: Worker = { index, db, random, tally }
    while (!end.signal.aborted) {
      await (random.chance(0.5) ? rows : random.pick(others)).step(worker)
      await sleep(rest)
    }
  }
  const loops = Array.from({ length: workers }, (_, i) =>
    work(sources[i % sources.length] as DataSource, i),
  )
  spec.ready()
  await loadEnds(spec, seconds)
  end.abort()
  await Promise.all(loops)
  const losses: string[] = []
  for (const account of accounts) {
    for (const db of sources) losses.push(...(await eventually(() => account.verify(db))))
  }
  const mistakes = accounts.flatMap((account) => account.mistakes)
  const started = performance.now()
  await Promise.all(sources.map((db) => db.destroy()))
  return { ...tally.report(), losses, mistakes, destroyed: performance.now() - started }
}

function dataSource(settings: LedgerSettings, directRows: boolean): DataSource {
  const { contactPoints, localDataCenter } = settings
  return new DataSource({
    contactPoints: [...contactPoints],
    localDataCenter,
    keyspace: 'ledger',
    createKeyspace: { replication: { class: 'NetworkTopologyStrategy', [localDataCenter]: 3 } },
    entities: [LedgerRow, Bag, Turn, Document, UniqueName, Hits, Order, Invoice],
    synchronize: true,
    directRows,
    defaults: { consistency: 'localQuorum', serialConsistency: 'localSerial', timeout: 3000 },
  })
}
