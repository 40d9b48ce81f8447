import type { FieldOrders } from '../driver/types/field-orders'
import { type Codec, Refusal } from './codec'

/**
 * The collections that were read with empty parts, which are null: values of no bytes, such as `blob_as_int(0x)` gives.
 * They can be written as they are; a null in any other collection is refused.
 */
const known = new WeakSet()

/** Remembers a collection that was read with empty parts. */
export function rememberEmpty<T extends object>(collection: T): T {
  known.add(collection)
  return collection
}

/** Tells whether null stands for an empty part of the collection. */
export function canHoldEmpty(collection: unknown): boolean {
  return typeof collection === 'object' && collection !== null && known.has(collection)
}

const noBytes = Buffer.alloc(0)

/**
 * Encodes a part of a collection, which null stands for if it was read with no bytes. Cassandra fails on such parts in
 * collections that are bound as they are; it takes them inside of user-defined types, which come with `orders`. Throws
 * `Refusal`.
 */
export function encodePart(codec: Codec, value: unknown, orders: FieldOrders | undefined): Buffer {
  if (value !== null) return codec.encode(value, orders)
  if (orders !== undefined) return noBytes
  throw new Refusal(
    'was read with a part of no bytes, which is null and which Cassandra does not take back; ' +
      'give it a value, or take it out',
  )
}
