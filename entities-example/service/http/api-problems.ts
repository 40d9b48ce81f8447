import { applyDecorators } from '@nestjs/common'
import { ApiBadRequestResponse, ApiServiceUnavailableResponse } from '@nestjs/swagger'
import { ProblemsDto } from './problems.dto'

/** Documents the problems that every route of a controller may return. */
export function ApiProblems(): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ApiBadRequestResponse({ type: ProblemsDto }),
    ApiServiceUnavailableResponse({
      description: 'The database does not answer; try again after Retry-After seconds.',
    }),
  )
}
