import { type DataSource, MoreThanOrEqual } from 'coodie'
import { RankedDelay } from '../entities/ranked-delay'
import type { Report } from '../print/report'
import { dayAndTimeOf } from '../print/time'

/** The clustering order keeps the ranking, so that the first rows are the answer. */
export async function worstDelays(db: DataSource, report: Report): Promise<void> {
  const delays = db.getRepository(RankedDelay)

  await report.question('Which were the ten worst delays of February 2001?', async () => {
    const found = await delays.find({ where: { month: '2001-02' }, limit: 10 })
    return [
      found.map(({ at, origin, destination, delay }) => ({
        'date and time': dayAndTimeOf(at),
        from: origin,
        to: destination,
        'delay (min)': delay,
        hours: delay / 60,
      })),
    ]
  })

  await report.question('How many flights of each month were an hour late or more?', async () => {
    const rows = []
    for (const month of ['2001-01', '2001-02', '2001-03']) {
      const all = await delays.countBy({ month })
      const late = await delays.countBy({ month, delay: MoreThanOrEqual(60) })
      rows.push({ month, flights: all, 'an hour late': late, '%': (100 * late) / all })
    }
    return [rows]
  })
}
