import { type Codec, Refusal } from '../codec/codec'
import type { Marker } from './statement'

/** The list after IN: every element goes through the column's own codec. */
export function listOf(element: Codec): Marker['codec'] {
  return {
    check(input) {
      if (!Array.isArray(input)) throw new Refusal('In() takes an array')
      return Array.from(input, (value: unknown, i) => {
        if (value === null || value === undefined) {
          throw new Refusal(`In() has ${String(value)} at index ${i}; every element needs a value`)
        }
        return element.check(value)
      })
    },
    toDriver: (values) => encodeList(element, values as readonly unknown[]),
    encode: (values) => encodeList(element, values as readonly unknown[]),
  }
}

/** A list in the native protocol: the count, then each element's length and bytes. */
function encodeList(element: Codec, values: readonly unknown[]): Buffer {
  const parts: Buffer[] = [int32(values.length)]
  for (const value of values) {
    const bytes = element.encode(value)
    parts.push(int32(bytes.length), bytes)
  }
  return Buffer.concat(parts)
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value)
  return bytes
}
