/** What the schema needs of a connection. */
export interface SchemaSession {
  /** All rows as plain objects. */
  query(cql: string, params: unknown[]): Promise<Record<string, unknown>[]>
  /** The rows of every node that can be reached: for tables that each node has of its own. */
  queryEachNode(cql: string, params: unknown[]): Promise<Record<string, unknown>[][]>
  /** Executes DDL and waits until all nodes agree on the schema. */
  executeSchema(cql: string): Promise<void>
}
