import { type Codec, Refusal } from '../codec/codec'
import { encodeElements } from '../codec/wire'
import type { Marker } from './statement'

/** The list after IN: every element goes through the column's own codec. */
export function listOf(element: Codec): Marker['codec'] {
  const encode = (values: unknown) =>
    encodeList((values as readonly unknown[]).map((value) => element.encode(value)))
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
    toDriver: encode,
    encode,
  }
}

/** A list in the native protocol. */
export function encodeList(elements: readonly Buffer[]): Buffer {
  return encodeElements(elements.length, elements)
}

/** A tuple in the native protocol: the components as in a list, without their count. */
export function encodeTuple(components: readonly Buffer[]): Buffer {
  return encodeElements(components.length, components).subarray(4)
}
