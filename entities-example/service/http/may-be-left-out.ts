import { ValidateIf } from 'class-validator'

/** Undefined is fine, and null is not, which `IsOptional` takes too: null would delete the column. */
export function MayBeLeftOut(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined)
}
