import type { Client } from 'cassandra-driver'
import { keyspaceOf, preparedQueriesOf } from './client-members'
import type { TypedName } from './data-type'

/** A statement that the driver prepares or has prepared. */
interface PreparedInfo {
  queryId?: unknown
  meta?: { readonly columns?: readonly TypedName[] } | undefined
}
interface PreparedInfos {
  getPreparedInfo?(keyspace: string | undefined, cql: string): PreparedInfo | undefined
}

/** Returns the markers of a statement that the driver holds prepared, or undefined if it holds none. */
export function preparedMarkers(client: Client, cql: string): readonly TypedName[] | undefined {
  return preparedInfo(client, cql)?.meta?.columns
}

/** Makes the driver prepare a statement again before its next execution. */
export function forgetPrepared(client: Client, cql: string): void {
  const info = preparedInfo(client, cql)
  if (info === undefined) return
  info.queryId = undefined
  info.meta = undefined
}

function preparedInfo(client: Client, cql: string): PreparedInfo | undefined {
  const metadata = client.metadata as unknown as PreparedInfos
  return metadata.getPreparedInfo?.(keyspaceOf(client), cql)
}

/** Returns how many statements the driver holds prepared, or undefined if it does not tell. */
export function preparedCount(client: Client): number | undefined {
  const { metadata } = client as { readonly metadata?: unknown }
  const count = metadata === undefined ? undefined : preparedQueriesOf(client)?._mapById?.size
  return typeof count === 'number' ? count : undefined
}
