import { type ArgumentsHost, BadRequestException, Catch } from '@nestjs/common'
import { BaseExceptionFilter } from '@nestjs/core'
import { refusal } from './refusal'

/** Gives requests that are refused before the validation, such as a body that is not JSON, the same form of answer. */
@Catch(BadRequestException)
export class BadRequestFilter extends BaseExceptionFilter<BadRequestException> {
  override catch(exception: BadRequestException, host: ArgumentsHost): void {
    const response = exception.getResponse()
    const isOurs = typeof response === 'object' && 'problems' in response
    const reason = exception.message
    // oxlint-disable-next-line promise/valid-params, promise/no-promise-in-callback -- a filter is no promise
    super.catch(isOurs ? exception : refusal([{ property: 'body', reason }]), host)
  }
}
