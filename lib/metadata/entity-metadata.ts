import type { Codec } from '../codec/codec'
import type { CqlType } from '../cql/cql-type'
import type { Construction } from './construction'
import type { Class, ColumnRole, ComputedFunction, HookEvent } from './declaration'
import type { UserTypeMetadata } from './user-type'
import type { ValidationOptions } from './validation-options'

/** The metadata of a column. */
export interface ColumnMetadata {
  /** The TypeScript side. */
  readonly property: string
  /** The CQL side, unquoted. */
  readonly name: string
  /** The role of the column in its table. */
  readonly kind: ColumnRole
  /** `true` for a column of the primary key. */
  readonly isKey: boolean
  /** `true` for a counter. A static counter has the kind `'static'`. */
  readonly isCounter: boolean
  /** The index in `EntityMetadata.columns`. */
  readonly ordinal: number
  /** The CQL type. */
  readonly type: CqlType
  /** @internal */
  readonly codec: Codec
  /** The order of a clustering column; `'asc'` for other columns. */
  readonly order: 'asc' | 'desc'
  /** A value, or a function that returns one; `undefined` if there is no default. */
  readonly default: unknown
  /** `false`: not read unless named in `select`. */
  readonly selected: boolean
  /** Seconds until a value of this column expires, 0 for never; `undefined` if the write or the table decides. */
  readonly ttl: number | undefined
  /** The kind of date that the repository sets: `@CreateDateColumn()` or `@UpdateDateColumn()`. */
  readonly date: 'create' | 'update' | undefined
  /** The masking function of the column, as in CQL: `mask_inner(1, 1)`; `undefined` if it is not masked. */
  readonly masked: string | undefined
}

/** A column that is selected and never written: `writetime("price") AS "price_written_at"`. */
export interface ComputedMetadata {
  /** The TypeScript side. */
  readonly property: string
  /** The name in a result, unquoted. */
  readonly name: string
  /** Always `'computed'`. */
  readonly kind: 'computed'
  /** The index after those of `EntityMetadata.columns`. */
  readonly ordinal: number
  /** The function of the server. */
  readonly function: ComputedFunction
  /** The column that the function reads. */
  readonly of: ColumnMetadata
  /** @internal */
  readonly codec: Codec
}

/** The metadata of an index. */
export interface IndexMetadata {
  /** The name; `undefined` if the server makes one. */
  readonly name: string | undefined
  /** The indexed column. */
  readonly column: ColumnMetadata
  /** `'sai'` or the name of a class; `undefined` for the built-in secondary index. */
  readonly using: string | undefined
  /** The indexed part of a collection; `undefined` for other columns. */
  readonly on: 'values' | 'keys' | 'entries' | 'full' | undefined
  /** The options as in CQL; `similarity` is `similarity_function`. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A table option under its CQL name, with a value as `literal` prints it. */
export type TableOptions = Readonly<
  Record<string, string | number | boolean | Readonly<Record<string, string | number | boolean>>>
>

/** A value that tells the class of a row. */
export type DiscriminatorValue = string | number | bigint | boolean

/** One class of a table that holds several. */
export interface InheritedClass {
  /** The class. */
  readonly target: Class
  /** The name of the class, for messages. */
  readonly name: string
  /** The columns and computed columns of the class and its bases. */
  readonly properties: readonly string[]
  /** @internal The option `construct`. */
  readonly construct: Construction | undefined
}

/** Several classes in one table. */
export interface InheritanceMetadata {
  /** The base: the class with the table. */
  readonly base: InheritedClass
  /** The column that tells the class of a row; one of `columns`. */
  readonly column: ColumnMetadata
  /** The value in rows of this class itself; `undefined` for a base without rows of its own. */
  readonly value: DiscriminatorValue | undefined
  /** The treatment of a row whose value belongs to no class. */
  readonly unknown: 'error' | 'base'
  /** This class and the classes derived from it, each by its value. */
  readonly classes: readonly (InheritedClass & { readonly value: DiscriminatorValue })[]
}

/** The methods to call for each event, methods of bases first, each once. */
export type HookMethods = Readonly<Partial<Record<HookEvent, readonly (string | symbol)[]>>>

/** The metadata of an entity class: built once, deeply frozen. `getEntityMetadata(Product)` returns it. */
export interface EntityMetadata {
  /** `'view'` for a materialized view. */
  readonly kind: 'table' | 'view'
  /** The class. */
  readonly target: Class
  /** The name of the class, for messages. */
  readonly name: string
  /** The keyspace of the decorator; `undefined` if the data source decides. */
  readonly keyspace: string | undefined
  /** The name of the table, or of the view. */
  readonly table: string
  /** The entity whose table a view shows; `undefined` for a table. */
  readonly from: EntityMetadata | undefined
  /** The classes of the table; `undefined` if the class is alone in its table. */
  readonly inheritance: InheritanceMetadata | undefined
  /**
   * The columns of the table, including columns of derived classes in it: partition key, clustering key, then static,
   * regular and counter columns, each in order of declaration.
   */
  readonly columns: readonly ColumnMetadata[]
  /** The columns of the partition key, in their order. */
  readonly partitionKey: readonly ColumnMetadata[]
  /** The clustering columns, in their order. */
  readonly clusteringKey: readonly ColumnMetadata[]
  /** The primary key: the partition key, then the clustering key. */
  readonly key: readonly ColumnMetadata[]
  /** The computed columns in order of declaration; `columns` does not contain them. */
  readonly computed: readonly ComputedMetadata[]
  /** The indexes in order of declaration. */
  readonly indexes: readonly IndexMetadata[]
  /** The validation before a write; `undefined` if the data source decides. */
  readonly validate: boolean | ValidationOptions | undefined
  /** `true` if the columns outside the key are counters. */
  readonly hasCounters: boolean
  /** `true` if the table has static columns. */
  readonly hasStatics: boolean
  /** `true` if a column has a TTL of its own. */
  readonly hasOwnTtls: boolean
  /** The column of `@VersionColumn()`; `undefined` if saves are not conditional. */
  readonly version: ColumnMetadata | undefined
  /** `true` if the save of a loaded entity sends its changes only. */
  readonly tracksChanges: boolean
  /** @internal The option `construct`; `undefined` if the constructor is called without arguments. */
  readonly construct: Construction | undefined
  /** The options of the table, under their CQL names. */
  readonly options: TableOptions
  /** The hooks; `undefined` if the class has no hooks. */
  readonly hooks: HookMethods | undefined
  /** The user-defined types of the columns, each after the types inside it. */
  readonly userTypes: readonly UserTypeMetadata[]
  /** The columns by property. The object has no prototype, so that every string can be looked up. */
  readonly byProperty: Readonly<Record<string, ColumnMetadata>>
}
