import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common'
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger'
import { ApiProblems } from '../http/api-problems'
import {
  AirportChangesDto,
  AirportDto,
  AirportPageDto,
  AirportParams,
  AirportsQuery,
  NewAirportDto,
} from './airport.dto'
import { AirportsService } from './airports.service'

@ApiTags('airports')
@ApiProblems()
@Controller('airports')
export class AirportsController {
  constructor(private readonly airports: AirportsService) {}

  @Get()
  @ApiOkResponse({ type: AirportPageDto })
  page(@Query() query: AirportsQuery): Promise<AirportPageDto> {
    return this.airports.page(query)
  }

  @Get(':iata')
  @ApiOkResponse({ type: AirportDto })
  @ApiNotFoundResponse()
  get(@Param() { iata }: AirportParams): Promise<AirportDto> {
    return this.airports.get(iata)
  }

  @Post()
  @ApiCreatedResponse({ type: AirportDto })
  @ApiConflictResponse({ description: 'It is there already.' })
  add(@Body() airport: NewAirportDto): Promise<AirportDto> {
    return this.airports.add(airport)
  }

  @Patch(':iata')
  @ApiOkResponse({ type: AirportDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'Someone else has changed it.' })
  change(
    @Param() { iata }: AirportParams,
    @Body() changes: AirportChangesDto,
  ): Promise<AirportDto> {
    return this.airports.change(iata, changes)
  }

  @Delete(':iata')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  remove(@Param() { iata }: AirportParams): Promise<void> {
    return this.airports.remove(iata)
  }
}
