import { types } from 'cassandra-driver'

/** The value that leaves a column unchanged when it is bound: no tombstone, and no other statement. */
export const unset: object = types.unset
