import type { DataSource } from 'coodie'
import { Departure } from '../entities/departure'
import type { Report } from '../print/report'
import { timeOf } from '../print/time'

/** Reads as a web page would: one page, and a token for the next one. */
export async function pages(db: DataSource, report: Report): Promise<void> {
  const departures = db.getRepository(Departure)
  const where = { origin: 'DFW', day: '2001-01-28' }
  let next: string | null = null

  for (const name of ['first', 'next', 'last']) {
    await report.question(
      `Departures from Dallas on a Sunday, eight a page: the ${name} page`,
      async () => {
        const { items, pageState } = await departures.findPage({
          where,
          fetchSize: 8,
          pageState: next,
        })
        next = pageState
        return [
          items.map(({ at, destination, delay }) => ({
            time: timeOf(at),
            to: destination,
            'delay (min)': delay,
          })),
          pageState === null ? 'This was the last page.' : `Token for the next page: ${pageState}`,
        ]
      },
    )
  }
}
