import { Between, type DataSource } from 'coodie'
import { Departure } from '../entities/departure'
import { WeatherReading } from '../entities/weather-reading'
import type { Report } from '../print/report'
import { timeOf } from '../print/time'

/** A slice of a time series, beside the flights of the same hours. */
export async function weather(db: DataSource, report: Report): Promise<void> {
  const readings = db.getRepository(WeatherReading)
  const departures = db.getRepository(Departure)

  await report.question(
    'What weather is usual for the flights from Seattle on 7 March?',
    async () => {
      const flights = await departures.findBy({ origin: 'SEA', day: '2001-03-07' })
      // The normals carry the year 2010.
      const usual = await readings.find({
        where: {
          station: 'Seattle',
          month: '2010-03',
          at: Between(new Date('2010-03-07T00:00Z'), new Date('2010-03-07T23:00Z')),
        },
      })
      const ofHour = new Map(usual.map((reading) => [reading.at.getUTCHours(), reading]))
      return [
        flights.map(({ at, destination, delay }) => {
          const reading = ofHour.get(at.getUTCHours())
          return {
            time: timeOf(at),
            to: destination,
            'delay (min)': delay,
            '°C': reading?.temperature ?? '',
            'wind (m/s)': reading?.wind ?? '',
            hPa: reading?.pressure ?? '',
          }
        }),
      ]
    },
  )
}
