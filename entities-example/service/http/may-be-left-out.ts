import { ValidateIf } from 'class-validator'

/** Accepts undefined and refuses null, which `IsOptional` accepts too: null would delete the column. */
export function MayBeLeftOut(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined)
}
