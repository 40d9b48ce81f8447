import { setTimeout as sleep } from 'node:timers/promises'
import { DataSource, ExecutionError } from '../../../lib'
import { Random } from '../../integration/oracle/random'
import { type Spec, loadEnds } from '../process/serve'
import { Tally, type TallyReport } from '../tally'
import { WireHits, WireItem, operations, prepareCall, writeRows } from '../wire/operations'

export interface FlappingSettings {
  /** The contact point of the proxy. */
  readonly contactPoint: string
  readonly localDataCenter: string
  readonly keyspace: string
  readonly seconds: number
  readonly seed: number
}

export interface FlappingReport extends TallyReport {
  /** Answers that are not what is stored. */
  readonly wrong: readonly string[]
  /** The milliseconds that `destroy()` of each data source took, with calls under way. */
  readonly destroyed: readonly number[]
  /** The errors of calls after `destroy()`. */
  readonly after: readonly string[]
}

const clients = 5
const timeout = 1000
/** A call may have to wait for a connection besides; one that never ends takes longer than this. */
const patience = 15_000

/** Calls on five data sources while their connections break, and destroys them meanwhile. */
export async function program(settings: FlappingSettings, spec: Spec): Promise<FlappingReport> {
  const sources = Array.from({ length: clients }, (_, i) => dataSource(settings, i % 2 === 0))
  for (const db of sources) await db.initialize()
  await writeRows(sources[0] as DataSource)
  await spec.ask('flapping')
  spec.ready()
  const tally = new Tally()
  const wrong: string[] = []
  const end = new AbortController()
  let next = 1
  const work = async (db: DataSource, seed: number) => {
    const random = new Random(seed)
    while (!end.signal.aborted) {
      const { kind, requests, run } = random.pick(operations)
      const n = next++
      if (kind === 'update if') await prepareCall(db, n).catch(() => undefined)
      const outcome = await tally.run(kind, requests * patience, () => run(db, n))
      // The row of an `update if` may be missing, because the connection broke before.
      if (outcome.isAcknowledged && outcome.value === false && kind !== 'update if')
        wrong.push(kind)
      await sleep(10)
    }
  }
  const loops = sources.flatMap((db, i) =>
    [0, 1, 2].map((j) => work(db, settings.seed + i * 3 + j)),
  )
  await loadEnds(spec, settings.seconds)
  const destroyed = await Promise.all(
    sources.map(async (db) => {
      const started = performance.now()
      await db.destroy()
      return performance.now() - started
    }),
  )
  const after = await Promise.all(
    sources.map((db) =>
      db.ping().then(
        () => 'answered',
        (error: unknown) => (error instanceof ExecutionError ? error.message : String(error)),
      ),
    ),
  )
  end.abort()
  await Promise.all(loops)
  return { ...tally.report(), wrong, destroyed, after }
}

function dataSource(settings: FlappingSettings, directRows: boolean): DataSource {
  const { contactPoint, localDataCenter, keyspace } = settings
  return new DataSource({
    contactPoints: [contactPoint],
    localDataCenter,
    keyspace,
    entities: [WireItem, WireHits],
    synchronize: true,
    directRows,
    defaults: { timeout },
    drainTimeout: 5000,
  })
}
