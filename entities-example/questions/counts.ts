import type { DataSource } from 'coodie'
import { readAirports, readFlights, readWeather } from '../data/files'
import { Airport } from '../entities/airport'
import { Departure } from '../entities/departure'
import { RankedDelay } from '../entities/ranked-delay'
import { RouteFlight } from '../entities/route-flight'
import { WeatherReading } from '../entities/weather-reading'
import type { Report } from '../print/report'

export async function counts(db: DataSource, report: Report): Promise<void> {
  const flights = readFlights().length
  const tables = [
    { entity: Airport, lines: readAirports().length },
    { entity: Departure, lines: flights },
    { entity: RouteFlight, lines: flights },
    { entity: RankedDelay, lines: flights },
    { entity: WeatherReading, lines: readWeather().length },
  ]
  await report.question('Is every line of the files in the tables?', async () => {
    const rows = []
    for (const { entity, lines } of tables) {
      const repository = db.getRepository<object>(entity)
      rows.push({
        table: repository.metadata.table,
        'lines in the file': lines,
        'rows in the table': await repository.count(),
      })
    }
    const isComplete = rows.every((row) => row['lines in the file'] === row['rows in the table'])
    if (!isComplete) throw new Error(`rows are missing: ${JSON.stringify(rows)}`)
    return [rows, 'Yes, all of them.']
  })
}
