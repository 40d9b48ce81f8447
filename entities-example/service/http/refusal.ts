import { BadRequestException } from '@nestjs/common'

/** The problems of a request, and their places. */
export interface Problem {
  /** The property of the body, the path or the query. */
  readonly property: string
  readonly reason: string
}

/** The answer to a bad request: 400 with everything that is wrong with it. */
export function refusal(problems: readonly Problem[]): BadRequestException {
  return new BadRequestException({ statusCode: 400, error: 'Bad Request', problems })
}
