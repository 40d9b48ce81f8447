import { ApiProperty } from '@nestjs/swagger'

/** A page of a list; what its items are is said by the class that extends it. */
export abstract class PageDto {
  @ApiProperty({ type: String, nullable: true, description: 'Give it as `page`; null is the end.' })
  next!: string | null
}
