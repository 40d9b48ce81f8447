/** The kind of a difference: `create…` and `add…` for what is declared only, `drop…` for what is stored only. */
export type SchemaChangeKind =
  | 'createKeyspace'
  | 'createType'
  | 'addField'
  | 'changeField'
  | 'dropField'
  | 'createTable'
  | 'changePartitionKey'
  | 'changeClusteringKey'
  | 'changeClusteringOrder'
  | 'addKeyColumn'
  | 'dropKeyColumn'
  | 'changeColumnKind'
  | 'changeColumnType'
  | 'changeFrozen'
  | 'changeMask'
  | 'dropMask'
  | 'addColumn'
  | 'changeOption'
  | 'dropView'
  | 'dropIndex'
  | 'dropColumn'
  | 'createIndex'
  | 'createView'
  | 'changeView'

/**
 * `'safe'`: loses nothing. `'destructive'`: removes what no class maps, and is executed only if that is allowed.
 * `'impossible'`: no statement makes the change.
 */
export type ChangeSafety = 'safe' | 'destructive' | 'impossible'

/** One difference between the classes and the cluster. */
export interface Change {
  /** The kind of the change: `'addColumn'`, `'dropIndex'` and so on. */
  readonly kind: SchemaChangeKind
  /** The keyspace that the change concerns. */
  readonly keyspace: string
  /** The table or view that the change concerns. */
  readonly table?: string
  /** The user-defined type that the change concerns. */
  readonly type?: string
  /** The column, field, index or option that the change concerns. */
  readonly name?: string
  /** The statement that makes the change; empty if no statement does. */
  readonly cql: string
  /** @internal The statement that undoes the change; undefined if no statement does. */
  readonly reverse?: string | undefined
  /** The consequence for stored data. */
  readonly safety: ChangeSafety
  /** The difference between the classes and the cluster, in words. */
  readonly reason: string
}
