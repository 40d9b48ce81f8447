import { readings } from '../models/rows'
import { randomOf } from '../models/random'
import type { ExtraResults } from '../report/result'
import type { Entrant } from './group'

/** The names by which `--only` chooses them. */
export const extraNames = ['start-up', 'prepared-statements', 'held-heap'] as const
export type ExtraName = (typeof extraNames)[number]

/** The measurements of this package alone. */
export async function runExtras(
  names: readonly ExtraName[],
  { process, tables }: Entrant,
  { isQuick, seed }: { isQuick: boolean; seed: number },
  progress: (step: string) => void,
): Promise<ExtraResults> {
  let results: ExtraResults = {}
  if (names.includes('start-up')) {
    progress('starting up')
    const entities = 200
    results = { startUp: { entities, ...(await process.ask('startUp', { entities })) } }
  }
  if (names.includes('prepared-statements')) {
    progress('counting prepared statements')
    await tables.make(['products'])
    const calls = 10_000
    results = { ...results, prepared: { calls, ...(await process.ask('prepared', { calls })) } }
    await tables.empty(['products'])
  }
  if (names.includes('held-heap')) {
    const rows = isQuick ? 20_000 : 100_000
    progress(`storing ${rows} rows to be streamed`)
    await tables.make(['readings'])
    const random = randomOf(seed)
    for (let stored = 0; stored < rows; stored += 5000) {
      await tables.store({ readings: readings(seed, 5000, { sensor: random.uuid() }) })
    }
    progress(`streaming ${rows} rows`)
    results = { ...results, heap: { rows, ...(await process.ask('heap', {})) } }
    await tables.empty(['readings'])
  }
  return results
}
