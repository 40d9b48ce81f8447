import type { CqlType } from '../cql/cql-type'
import type { Codec } from './codec'
import { bytesParameter } from './parameter'

/** The codec of `frozen<…>`: sent in the server's order of elements, and null where nothing is stored. */
export function frozenCodec(type: Extract<CqlType, { kind: 'frozen' }>, of: Codec): Codec {
  return {
    ...of,
    type,
    absent: () => null,
    toDriver: of.inner.length === 0 ? of.toDriver : bytesParameter(type, of.encode),
  }
}
