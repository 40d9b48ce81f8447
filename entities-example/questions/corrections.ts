import { type DataSource, LessThan } from 'coodie'
import { Departure } from '../entities/departure'
import { RankedDelay } from '../entities/ranked-delay'
import { RouteFlight } from '../entities/route-flight'
import type { Report } from '../print/report'
import { monthOf, timeOf } from '../print/time'

/** Updates and deletes. */
export async function corrections(db: DataSource, report: Report): Promise<void> {
  const departures = db.getRepository(Departure)
  const partition = { origin: 'SEA', day: '2001-02-14' }
  const board = async () =>
    (await departures.findBy(partition)).map(({ at, destination, delay, remarks, notice }) => ({
      time: timeOf(at),
      to: destination,
      'delay (min)': delay,
      remarks: remarks?.join(', ') ?? '',
      notice: notice ?? '',
    }))

  await report.question(
    'A notice for a day in Seattle, and a new delay of its first flight',
    async () => {
      await departures.update(partition, { notice: 'Fog until noon' })
      const first = await departures.findOneOrFail({ where: partition })
      await correctDelay(db, first, 45, ['de-icing'])
      return [await board()]
    },
  )

  await report.question('Two people change the notice at the same time', async () => {
    const condition = { if: { notice: 'Fog until noon' } }
    const first = await departures.update(partition, { notice: 'Fog until ten' }, condition)
    const second = await departures.update(partition, { notice: 'Fog until two' }, condition)
    return [
      `The first change was ${first.applied ? '' : 'not '}applied.`,
      `The second was ${second.applied ? 'applied' : `not applied: the notice is now "${second.existing?.notice}"`}.`,
    ]
  })

  await report.question(
    'The notice is removed, and the flights before nine leave the board',
    async () => {
      const before = await departures.countBy(partition)
      // Once a column is written with conditions, it always is: the server gives those their own time.
      await departures.update(partition, { notice: null }, { if: { notice: 'Fog until ten' } })
      await departures.delete({ ...partition, at: LessThan(new Date(`${partition.day}T09:00Z`)) })
      const after = await departures.countBy(partition)
      return [await board(), `There were ${before} flights and are ${after} now.`]
    },
  )
}

/**
 * A flight is in three tables, which a logged batch changes together. In one of them the delay is a part of
 * the key: there the row moves.
 */
async function correctDelay(
  db: DataSource,
  flight: Departure,
  delay: number,
  remarks: string[],
): Promise<void> {
  const { origin, destination, day, at, line } = flight
  const month = monthOf(at)
  const ranked = db.getRepository(RankedDelay)
  await db
    .batch()
    .update(Departure, { origin, day, at, line }, { delay, remarks })
    .update(RouteFlight, { origin, destination, month, at, line }, { delay })
    .insert(RankedDelay, ranked.create({ month, delay, line, at, origin, destination }))
    .delete(RankedDelay, { month, delay: flight.delay, line })
    .execute()
}
