/*
 * This folder contains every use of a private member of cassandra-driver (written against 4.10). The rest of
 * `driver/` uses documented members only.
 *
 * | file                    | private members                                                                          | guard                                                      | if the driver differs                         |
 * | ----------------------- | ---------------------------------------------------------------------------------------- | ---------------------------------------------------------- | --------------------------------------------- |
 * | client-members.ts       | `client.options`, `client.keyspace`, `client.controlConnection`, its `query`,            | each accessor returns undefined if the member is missing   | see the files that read it                    |
 * |                         | `metadata._preparedQueries`, `metadata.checkSchemaAgreement`, `info.isSchemaInAgreement` |                                                            |                                               |
 * | hook-connections.ts     | `controlConnection.connection`, `Connection#sendStream`                                  | arity of `sendStream`                                      | requests are checked only before they are     |
 * |                         |                                                                                          |                                                            | made; the driver decodes the rows             |
 * | request-guard.ts        | `meta` and `queries` of EXECUTE and BATCH requests                                       | missing members are passed over                            | see hook-connections.ts                       |
 * | direct-rows.ts          | `connection.parser`, `connection._operations`, `operation.request.options`,              | shape; a sample frame is decoded both ways and compared    | the driver decodes the rows; one warning      |
 * |                         | `parser.parseResult`, `parser.push`, `reader.readMetadata`                               | once; the end of each frame is checked                     |                                               |
 * | direct-requests.ts      | `ExecuteRequest#write`, `BatchRequest#write` and their fields                            | arity; the first request of each statement is written both | the driver writes the request                 |
 * |                         |                                                                                          | ways and compared byte for byte                            |                                               |
 * | prepared-statements.ts  | `metadata.getPreparedInfo`, `queryId` and `meta` of its result,                          | optional calls, type of the result                         | markers and counts are unknown; values of     |
 * |                         | `_preparedQueries._mapById`                                                              |                                                            | user-defined types are refused                |
 * | statement-keys.ts       | `_preparedQueries._getKey`                                                               | compared with the driver's own key for two samples         | the driver makes each key again               |
 * | tokenizer.ts            | classes of the values of `metadata.newToken`                                             | compared with the driver's token for keys of each length   | the driver computes the token                 |
 * | open-connections.ts     | `controlConnection._createConnection` and `connection`, `Connection#open`, `close`,      | types of the members, arity of `open`                      | a failed connect or refresh can leave a       |
 * |                         | `bindSocketListeners`, `clearAndInvokePending`, its streams and its state                |                                                            | connection open, `destroy` waits for timers   |
 * | control-connection.ts   | `controlConnection._refresh` and the members that it uses                                | types and arities of all of them                           | the driver refreshes, with NODEJS-681         |
 * | end-hosts.ts            | `Host#shutdown`                                                                          | optional call                                              | replaced hosts keep their timers              |
 * | renew-options.ts        | caches of hosts in load balancing policies                                               | only fields that are there                                 | a policy cannot serve a second client         |
 * | schema-events.ts        | the `schemaChangeType` of the event that accompanies a log message                       | type of the members                                        | changes by other processes go unnoticed       |
 * | data-type.ts            | `code` and `info` of the types of columns and markers                                    | unknown codes have no type                                 | the type counts as unknown                    |
 * | marshal-type.ts         | the class name in `info` of a custom type                                                | unknown names have no type                                 | the type counts as unknown                    |
 */
import type { Client, ClientOptions, types } from 'cassandra-driver'
import type { TypedName } from './data-type'

/** A statement that the driver prepares or has prepared. */
export interface PreparedInfo {
  readonly query?: string
  /** The keyspace of the client. */
  readonly keyspace?: string | undefined
  queryId?: unknown
  meta?: { readonly columns?: readonly TypedName[] } | undefined
}

/** The table of prepared statements of a client. */
export interface PreparedQueries {
  readonly _mapById?: { readonly size?: unknown; values?(): Iterable<PreparedInfo> }
  _getKey?(keyspace: string | undefined, cql: string): string
}

interface Members {
  readonly options?: ClientOptions
  readonly keyspace?: string
  readonly controlConnection?: object
}

/** Returns the options that a client was made with. */
export function optionsOf(client: Client): ClientOptions | undefined {
  return (client as unknown as Members).options
}

/** Returns the keyspace that a client prepares its statements in. */
export function keyspaceOf(client: Client): string | undefined {
  return (client as unknown as Members).keyspace
}

/** Returns the object that keeps a client's first connection, as a type that the caller checks. */
export function controlConnectionOf<T extends object>(client: Client): T | undefined {
  return (client as unknown as Members).controlConnection as T | undefined
}

/** Returns the table of prepared statements of a client. */
export function preparedQueriesOf({ metadata }: Client): PreparedQueries | undefined {
  return (metadata as unknown as { readonly _preparedQueries?: PreparedQueries })._preparedQueries
}

/** Returns whether the nodes agreed on the schema after a change; the driver's typings omit it. */
export function isInAgreement({ info }: types.ResultSet): boolean {
  return (info as { readonly isSchemaInAgreement?: boolean }).isSchemaInAgreement !== false
}

/** Asks whether the nodes agree on the schema at this moment; the driver documents the method, and its typings omit it. */
export async function checkSchemaAgreement({ metadata }: Client): Promise<boolean> {
  const { checkSchemaAgreement: check } = metadata as {
    readonly checkSchemaAgreement?: () => Promise<boolean>
  }
  return check === undefined || (await check.call(metadata))
}

/**
 * Returns the rows of a query over the connection that the driver keeps for itself, so that no request tracker sees it.
 * Returns undefined if that is not possible.
 */
export async function queryForItself(
  client: Client,
  cql: string,
): Promise<readonly types.Row[] | undefined> {
  const control = controlConnectionOf<{ query?(cql: string): Promise<types.ResultSet> }>(client)
  try {
    return (await control?.query?.(cql))?.rows
  } catch {
    return undefined
  }
}
