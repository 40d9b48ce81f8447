import type { DataSource } from 'coodie'
import { RouteFlight } from '../entities/route-flight'
import type { Report } from '../print/report'
import { dayOf, timeOf } from '../print/time'

/** The order of the table, the opposite order, and a projection. */
export async function route(db: DataSource, report: Report): Promise<void> {
  const flights = db.getRepository(RouteFlight)
  const where = { origin: 'LAX', destination: 'PHX', month: '2001-03' }

  await report.question('The last flights from Los Angeles to Phoenix in March', async () => {
    const found = await flights.find({ where, limit: 5 })
    return [
      found.map(({ at, delay }) => ({ day: dayOf(at), time: timeOf(at), 'delay (min)': delay })),
    ]
  })

  await report.question('And the first ones? Only when, and how late', async () => {
    const found = await flights.find({
      where,
      select: ['at', 'delay'],
      orderBy: { at: 'asc', line: 'desc' },
      limit: 5,
    })
    return [
      found.map(({ at, delay }) => ({ day: dayOf(at), time: timeOf(at), 'delay (min)': delay })),
    ]
  })
}
