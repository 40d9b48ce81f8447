import type { CqlType } from '../../cql/cql-type'
import type { LiteralValue } from '../../cql/literal'
import type { ColumnRole } from '../../metadata/declaration'
import type { Replication } from '../ddl'
import type { Mask } from '../model/mask'
import type {
  ColumnModel,
  FieldModel,
  IndexModel,
  TableModel,
  UserTypeModel,
  ViewModel,
} from '../model/table-model'
import type { Change } from './change'

/** The names in a change. */
export type Place = Pick<Change, 'keyspace' | 'table' | 'type' | 'name'>

/** A part of the primary key. */
export type KeyPart = 'partitionKey' | 'clustering'

/** A value as it is declared, and as it is stored in the cluster. */
export interface Declared<T> {
  readonly declared: T
  readonly stored: T
}

export type Names = Declared<readonly string[]>

/** The values that the statement and the reason of each kind are made of, beside the names in the change. */
export interface ChangeSubjects {
  readonly createKeyspace: { readonly replication: Replication | undefined }
  readonly createType: { readonly userType: UserTypeModel }
  readonly addField: { readonly userType: UserTypeModel; readonly field: FieldModel }
  readonly changeField: Declared<CqlType>
  readonly dropField: object
  readonly createTable: { readonly wanted: TableModel }
  readonly changePartitionKey: Names
  readonly changeClusteringKey: Names
  readonly changeClusteringOrder: Declared<'asc' | 'desc'>
  readonly addKeyColumn: { readonly part: KeyPart }
  readonly dropKeyColumn: { readonly part: KeyPart }
  readonly changeColumnKind: Declared<ColumnRole>
  readonly changeColumnType: Declared<CqlType>
  readonly changeFrozen: Declared<CqlType>
  readonly changeMask: { readonly declared: Mask; readonly stored: Mask | undefined }
  readonly dropMask: { readonly stored: Mask }
  readonly addColumn: { readonly wanted: TableModel; readonly column: ColumnModel }
  readonly changeOption: Declared<LiteralValue> & { readonly wanted: TableModel | ViewModel }
  readonly dropView: { readonly view: ViewModel; readonly from: TableModel | undefined }
  readonly dropIndex: { readonly index: IndexModel; readonly replacement: IndexModel | undefined }
  readonly dropColumn: { readonly column: ColumnModel }
  readonly createIndex: {
    readonly wanted: TableModel
    readonly index: IndexModel
    /** The index that must be dropped first. */
    readonly replaced: string | undefined
  }
  readonly createView: { readonly view: ViewModel; readonly from: TableModel | undefined }
  readonly changeView: { readonly difference: string }
}
