import type { Refusal } from '../codec/codec'
import { ValueError } from '../errors/errors'

/** What a codec refused, said of the property. The cause, where there is one, is what a transformer threw. */
export function valueError(entity: string, property: string, refusal: Refusal): ValueError {
  const { message, cause } = refusal
  return new ValueError(entity, property, message, cause === undefined ? undefined : { cause })
}
