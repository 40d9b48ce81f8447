import {
  type ArgumentsHost,
  Catch,
  ConflictException,
  type HttpException,
  Logger,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common'
import { BaseExceptionFilter } from '@nestjs/core'
import {
  CoodieError,
  EntityNotFoundError,
  ExecutionError,
  type ExecutionErrorKind,
  LwtOutcomeUnknownError,
  OptimisticLockError,
  StatementError,
  ValidationError,
  ValueError,
} from 'coodie'
import { refusal } from './refusal'

/** After how many seconds it is worth trying again. */
const retryAfter = 5

/** The kinds of errors that the same request may not meet again. */
const passing: ReadonlySet<ExecutionErrorKind> = new Set([
  'unavailable',
  'timeout',
  'overloaded',
  'connection',
])

/** Converts an error of coodie to an HTTP response. */
@Catch(CoodieError)
export class CoodieErrorFilter extends BaseExceptionFilter {
  readonly #logger = new Logger(CoodieErrorFilter.name)

  override catch(error: CoodieError, host: ArgumentsHost): void {
    const exception = exceptionOf(error)
    if (exception instanceof ServiceUnavailableException) {
      this.#logger.error(error.message)
      const response = host.switchToHttp().getResponse<{ setHeader(k: string, v: string): void }>()
      response.setHeader('Retry-After', String(retryAfter))
    }
    // Everything else is a mistake of this service: logged, and answered by 500 without details.
    // oxlint-disable-next-line promise/valid-params, promise/no-promise-in-callback -- a filter is no promise
    super.catch(exception ?? error, host)
  }
}

function exceptionOf(error: CoodieError): HttpException | undefined {
  if (error instanceof EntityNotFoundError) return new NotFoundException(`no such ${error.entity}`)
  if (error instanceof OptimisticLockError) {
    return error.existing === null
      ? new NotFoundException(`no such ${error.entity}`)
      : new ConflictException(error.message)
  }
  if (error instanceof ValidationError) {
    return refusal(error.errors.map(({ property, message }) => ({ property, reason: message })))
  }
  if (error instanceof ValueError) {
    return refusal([{ property: error.property, reason: error.message }])
  }
  if (error instanceof StatementError) {
    return refusal([{ property: 'request', reason: error.message }])
  }
  if (error instanceof LwtOutcomeUnknownError) {
    return new ServiceUnavailableException(
      'nobody knows whether it was written; look before you repeat it',
    )
  }
  if (error instanceof ExecutionError && passing.has(error.kind)) {
    return new ServiceUnavailableException('the database does not answer')
  }
  return undefined
}
