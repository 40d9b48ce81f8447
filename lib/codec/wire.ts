import type { FieldOrders } from '../driver/types/field-orders'
import { type Compare, Refusal } from './codec'

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

/**
 * Returns encoded elements in the server's order, each once. Those that have it already, as all that was read, are
 * returned as they are.
 */
export function sortUnique(
  elements: readonly Buffer[],
  compare: Compare,
  orders?: FieldOrders,
): readonly Buffer[] {
  if (isAscending(elements, 1, compare, orders)) return elements
  const sorted = [...elements].sort((a, b) => compare(a, b, orders))
  return sorted.filter((each, i) => i === 0 || compare(sorted[i - 1] ?? each, each, orders) !== 0)
}

/** Returns keys and values by turns in the server's order of the keys; of a key that is there twice, the last value. */
export function sortEntries(
  parts: readonly Buffer[],
  compare: Compare,
  orders?: FieldOrders,
): readonly Buffer[] {
  if (isAscending(parts, 2, compare, orders)) return parts
  const entries: (readonly [Buffer, Buffer])[] = []
  for (let i = 1; i < parts.length; i += 2) {
    const [key, value] = [parts[i - 1], parts[i]]
    if (key !== undefined && value !== undefined) entries.push([key, value])
  }
  entries.sort(([a], [b]) => compare(a, b, orders))
  return entries
    .filter(([key], i) => {
      const next = entries[i + 1]
      return next === undefined || compare(key, next[0], orders) !== 0
    })
    .flat()
}

function isAscending(
  parts: readonly Buffer[],
  step: 1 | 2,
  compare: Compare,
  orders?: FieldOrders,
): boolean {
  for (let i = step; i < parts.length; i += step) {
    const [before, each] = [parts[i - step], parts[i]]
    if (before === undefined || each === undefined || compare(before, each, orders) >= 0) {
      return false
    }
  }
  return true
}

/** The components of a tuple or the fields of a user-defined type: each one's length and bytes, or -1 for null. */
export function encodeComponents(components: readonly (Buffer | null)[]): Buffer {
  let size = 0
  for (const component of components) size += 4 + (component?.length ?? 0)
  const bytes = Buffer.allocUnsafe(size)
  let at = 0
  for (const component of components) {
    at = bytes.writeInt32BE(component?.length ?? -1, at)
    if (component !== null) at += component.copy(bytes, at)
  }
  return bytes
}

/** Walks over such bytes. Those written before the type grew end early: what is missing is null. */
export function eachComponent(
  bytes: Buffer,
  at: number,
  length: number,
  count: number,
  visit: (index: number, at: number, length: number) => void,
): void {
  const end = at + length
  let next = at
  for (let index = 0; index < count; index++) {
    const size = next < end ? bytes.readInt32BE(next) : -1
    visit(index, next + 4, size)
    next += 4 + Math.max(size, 0)
  }
}

/** Walks over all components that the bytes have, however many. */
export function eachStoredComponent(
  bytes: Buffer,
  at: number,
  length: number,
  visit: (index: number, at: number, length: number) => void,
): void {
  const end = at + length
  let next = at
  for (let index = 0; next < end; index++) {
    const size = bytes.readInt32BE(next)
    visit(index, next + 4, size)
    next += 4 + Math.max(size, 0)
  }
}

/** Returns the length of the element at a place. Throws `Refusal` for a null, which no collection holds. */
export function elementLength(bytes: Buffer, at: number): number {
  const length = bytes.readInt32BE(at)
  if (length < 0) throw new Refusal('holds a collection with a null in it')
  return length
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
    const length = elementLength(bytes, next)
    visit(next + 4, length)
    next += 4 + length
  }
}

/** A length before an element of a vector: the leading ones of the first byte count the bytes after it. */
export function encodeVint(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const extra = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : length < 0x1000_0000 ? 3 : 4
  const bytes = Buffer.allocUnsafe(1 + extra)
  const ones = 0xff & ~(0xff >> extra)
  bytes[0] = extra === 4 ? ones : ones | (length >>> (8 * extra))
  for (let i = 1; i <= extra; i++) bytes[i] = (length >>> (8 * (extra - i))) & 0xff
  return bytes
}

export function decodeVint(bytes: Buffer, at: number): { length: number; next: number } {
  const first = bytes[at] ?? 0
  const extra = Math.clz32(~(first << 24))
  let length = first & (0xff >> extra)
  for (let i = 1; i <= extra; i++) length = length * 256 + (bytes[at + i] ?? 0)
  return { length, next: at + 1 + extra }
}
