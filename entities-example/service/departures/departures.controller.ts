import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common'
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger'
import { AirportParams } from '../airports/airport.dto'
import { ApiProblems } from '../http/api-problems'
import {
  DepartureChangesDto,
  DepartureDto,
  DeparturePageDto,
  DepartureParams,
  DeparturesQuery,
} from './departure.dto'
import { DeparturesService } from './departures.service'

@ApiTags('departures')
@ApiProblems()
@Controller('airports/:iata/departures')
export class DeparturesController {
  constructor(private readonly departures: DeparturesService) {}

  @Get()
  @ApiOkResponse({ type: DeparturePageDto })
  page(
    @Param() { iata }: AirportParams,
    @Query() query: DeparturesQuery,
  ): Promise<DeparturePageDto> {
    return this.departures.page(iata, query)
  }

  @Get(':at/:flight')
  @ApiOkResponse({ type: DepartureDto })
  @ApiNotFoundResponse()
  get(@Param() params: DepartureParams): Promise<DepartureDto> {
    return this.departures.get(params)
  }

  @Post()
  @ApiCreatedResponse({ type: DepartureDto })
  @ApiNotFoundResponse({ description: 'One of the airports is unknown.' })
  @ApiConflictResponse({ description: 'It is there already.' })
  add(@Param() { iata }: AirportParams, @Body() departure: DepartureDto): Promise<DepartureDto> {
    return this.departures.add(iata, departure)
  }

  @Patch(':at/:flight')
  @ApiOkResponse({ type: DepartureDto })
  @ApiNotFoundResponse()
  change(
    @Param() params: DepartureParams,
    @Body() changes: DepartureChangesDto,
  ): Promise<DepartureDto> {
    return this.departures.change(params, changes)
  }

  @Delete(':at/:flight')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  remove(@Param() params: DepartureParams): Promise<void> {
    return this.departures.remove(params)
  }
}
