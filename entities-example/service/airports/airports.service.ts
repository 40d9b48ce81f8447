import { ConflictException, Injectable } from '@nestjs/common'
import { EntityNotFoundError, Repository } from 'coodie'
import { InjectRepository } from 'coodie/nestjs'
import { readPage } from '../http/read-page'
import { Airport } from './airport'
import type { AirportChangesDto, AirportDto, AirportPageDto, AirportsQuery } from './airport.dto'

@Injectable()
export class AirportsService {
  constructor(@InjectRepository(Airport) private readonly airports: Repository<Airport>) {}

  page({ state, ...page }: AirportsQuery): Promise<AirportPageDto> {
    return readPage(this.airports, state === undefined ? {} : { where: { state } }, page)
  }

  get(iata: string): Promise<Airport> {
    return this.airports.findOneByOrFail({ iata })
  }

  async add(airport: AirportDto): Promise<Airport> {
    const entity = this.airports.create(airport)
    const { applied } = await this.airports.insert(entity, { ifNotExists: true })
    if (!applied) throw new ConflictException(`the airport ${airport.iata} is there already`)
    return entity
  }

  /** An UPDATE would create a row that is not there: hence the condition. */
  async change(iata: string, changes: AirportChangesDto): Promise<Airport> {
    const { applied } = await this.airports.update({ iata }, changes, { ifExists: true })
    if (!applied) throw new EntityNotFoundError('Airport')
    return this.get(iata)
  }

  async remove(iata: string): Promise<void> {
    const { applied } = await this.airports.delete({ iata }, { ifExists: true })
    if (!applied) throw new EntityNotFoundError('Airport')
  }
}
