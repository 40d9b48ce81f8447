import { ExecutionError } from '../../errors/errors'
import type { SchemaSession } from './schema-session'

/** Returns the rows of a system table; undefined if the server does not have the table. */
export async function queryIfExists(
  session: SchemaSession,
  cql: string,
  params: unknown[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[] | undefined> {
  try {
    return await session.query(cql, params)
  } catch (error) {
    if (error instanceof ExecutionError && error.kind === 'invalid') return undefined
    throw error
  }
}
