import { Between, type DataSource, In } from 'coodie'
import { Airport } from '../entities/airport'
import { Departure } from '../entities/departure'
import type { Report } from '../print/report'
import { timeOf } from '../print/time'

/** A partition of a table, a range of its clustering key, and the airports of what was found. */
export async function board(db: DataSource, report: Report): Promise<void> {
  const airports = db.getRepository(Airport)
  const departures = db.getRepository(Departure)
  const day = '2001-03-09'

  await report.question(`What leaves Chicago O'Hare (ORD) on ${day} before noon?`, async () => {
    const found = await departures.findBy({
      origin: 'ORD',
      day,
      at: Between(new Date(`${day}T00:00Z`), new Date(`${day}T11:59Z`)),
    })
    const destinations = await airports.findBy({
      iata: In(found.map(({ destination }) => destination)),
    })
    const nameOf = new Map(destinations.map(({ iata, name }) => [iata, name]))
    return [
      found.map(({ at, destination, delay, distance }) => ({
        time: timeOf(at),
        to: destination,
        airport: nameOf.get(destination) ?? '',
        'delay (min)': delay,
        miles: distance,
      })),
    ]
  })
}
