import type { INestApplication } from '@nestjs/common'
import type { Repository } from 'coodie'
import { getRepositoryToken } from 'coodie/nestjs'
import { readAirports, readFlights } from '../data/files'
import { Airport } from './airports/airport'
import { Departure } from './departures/departure'
import { flights } from './settings'

// An import is no request: nobody waits for a single row of it.
const patiently = { timeout: 30_000 }
const atOnce = 64

/** Fills the tables with the lines of the data files, unless an earlier start has. */
export async function importFlights(app: INestApplication): Promise<void> {
  const airports = app.get<Repository<Airport>>(getRepositoryToken(Airport))
  const departures = app.get<Repository<Departure>>(getRepositoryToken(Departure, flights))
  const day = { origin: 'SEA', day: '2001-03-31' }
  if (await departures.existsBy(day)) return
  // Conditional, for their version: one that an import before this one has written stays as it is.
  const lines = readAirports()
  for (let done = 0; done < lines.length; done += atOnce) {
    const some = lines.slice(done, done + atOnce)
    await Promise.all(
      some.map(({ position, ...airport }) =>
        airports.insert(airports.create({ ...airport, ...position }), {
          ifNotExists: true,
          ...patiently,
        }),
      ),
    )
  }
  await departures.saveAll(
    readFlights()
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ line: flight, at, ...rest }) =>
        departures.create({ day: at.toISOString().slice(0, 10), at, flight, ...rest }),
      ),
    patiently,
  )
}
