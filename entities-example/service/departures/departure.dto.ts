import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator'
import { AirportParams } from '../airports/airport.dto'
import { IsDay } from '../http/is-day'
import { IsInstant } from '../http/is-instant'
import { MayBeLeftOut } from '../http/may-be-left-out'
import { PageDto } from '../http/page.dto'
import { PageQuery } from '../http/page.query'

/** A flight from an airport, as it is sent and as it is answered. */
export class DepartureDto {
  @ApiProperty({ description: 'Local time, written as UTC.', example: '2001-02-14T09:30Z' })
  @IsInstant()
  at!: string

  @ApiProperty({ example: 20001 })
  @IsInt()
  @Min(1)
  @Max(999_999)
  flight!: number

  @ApiProperty({ example: 'LAX' })
  @Matches(/^[A-Z0-9]{3}$/u, { message: 'destination must be three capital letters or digits' })
  destination!: string

  @ApiPropertyOptional({ description: 'Minutes; negative when it was early.', default: 0 })
  @MayBeLeftOut()
  @IsInt()
  @Min(-1440)
  @Max(2880)
  delay?: number

  @ApiProperty({ description: 'Miles.', example: 954 })
  @IsInt()
  @Min(1)
  @Max(12_500)
  distance!: number

  @ApiPropertyOptional({ type: [String], nullable: true, example: ['de-icing'] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Length(1, 200, { each: true })
  remarks?: string[] | null
}

/** The changes of a departure; null removes the remarks. */
export class DepartureChangesDto extends PartialType(
  PickType(DepartureDto, ['delay', 'remarks', 'destination', 'distance']),
  { skipNullProperties: false },
) {}

/** The flight that a path names. */
export class DepartureParams extends AirportParams {
  @ApiProperty({ example: '2001-02-14T09:30Z' })
  @IsInstant()
  at!: string

  @ApiProperty({ example: 20001 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(999_999)
  flight!: number
}

/** The day and the page that a query asks for. */
export class DeparturesQuery extends PageQuery {
  @ApiProperty({ example: '2001-01-28' })
  @IsDay()
  day!: string

  @ApiPropertyOptional({ description: 'Only flights from then on.', example: '2001-01-28T12:00Z' })
  @MayBeLeftOut()
  @IsInstant()
  from?: string
}

export class DeparturePageDto extends PageDto {
  @ApiProperty({ type: [DepartureDto] })
  items!: readonly DepartureDto[]
}
