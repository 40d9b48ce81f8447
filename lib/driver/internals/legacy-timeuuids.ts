import type { types } from 'cassandra-driver'
import { TimeUuid } from '../types/time-uuid'
import type { TypedName } from './data-type'

const legacy = 'org.apache.cassandra.db.marshal.LegacyTimeUUIDType'

/**
 * Replaces the bytes of timeuuids that come from functions: `min` and `max` of a timeuuid have a type that the driver
 * does not know, and whose values it leaves as bytes.
 */
export function readLegacyTimeUuids(
  columns: readonly TypedName[],
  rows: readonly types.Row[],
): void {
  for (const { name, type } of columns) {
    if (type.info !== legacy) continue
    for (const row of rows) {
      const value: unknown = row[name]
      if (Buffer.isBuffer(value)) row[name] = new TimeUuid(value)
    }
  }
}
