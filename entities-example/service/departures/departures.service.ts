import { ConflictException, Injectable } from '@nestjs/common'
import { EntityNotFoundError, MoreThanOrEqual, Repository } from 'coodie'
import { InjectRepository } from 'coodie/nestjs'
import { AirportsService } from '../airports/airports.service'
import { readPage } from '../http/read-page'
import { flights } from '../settings'
import { Departure } from './departure'
import type {
  DepartureChangesDto,
  DepartureDto,
  DeparturePageDto,
  DepartureParams,
  DeparturesQuery,
} from './departure.dto'

@Injectable()
export class DeparturesService {
  constructor(
    @InjectRepository(Departure, flights) private readonly departures: Repository<Departure>,
    private readonly airports: AirportsService,
  ) {}

  async page(origin: string, { day, from, ...page }: DeparturesQuery): Promise<DeparturePageDto> {
    const where = {
      origin,
      day,
      ...(from !== undefined && { at: MoreThanOrEqual(new Date(from)) }),
    }
    const { items, next } = await readPage(this.departures, { where }, page)
    return { items: items.map((departure) => answer(departure)), next }
  }

  async get(params: DepartureParams): Promise<DepartureDto> {
    return answer(await this.departures.findOneByOrFail(keyOf(params)))
  }

  /** Both ends of the flight must be airports, which are in the other data source: no join tells. */
  async add(origin: string, { at, ...flight }: DepartureDto): Promise<DepartureDto> {
    await Promise.all([this.airports.get(origin), this.airports.get(flight.destination)])
    const departure = this.departures.create({
      origin,
      day: dayOf(at),
      at: new Date(at),
      ...flight,
    })
    const { applied } = await this.departures.insert(departure, { ifNotExists: true })
    if (!applied)
      throw new ConflictException(`the flight ${flight.flight} at ${at} is there already`)
    return answer(departure)
  }

  async change(params: DepartureParams, changes: DepartureChangesDto): Promise<DepartureDto> {
    const { applied } = await this.departures.update(keyOf(params), changes, { ifExists: true })
    if (!applied) throw new EntityNotFoundError('Departure')
    return this.get(params)
  }

  async remove(params: DepartureParams): Promise<void> {
    const { applied } = await this.departures.delete(keyOf(params), { ifExists: true })
    if (!applied) throw new EntityNotFoundError('Departure')
  }
}

const dayOf = (at: string) => new Date(at).toISOString().slice(0, 10)

const keyOf = ({ iata, at, flight }: DepartureParams) => ({
  origin: iata,
  day: dayOf(at),
  at: new Date(at),
  flight,
})

const answer = ({
  at,
  flight,
  destination,
  delay,
  distance,
  remarks,
}: Departure): DepartureDto => ({
  at: at.toISOString(),
  flight,
  destination,
  delay,
  distance,
  remarks: remarks ?? null,
})
