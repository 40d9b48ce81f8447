import type { Client } from 'cassandra-driver'
import type { TypedName } from './data-type'

/** What the driver remembers of a prepared statement; its typings leave this out, and another version may too. */
export function preparedMarkers(client: Client, cql: string): readonly TypedName[] | undefined {
  const { keyspace, metadata } = client as unknown as {
    readonly keyspace: string | undefined
    readonly metadata: {
      getPreparedInfo?(
        keyspace: string | undefined,
        cql: string,
      ): { readonly meta?: { readonly columns?: readonly TypedName[] } } | undefined
    }
  }
  return metadata.getPreparedInfo?.(keyspace, cql)?.meta?.columns
}

/** How many statements the driver holds prepared; undefined where it is not as it was when this was written. */
export function preparedCount(client: Client): number | undefined {
  const { metadata } = client as unknown as {
    readonly metadata?: {
      readonly _preparedQueries?: { readonly _mapById?: { readonly size?: unknown } }
    }
  }
  const count = metadata?._preparedQueries?._mapById?.size
  return typeof count === 'number' ? count : undefined
}
