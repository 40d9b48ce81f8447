import { eachStoredComponent, encodeComponents } from './wire'

/** The bytes of fields by their names in CQL; only of fields that have a value. */
export type UnknownFields = ReadonlyMap<string, Buffer>

/**
 * The unknown fields of instances of user-defined types: fields that a newer version of the program has added. A
 * write of the instance sends them back.
 */
const known = new WeakMap<object, UnknownFields>()

/** Remembers the fields for an instance, if there are any. */
export function rememberUnknown(instance: object, fields: UnknownFields | undefined): void {
  if (fields !== undefined && fields.size > 0) known.set(instance, fields)
}

/** Returns the fields that an instance was read with and its class does not have. */
export function unknownFieldsOf(instance: object): UnknownFields | undefined {
  return known.get(instance)
}

/** Instances that the driver has decoded, with the name of a field whose bytes are not known any more. */
const unread = new WeakMap<object, string>()

/** Remembers that an instance lacks a field that its class does not have: to write it would lose the field. */
export function rememberUnread(instance: object, field: string): void {
  unread.set(instance, field)
}

/** Returns the name of a field that a write of the instance would lose. */
export function unreadFieldOf(instance: object): string | undefined {
  return unread.get(instance)
}

/** Encodes the fields for bytes that are only compared and read again: sorted by name, so that equal ones look equal. */
export function encodeUnknown(fields: UnknownFields): Buffer {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1))
  return encodeComponents(sorted.flatMap(([name, bytes]) => [Buffer.from(name), bytes]))
}

/** Reads what `encodeUnknown` gave. */
export function decodeUnknown(bytes: Buffer, at: number, length: number): UnknownFields {
  const parts: Buffer[] = []
  eachStoredComponent(bytes, at, length, (_, place, size) => {
    parts.push(Buffer.from(bytes.subarray(place, place + size)))
  })
  const fields = new Map<string, Buffer>()
  for (let i = 1; i < parts.length; i += 2) {
    const [name, value] = [parts[i - 1], parts[i]]
    if (name !== undefined && value !== undefined) fields.set(name.toString(), value)
  }
  return fields
}
