import { Injectable } from '@nestjs/common'
import { EntityNotFoundError, OptimisticLockError, Repository } from 'coodie'
import { InjectRepository } from 'coodie/nestjs'
import { readPage } from '../http/read-page'
import { Airport } from './airport'
import type { AirportChangesDto, AirportPageDto, AirportsQuery, NewAirportDto } from './airport.dto'

@Injectable()
export class AirportsService {
  constructor(@InjectRepository(Airport) private readonly airports: Repository<Airport>) {}

  page({ state, ...page }: AirportsQuery): Promise<AirportPageDto> {
    return readPage(this.airports, state === undefined ? {} : { where: { state } }, page)
  }

  get(iata: string): Promise<Airport> {
    return this.airports.findOneByOrFail({ iata })
  }

  /** The first write of a version is conditional: an airport that is there is an OptimisticLockError. */
  async add(airport: NewAirportDto): Promise<Airport> {
    const entity = this.airports.create(airport)
    await this.airports.insert(entity)
    return entity
  }

  async change(iata: string, { version, ...changes }: AirportChangesDto): Promise<Airport> {
    const result = await this.airports.update({ iata }, changes, { if: { version } })
    if (!result.applied) {
      const { existing } = result
      throw new OptimisticLockError('Airport', existing === null ? 'gone' : 'changed', existing)
    }
    return this.get(iata)
  }

  async remove(iata: string): Promise<void> {
    const { applied } = await this.airports.delete({ iata }, { ifExists: true })
    if (!applied) throw new EntityNotFoundError('Airport')
  }
}
