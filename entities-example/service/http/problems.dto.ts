import { ApiProperty } from '@nestjs/swagger'

export class ProblemDto {
  @ApiProperty({ example: 'latitude' })
  property!: string

  @ApiProperty({ example: 'latitude must be a latitude string or number' })
  reason!: string
}

/** The body of a 400. */
export class ProblemsDto {
  @ApiProperty({ example: 400 })
  statusCode!: number

  @ApiProperty({ example: 'Bad Request' })
  error!: string

  @ApiProperty({ type: [ProblemDto] })
  problems!: readonly ProblemDto[]
}
