import type { FlightLine } from './files'

/** The destinations of the flights from an airport, and the number of departures in each hour of the day. */
export interface Traffic {
  destinations: Set<string>
  departuresByHour: Map<number, number>
}

/** The traffic of every airport that has flights. */
export function trafficOf(flights: readonly FlightLine[]): Map<string, Traffic> {
  const byAirport = new Map<string, Traffic>()
  for (const { origin, destination, at } of flights) {
    const traffic = byAirport.get(origin) ?? {
      destinations: new Set(),
      departuresByHour: new Map<number, number>(),
    }
    const hour = at.getUTCHours()
    traffic.destinations.add(destination)
    traffic.departuresByHour.set(hour, (traffic.departuresByHour.get(hour) ?? 0) + 1)
    byAirport.set(origin, traffic)
  }
  return byAirport
}
