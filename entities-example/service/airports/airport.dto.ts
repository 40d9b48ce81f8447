import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger'
import {
  IsInt,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsOptional,
  Length,
  Matches,
  Min,
} from 'class-validator'
import { PageDto } from '../http/page.dto'
import { PageQuery } from '../http/page.query'

const code = /^[A-Z0-9]{3}$/u
const state = /^[A-Z]{2}$/u

/** The airport that a path names. */
export class AirportParams {
  @ApiProperty({ example: 'SEA' })
  @Matches(code, { message: 'iata must be three capital letters or digits' })
  iata!: string
}

/** A new airport. */
export class NewAirportDto extends AirportParams {
  @ApiProperty({ example: 'Seattle-Tacoma Intl' })
  @Length(1, 100)
  name!: string

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Seattle' })
  @IsOptional()
  @Length(1, 100)
  city?: string | null

  @ApiPropertyOptional({ type: String, nullable: true, example: 'WA' })
  @IsOptional()
  @Matches(state, { message: 'state must be two capital letters' })
  state?: string | null

  @ApiProperty({ example: 'USA' })
  @Length(1, 100)
  country!: string

  @ApiProperty({ description: 'Degrees, north is positive.', example: 47.449 })
  @IsNumber()
  @IsLatitude()
  latitude!: number

  @ApiProperty({ description: 'Degrees, east is positive.', example: -122.309 })
  @IsNumber()
  @IsLongitude()
  longitude!: number
}

/** An airport as it is answered. */
export class AirportDto extends NewAirportDto {
  @ApiProperty({ example: 1 })
  version!: number
}

/** The changes of an airport; null removes an optional value. */
export class AirportChangesDto extends PartialType(OmitType(NewAirportDto, ['iata']), {
  skipNullProperties: false,
}) {
  @ApiProperty({ description: 'The one that was read: 409 when there is another by now.' })
  @IsInt()
  @Min(1)
  version!: number
}

/** The airports and the page that a query asks for. */
export class AirportsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'WA' })
  @IsOptional()
  @Matches(state, { message: 'state must be two capital letters' })
  state?: string
}

export class AirportPageDto extends PageDto {
  @ApiProperty({ type: [AirportDto] })
  items!: readonly AirportDto[]
}
