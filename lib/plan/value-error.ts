import type { Refusal } from '../codec/codec'
import { ValueError } from '../errors/errors'

/** Returns the error for a value that a codec refused. Its cause is the error that a transformer threw, if any. */
export function valueError(entity: string, property: string, refusal: Refusal): ValueError {
  const { message, cause } = refusal
  return new ValueError(entity, property, message, cause === undefined ? undefined : { cause })
}
