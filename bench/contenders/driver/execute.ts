import type { Client, QueryOptions, types } from 'cassandra-driver'

const prepared: QueryOptions = { prepare: true }

/** Executes a prepared statement as most code with the bare driver does. */
export function execute(client: Client, cql: string, params: unknown[]): Promise<types.ResultSet> {
  return client.execute(cql, params, prepared)
}

/** The first row, or undefined. */
export async function first(
  client: Client,
  cql: string,
  params: unknown[],
): Promise<types.Row | undefined> {
  return (await client.execute(cql, params, prepared)).rows[0]
}
