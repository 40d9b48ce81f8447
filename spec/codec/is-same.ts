import type { Codec } from '../../lib/codec/codec'
import { identityOf } from '../../lib/codec/identity'
import { anyOrder } from '../../lib/codec/parameter'

/** Tests whether the server holds two values of a codec to be equal. */
export function isSame(codec: Codec, a: unknown, b: unknown): boolean {
  const identify = (value: unknown) => identityOf(codec, codec.encode(codec.check(value), anyOrder))
  return identify(a) === identify(b)
}
