import { Refusal } from './codec'

/** The elements of a collection in the native protocol: a count, then each one's length and bytes. */
export function encodeElements(count: number, elements: readonly Buffer[]): Buffer {
  let size = 4
  for (const element of elements) size += 4 + element.length
  const bytes = Buffer.allocUnsafe(size)
  let at = bytes.writeInt32BE(count, 0)
  for (const element of elements) {
    at = bytes.writeInt32BE(element.length, at)
    at += element.copy(bytes, at)
  }
  return bytes
}

/** Walks over such bytes, giving each element's place; a map's keys and values come in turn. */
export function eachElement(
  bytes: Buffer,
  at: number,
  perItem: 1 | 2,
  visit: (at: number, length: number) => void,
): void {
  let left = bytes.readInt32BE(at) * perItem
  let next = at + 4
  while (left-- > 0) {
    const length = bytes.readInt32BE(next)
    if (length < 0) throw new Refusal('holds a collection with a null in it')
    visit(next + 4, length)
    next += 4 + length
  }
}
