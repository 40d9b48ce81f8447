import { ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator'

/** The page of a list that a query asks for. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', description: 'Rows per page.', default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 20

  @ApiPropertyOptional({ description: 'The `next` of the page before, for the same query.' })
  @IsOptional()
  @IsString()
  page?: string
}
