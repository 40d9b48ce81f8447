import { types } from 'cassandra-driver'

/** Bound in place of a value, it leaves the column as it is: no tombstone, and no other statement. */
export const unset: object = types.unset
