import type { ColumnModel, FieldModel, IndexModel } from '../../schema/model/table-model'
import type { ThingName } from './cursor'

/** A column that a statement adds to a table. */
export type AddedColumn = Pick<ColumnModel, 'name' | 'type'> & { readonly isStatic: boolean }

/** A column of a table that a statement creates. */
export type CreatedColumn = Pick<ColumnModel, 'name' | 'type' | 'kind' | 'position' | 'order'>

/** A column of a view. Its type is that of the column of the table. */
type ViewColumn = Omit<CreatedColumn, 'type'>

/** The kinds of things that a statement drops. */
export type Dropped = 'keyspace' | 'table' | 'type' | 'index' | 'view'

/** A new name for a column or a field. */
export interface Renaming {
  readonly from: string
  readonly to: string
}

/** The effect of a statement on the schema, as far as it can be looked up in the cluster. */
export type Effect =
  | { readonly kind: 'createKeyspace'; readonly name: string }
  | {
      readonly kind: 'createTable'
      readonly table: ThingName
      readonly columns: readonly CreatedColumn[]
    }
  | {
      readonly kind: 'createType'
      readonly type: ThingName
      readonly fields: readonly FieldModel[]
    }
  | {
      readonly kind: 'createIndex'
      /** The name; undefined if the server chooses it. */
      readonly name: string | undefined
      readonly table: ThingName
      readonly index: Pick<IndexModel, 'column' | 'on' | 'using'>
    }
  | {
      readonly kind: 'createView'
      readonly view: ThingName
      readonly from: ThingName
      /** The names of the columns; undefined for `SELECT *`. */
      readonly columns: readonly string[] | undefined
      /** The columns of the key. */
      readonly key: readonly ViewColumn[]
    }
  | {
      readonly kind: 'addColumns'
      readonly table: ThingName
      readonly columns: readonly AddedColumn[]
    }
  | { readonly kind: 'dropColumns'; readonly table: ThingName; readonly names: readonly string[] }
  | {
      readonly kind: 'renameColumns'
      readonly table: ThingName
      readonly renamings: readonly Renaming[]
    }
  | { readonly kind: 'addFields'; readonly type: ThingName; readonly fields: readonly FieldModel[] }
  | {
      readonly kind: 'renameFields'
      readonly type: ThingName
      readonly renamings: readonly Renaming[]
    }
  | { readonly kind: 'drop'; readonly what: Dropped; readonly thing: ThingName }
