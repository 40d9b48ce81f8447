import type { ServerType } from './server-type'

/**
 * The fields of the user-defined types of one keyspace, by the type's name, in the order of their bytes.
 * The server appends what ALTER TYPE adds, so the order differs from the declaration's, and from keyspace
 * to keyspace.
 */
export interface FieldOrders {
  of(type: string): readonly string[] | undefined
  /** Returns the type of a field; not known of orders that are no server's. */
  typeOf?(type: string, field: string): ServerType | undefined
}

/** A field, or a whole type, that the keyspace does not have; `message` says which. */
export class MissingFieldError extends Error {
  override readonly name = 'MissingFieldError'
}

/** A parameter with user-defined types in it: it has bytes only once the order of their fields is known. */
export class UnorderedParameter {
  /** `encode` throws `MissingFieldError`. */
  constructor(readonly encode: (orders: FieldOrders) => Buffer) {}
}
