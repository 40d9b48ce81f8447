import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseCsv } from './csv'

/** The data files of the npm package vega-datasets. */
const folder = join(dirname(require.resolve('vega-datasets')), '..', 'data')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

/** A line of flights-20k.json: January to March 2001, from the U.S. Bureau of Transportation Statistics. */
export interface FlightLine {
  line: number
  origin: string
  destination: string
  at: Date
  /** Minutes. */
  delay: number
  /** Miles. */
  distance: number
}

/** As the file has it: '2001/01/31 18:05', in local time. */
type RawFlight = Omit<FlightLine, 'line' | 'at'> & { date: string }

export function readFlights(): FlightLine[] {
  const lines = JSON.parse(read('flights-20k.json')) as RawFlight[]
  return lines.map(({ date, origin, destination, delay, distance }, index) => ({
    line: index + 1,
    origin,
    destination,
    at: new Date(`${date.replaceAll('/', '-').replace(' ', 'T')}Z`),
    delay,
    distance,
  }))
}

/** A line of airports.csv. */
export interface AirportLine {
  iata: string
  name: string
  city: string | null
  state: string | null
  country: string
  /** In degrees. */
  position: { latitude: number; longitude: number }
}

export function readAirports(): AirportLine[] {
  return parseCsv(read('airports.csv')).map(
    ({ iata = '', name = '', city, state, country = '', latitude, longitude }) => ({
      iata,
      name,
      city: known(city),
      state: known(state),
      country,
      position: { latitude: Number(latitude), longitude: Number(longitude) },
    }),
  )
}

const known = (field = '') => (field === '' || field === 'NA' ? null : field)

/** A line of seattle-weather-hourly-normals.csv: what is usual in Seattle, hour by hour. */
export interface WeatherLine {
  at: Date
  pressure: number
  temperature: number
  wind: number
}

export function readWeather(): WeatherLine[] {
  return parseCsv(read('seattle-weather-hourly-normals.csv')).map(
    ({ date, pressure, temperature, wind }) => ({
      at: new Date(`${date}Z`),
      pressure: Number(pressure),
      temperature: Number(temperature),
      wind: Number(wind),
    }),
  )
}
