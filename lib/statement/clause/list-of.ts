import { type Codec, Refusal } from '../../codec/codec'
import { listCodec } from '../../codec/collections'
import type { Marker } from '../statement'

/** The list after IN: every element goes through the column's own codec. */
export function listOf(element: Codec): Marker['codec'] {
  const { type, toDriver, encode } = listCodec({ kind: 'list', of: element.type }, element) as Codec
  return {
    type,
    check(input) {
      if (!Array.isArray(input)) throw new Refusal('In() takes an array')
      return Array.from(input, (value: unknown, i) => {
        if (value === null || value === undefined) {
          throw new Refusal(`In() has ${String(value)} at index ${i}; every element needs a value`)
        }
        return element.check(value)
      })
    },
    toDriver,
    encode,
  }
}
