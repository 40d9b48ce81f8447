import { Contains, type DataSource } from 'coodie'
import { Airport } from '../entities/airport'
import type { Report } from '../print/report'

/** Secondary indexes: one on a text, one on the elements of a set. */
export async function destinations(db: DataSource, report: Report): Promise<void> {
  const airports = db.getRepository(Airport)

  await report.question('From where can one fly to Anchorage (ANC)?', async () => {
    const found = await airports.findBy({ destinations: Contains('ANC') })
    return [
      found.map(({ iata, name, state, destinations, departuresByHour }) => ({
        airport: iata,
        name,
        state: state ?? '',
        destinations: destinations?.size ?? 0,
        flights: [...(departuresByHour?.values() ?? [])].reduce((a, b) => a + b, 0),
      })),
      'An index returns rows in no order.',
    ]
  })

  await report.question('Which airports of Hawaii have flights at all?', async () => {
    const found = await airports.findBy({ state: 'HI' })
    return [
      found
        .filter(({ destinations }) => destinations !== undefined && destinations.size > 0)
        .map(({ iata, name, position, destinations }) => ({
          airport: iata,
          name,
          '°N': position.latitude,
          'flies to': [...(destinations ?? [])].join(' '),
        })),
    ]
  })
}
