import type { Client } from 'cassandra-driver'
import { type PreparedInfo, keyspaceOf, preparedQueriesOf } from './client-members'
import type { TypedName } from './data-type'

interface PreparedInfos {
  getPreparedInfo?(keyspace: string | undefined, cql: string): PreparedInfo | undefined
}

/** Returns the markers of a statement that the driver holds prepared, or undefined if it holds none. */
export function preparedMarkers(client: Client, cql: string): readonly TypedName[] | undefined {
  const info = preparedInfo(client, cql)
  return info?.queryId === undefined ? undefined : info.meta?.columns
}

/** Makes the driver prepare a statement again before its next execution. */
export function forgetPrepared(client: Client, cql: string): void {
  const info = preparedInfo(client, cql)
  if (info !== undefined) forget(info)
}

/**
 * Makes the driver prepare the statements of a keyspace again: the server may have other types for them, and does not
 * tell if another program has prepared the same statement meanwhile. Requests under way find their statements.
 */
export function forgetPreparedOf(client: Client, keyspace: string): void {
  const known = preparedQueriesOf(client)?._mapById
  if (known?.values === undefined) return client.metadata.clearPrepared()
  for (const info of known.values()) {
    if (info.keyspace === keyspace || info.query?.includes(keyspace)) forget(info)
  }
}

/** The markers stay: the driver reads the answers to requests under way with them. */
function forget(info: PreparedInfo): void {
  info.queryId = undefined
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
