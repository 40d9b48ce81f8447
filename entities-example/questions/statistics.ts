import type { DataSource } from 'coodie'
import { Departure } from '../entities/departure'
import type { Report } from '../print/report'

/** One pass over a whole table, a page in memory at a time. */
export async function statistics(db: DataSource, report: Report): Promise<void> {
  const departures = db.getRepository(Departure)

  await report.question(
    'Which airports have the most flights, and how late are they?',
    async () => {
      const byAirport = new Map<
        string,
        { flights: number; minutes: number; late: number; miles: number }
      >()
      let flights = 0
      for await (const { origin, delay, distance } of departures.stream({
        select: ['origin', 'delay', 'distance'],
        fetchSize: 2000,
      })) {
        const sums = byAirport.get(origin) ?? { flights: 0, minutes: 0, late: 0, miles: 0 }
        sums.flights++
        sums.minutes += delay
        sums.late += delay > 15 ? 1 : 0
        sums.miles += distance
        byAirport.set(origin, sums)
        flights++
      }
      const busiest = [...byAirport].sort(([, a], [, b]) => b.flights - a.flights).slice(0, 12)
      return [
        busiest.map(([airport, { flights, minutes, late, miles }]) => ({
          airport,
          flights,
          'mean delay (min)': minutes / flights,
          'late (%)': (100 * late) / flights,
          'mean miles': Math.round(miles / flights),
        })),
        `${flights.toLocaleString('en-US')} flights of ${byAirport.size} airports were read. ` +
          'Late means more than 15 minutes.',
      ]
    },
  )
}
