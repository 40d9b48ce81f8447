import { types } from 'cassandra-driver'

interface Marks {
  readonly Class: abstract new (...args: never[]) => object
  /** Members that only values of this class have together. Minifiers rename classes, not members. */
  readonly members: readonly string[]
  readonly not?: string
}

const kinds = {
  Uuid: { Class: types.Uuid, members: ['buffer', 'getBuffer', 'equals'], not: 'version' },
  InetAddress: { Class: types.InetAddress, members: ['buffer', 'getBuffer', 'version'] },
  LocalDate: { Class: types.LocalDate, members: ['year', 'month', 'day', 'toBuffer'] },
  LocalTime: { Class: types.LocalTime, members: ['hour', 'nanosecond', 'getTotalNanoseconds'] },
  Tuple: { Class: types.Tuple, members: ['elements', 'get', 'values'] },
  Vector: { Class: types.Vector, members: ['at', 'getSubtype', 'forEach'] },
} as const satisfies Record<string, Marks>

/**
 * Returns whether a value is of a class of the driver. Values of another copy of the driver are recognized by their
 * members, because the name of a class may be any after minifying.
 */
export function isDriverValue(value: unknown, kind: keyof typeof kinds): value is object {
  const { Class, members, not }: Marks = kinds[kind]
  if (value instanceof Class) return true
  return (
    typeof value === 'object' &&
    value !== null &&
    members.every((member) => member in value) &&
    (not === undefined || !(not in value))
  )
}
