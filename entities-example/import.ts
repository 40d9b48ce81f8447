import type { DataSource, Repository } from 'coodie'
import { readAirports, readFlights, readWeather } from './data/files'
import { trafficOf } from './data/traffic'
import { Airport } from './entities/airport'
import { Departure } from './entities/departure'
import { RankedDelay } from './entities/ranked-delay'
import { RouteFlight } from './entities/route-flight'
import { WeatherReading } from './entities/weather-reading'
import { progress } from './print/progress'
import type { Report } from './print/report'
import { dayOf, monthOf } from './print/time'

/** Writes every line of the data files. A flight goes into three tables, one for each way to ask for it. */
export async function importAll(db: DataSource, report: Report): Promise<void> {
  report.heading('Import of all lines of the files')
  const flights = readFlights()
  const traffic = trafficOf(flights)

  await importRows(db.getRepository(Airport), readAirports(), (line) => ({
    ...line,
    ...traffic.get(line.iata),
  }))
  await importRows(db.getRepository(Departure), flights, (line) => ({
    ...line,
    day: dayOf(line.at),
  }))
  await importRows(db.getRepository(RouteFlight), flights, (line) => ({
    ...line,
    month: monthOf(line.at),
  }))
  await importRows(
    db.getRepository(RankedDelay),
    flights,
    ({ line, at, origin, destination, delay }) => ({
      month: monthOf(at),
      delay,
      line,
      at,
      origin,
      destination,
    }),
  )
  await importRows(db.getRepository(WeatherReading), readWeather(), (line) => ({
    ...line,
    station: 'Seattle',
    month: monthOf(line.at),
  }))
  report.tell('')
  report.statements()
}

const atOnce = 1000

async function importRows<E extends object, L>(
  repository: Repository<E>,
  lines: readonly L[],
  rowOf: (line: L) => Partial<E>,
): Promise<void> {
  // The table may hold what an earlier run has changed.
  await repository.truncate()
  const tell = progress(repository.metadata.table, lines.length)
  for (let done = 0; done < lines.length;) {
    const rows = lines.slice(done, done + atOnce).map((line) => repository.create(rowOf(line)))
    await repository.save(rows, { concurrency: 128 })
    done += rows.length
    tell(done)
  }
}
