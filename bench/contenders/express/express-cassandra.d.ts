/** The part of express-cassandra, which has no typings, that is measured. */
declare module 'express-cassandra' {
  import type { Client } from 'cassandra-driver'

  type Values = Record<string, unknown>
  type Rows = Instance[]
  interface Query {
    readonly query: string
    readonly params: unknown[]
  }

  interface Instance {
    [column: string]: unknown
    saveAsync(options?: Values): Promise<{ rows: Values[] }>
    save(options: { return_query: true }): Query
    toJSON(): Values
  }

  interface Model {
    new (values: Values): Instance
    findAsync(query: Values, options?: Values): Promise<Rows>
    findOneAsync(query: Values, options?: Values): Promise<Instance | undefined>
    updateAsync(query: Values, values: Values, options?: Values): Promise<{ rows: Values[] }>
    deleteAsync(query: Values, options?: Values): Promise<unknown>
    syncDBAsync(): Promise<boolean>
    eachRow(
      query: Values,
      options: Values,
      onRow: (n: number, row: Instance) => void,
      done: (error: Error | undefined) => void,
    ): void
    stream(
      query: Values,
      options: Values,
      onReadable: (reader: { readRow(): Instance | null }) => void,
      done: (error: Error | undefined) => void,
    ): void
  }

  interface Models {
    initAsync(): Promise<void>
    loadSchema(name: string, schema: Values): Model
    doBatchAsync(queries: readonly Query[]): Promise<unknown>
    closeAsync(): Promise<void>
    readonly orm: { readonly _client: Client; closeAsync?(): Promise<void> }
    close(callback: (error?: Error) => void): void
  }

  const ExpressCassandra: { createClient(options: Values): Models }
  export default ExpressCassandra
  export type { Instance, Model, Models, Query }
}
