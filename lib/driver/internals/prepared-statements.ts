import type { Client } from 'cassandra-driver'
import { keyspaceOf, preparedQueriesOf } from './client-members'
import type { TypedName } from './data-type'

/** The data that the driver keeps of a statement, prepared or not. */
interface PreparedInfo {
  readonly meta?: { readonly columns?: readonly TypedName[] }
}
interface PreparedInfos {
  getPreparedInfo?(keyspace: string | undefined, cql: string): PreparedInfo | undefined
}

/** Returns the markers of a statement that the driver holds prepared, or undefined if it holds none. */
export function preparedMarkers(client: Client, cql: string): readonly TypedName[] | undefined {
  const metadata = client.metadata as unknown as PreparedInfos
  return metadata.getPreparedInfo?.(keyspaceOf(client), cql)?.meta?.columns
}

/** Returns how many statements the driver holds prepared, or undefined if it does not tell. */
export function preparedCount(client: Client): number | undefined {
  const { metadata } = client as { readonly metadata?: unknown }
  const count = metadata === undefined ? undefined : preparedQueriesOf(client)?._mapById?.size
  return typeof count === 'number' ? count : undefined
}
