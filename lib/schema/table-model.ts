import type { CqlType } from '../cql/cql-type'
import type { ColumnRole } from '../metadata/declaration'
import type { TableOptions } from '../metadata/entity-metadata'

export interface ColumnModel {
  readonly name: string
  readonly type: CqlType
  readonly kind: ColumnRole
  /** The place in its part of the key, from 0; -1 elsewhere. */
  readonly position: number
  readonly order: 'asc' | 'desc'
}

export interface IndexModel {
  readonly name: string
  /** What is indexed, as CQL writes it: `"brand"`, `keys("stock")`. */
  readonly target: string
  readonly using: string | undefined
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A table as a class declares it or as the cluster has it: the two are compared. */
export interface TableModel {
  readonly keyspace: string
  readonly name: string
  readonly columns: readonly ColumnModel[]
  readonly indexes: readonly IndexModel[]
  readonly options: TableOptions
}

/** A materialized view as a class declares it, in the keyspace of its table. */
export interface ViewModel {
  readonly keyspace: string
  readonly name: string
  /** The name of its table. */
  readonly from: string
  readonly columns: readonly ColumnModel[]
  readonly options: TableOptions
}

/** A user-defined type as classes declare it or as the cluster has it. */
export interface TypeModel {
  readonly keyspace: string
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly type: CqlType }[]
}
