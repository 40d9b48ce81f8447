/** The parts of a connection that the schema needs. */
export interface SchemaSession {
  /** Returns all rows as plain objects. */
  query(cql: string, params: unknown[]): Promise<Record<string, unknown>[]>
  /** Returns the rows of every node that can be reached, for tables that each node has of its own. */
  queryEachNode(cql: string, params: unknown[]): Promise<Record<string, unknown>[][]>
  /** Executes DDL and waits until all nodes agree on the schema. */
  executeSchema(cql: string): Promise<void>
}
