import type { CqlType } from '../../cql/cql-type'
import type { ColumnRole } from '../../metadata/declaration'
import type { TableOptions } from '../../metadata/entity-metadata'

/**
 * A keyspace as classes declare it or as the cluster has it: the two are compared. What the server stores otherwise
 * than it is written (the order of columns, quotes in targets, class names) is alike in both.
 */
export interface KeyspaceModel {
  readonly name: string
  /** Each after those that it holds. */
  readonly types: readonly UserTypeModel[]
  readonly tables: readonly TableModel[]
  readonly views: readonly ViewModel[]
  /** The class of indexes that name none; undefined: the built-in kind. Known of a cluster only. */
  readonly defaultIndex?: string | undefined
}

export interface ColumnModel {
  readonly name: string
  readonly type: CqlType
  readonly kind: ColumnRole
  /** The place in its part of the key, from 0; -1 elsewhere. */
  readonly position: number
  /** Of a clustering column; 'asc' elsewhere. */
  readonly order: 'asc' | 'desc'
}

export interface IndexModel {
  /** Undefined in a declaration that leaves it to the server's rule: see `defaultIndexName`. */
  readonly name: string | undefined
  readonly column: string
  /** What of a collection is indexed; undefined on a column that is not one. */
  readonly on: 'values' | 'keys' | 'entries' | 'full' | undefined
  /** Undefined: the built-in kind; else 'sai' or a class name, as it was written. */
  readonly using: string | undefined
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A column that a table had once: its name may come back only with a type that its old cells can have. */
export interface DroppedColumnModel {
  readonly name: string
  /** User-defined types are stored as tuples here. */
  readonly type: CqlType
  readonly isStatic: boolean
}

export interface TableModel {
  readonly keyspace: string
  readonly name: string
  /** Partition key, clustering key, then static and other columns. */
  readonly columns: readonly ColumnModel[]
  readonly indexes: readonly IndexModel[]
  /** Under their CQL names. Of a declaration, only those that it names. */
  readonly options: TableOptions
  /** Known of a cluster only. */
  readonly dropped?: readonly DroppedColumnModel[]
}

/** A materialized view, which is in the keyspace of its table. */
export interface ViewModel {
  readonly keyspace: string
  readonly name: string
  /** The name of its table. */
  readonly from: string
  /** Partition key, clustering key, then other columns. */
  readonly columns: readonly ColumnModel[]
  readonly options: TableOptions
  /** What its WHERE says besides `… IS NOT NULL`; empty in all views that classes declare. */
  readonly filter?: string
}

export interface FieldModel {
  readonly name: string
  readonly type: CqlType
}

/** A user-defined type as classes declare it or as the cluster has it. */
export interface UserTypeModel {
  readonly keyspace: string
  readonly name: string
  readonly fields: readonly FieldModel[]
}
