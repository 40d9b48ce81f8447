import { ValidationPipe } from '@nestjs/common'
import type { ValidationError } from 'class-validator'
import { type Problem, refusal } from './refusal'

/** Bodies, paths and queries become instances of their classes; what is wrong, or unknown, is refused. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => refusal(errors.flatMap((error) => problemsOf(error))),
  })
}

function problemsOf(error: ValidationError, path = ''): Problem[] {
  const property = `${path}${error.property}`
  return [
    ...Object.values(error.constraints ?? {}).map((reason) => ({ property, reason })),
    ...(error.children ?? []).flatMap((child) => problemsOf(child, `${property}.`)),
  ]
}
