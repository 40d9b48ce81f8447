import type { CqlType } from '../../cql/cql-type'
import type { ColumnRole } from '../../metadata/declaration'
import type { TableOptions } from '../../metadata/entity-metadata'
import type { Mask } from './mask'

/**
 * A keyspace as classes declare it, or as the cluster stores it: the two are compared. What the server stores otherwise
 * than it was written (the order of columns, quotes in targets, class names) has one form in both.
 */
export interface KeyspaceModel {
  readonly name: string
  /** The user-defined types, each after those that it contains. */
  readonly types: readonly UserTypeModel[]
  readonly tables: readonly TableModel[]
  readonly views: readonly ViewModel[]
  /** The server of the cluster; undefined for declared keyspaces. */
  readonly server?: ServerModel
}

/** Facts about a server that comparisons depend on. */
export interface ServerModel {
  /** The class of an index that is created without one; undefined: the built-in kind. */
  readonly defaultIndex: string | undefined
  /** The options of a table that is created without options, under their CQL names. */
  readonly defaultOptions: TableOptions
  /** The reason why the server cannot mask columns; undefined if it can. */
  readonly maskObstacle: string | undefined
}

export interface ColumnModel {
  readonly name: string
  readonly type: CqlType
  readonly kind: ColumnRole
  /** The place in its part of the key, from 0; -1 for a column outside the key. */
  readonly position: number
  /** The order of a clustering column; 'asc' for other columns. */
  readonly order: 'asc' | 'desc'
  /** The masking function; undefined if the column is not masked. A view has the masks of its table. */
  readonly mask?: Mask | undefined
}

export interface IndexModel {
  /** The name; undefined if the declaration leaves it to the rule of the server, see `defaultIndexName`. */
  readonly name: string | undefined
  readonly column: string
  /** The indexed part of a collection; undefined for other columns. */
  readonly on: 'values' | 'keys' | 'entries' | 'full' | undefined
  /** The class as it was written, or 'sai'; undefined: the built-in kind. */
  readonly using: string | undefined
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A column that was dropped: it can be added again only with a type that can read its old cells. */
export interface DroppedColumnModel {
  readonly name: string
  /** The type; the server stores user-defined types as tuples here. */
  readonly type: CqlType
  readonly isStatic: boolean
}

export interface TableModel {
  readonly keyspace: string
  readonly name: string
  /** Partition key, clustering key, then static and other columns. */
  readonly columns: readonly ColumnModel[]
  readonly indexes: readonly IndexModel[]
  /** The options under their CQL names; of a declaration, only those that it names. */
  readonly options: TableOptions
  /** The dropped columns. Known of a cluster only. */
  readonly dropped?: readonly DroppedColumnModel[]
  /** The names of the extensions of the table, which no class can declare. Known of a cluster only. */
  readonly extensions?: readonly string[]
}

/** A materialized view. It is in the keyspace of its table. */
export interface ViewModel {
  readonly keyspace: string
  readonly name: string
  /** The name of its table. */
  readonly from: string
  /** Partition key, clustering key, then other columns. */
  readonly columns: readonly ColumnModel[]
  readonly options: TableOptions
  /** If true, the view was created with `SELECT *`: it gets each column that its table gets. Known of a cluster only. */
  readonly hasAllColumns?: boolean
  /** The conditions of the view besides `… IS NOT NULL`; empty in all views that classes declare. */
  readonly filter?: string
}

export interface FieldModel {
  readonly name: string
  readonly type: CqlType
}

/** A user-defined type as classes declare it, or as the cluster stores it. */
export interface UserTypeModel {
  readonly keyspace: string
  readonly name: string
  readonly fields: readonly FieldModel[]
}
