import type { Codec } from '../codec/codec'
import type { CqlType } from '../cql/cql-type'
import type { Construction } from './construction'
import type { Class, ColumnRole, ComputedFunction, HookEvent } from './declaration'
import type { UserTypeMetadata } from './user-type'
import type { ValidationOptions } from './validation-options'

export interface ColumnMetadata {
  /** The TypeScript side. */
  readonly property: string
  /** The CQL side, unquoted. */
  readonly name: string
  readonly kind: ColumnRole
  /** `true` for a column of the primary key. */
  readonly isKey: boolean
  /** `true` for a counter. A static counter has the kind `'static'`. */
  readonly isCounter: boolean
  /** Its place in `EntityMetadata.columns`. */
  readonly ordinal: number
  readonly type: CqlType
  /** @internal */
  readonly codec: Codec
  /** Of a clustering column; 'asc' elsewhere. */
  readonly order: 'asc' | 'desc'
  /** A value or a function giving one; undefined when there is none. */
  readonly default: unknown
  /** False: not read unless named in `select`. */
  readonly selected: boolean
  /** Seconds until a value of this column expires, 0 for never; undefined: as the write or the table says. */
  readonly ttl: number | undefined
  /** What `@CreateDateColumn()` and `@UpdateDateColumn()` declare: set by the repository; undefined: it is not. */
  readonly date: 'create' | 'update' | undefined
  /** The masking function of the column, as in CQL: `mask_inner(1, 1)`; `undefined` if it is not masked. */
  readonly masked: string | undefined
}

/** What is selected and never written: `writetime("price") AS "price_written_at"`. */
export interface ComputedMetadata {
  readonly property: string
  /** What it is called in a result, unquoted. */
  readonly name: string
  readonly kind: 'computed'
  /** Its place after all of `EntityMetadata.columns`. */
  readonly ordinal: number
  readonly function: ComputedFunction
  readonly of: ColumnMetadata
  /** @internal */
  readonly codec: Codec
}

export interface IndexMetadata {
  /** Undefined: the server names it. */
  readonly name: string | undefined
  readonly column: ColumnMetadata
  /** Undefined: a secondary index of the built-in kind; else 'sai' or a class name. */
  readonly using: string | undefined
  /** What of a collection is indexed; undefined on a column that is not one. */
  readonly on: 'values' | 'keys' | 'entries' | 'full' | undefined
  /** `similarity` is in here, under the server's name for it. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A table option under its CQL name, with a value as `literal` prints it. */
export type TableOptions = Readonly<
  Record<string, string | number | boolean | Readonly<Record<string, string | number | boolean>>>
>

/** What tells the class of a row. */
export type DiscriminatorValue = string | number | bigint | boolean

/** One class of a table that holds several. */
export interface InheritedClass {
  readonly target: Class
  /** The class's name, for messages. */
  readonly name: string
  /** Its columns and computed columns, those of its bases too. */
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
  /** What rows of this very class have there; undefined: of a base without a value of its own. */
  readonly value: DiscriminatorValue | undefined
  /** What a row is whose value is that of no class. */
  readonly unknown: 'error' | 'base'
  /** This class and the classes derived from it, each by its value. */
  readonly classes: readonly (InheritedClass & { readonly value: DiscriminatorValue })[]
}

/** The methods to be called for each event: those of bases first, each once. */
export type HookMethods = Readonly<Partial<Record<HookEvent, readonly (string | symbol)[]>>>

/** All that is known of a class, built once, deeply frozen. */
export interface EntityMetadata {
  readonly kind: 'table' | 'view'
  readonly target: Class
  /** The class's name, for messages. */
  readonly name: string
  /** Of the decorator; undefined: the data source's. */
  readonly keyspace: string | undefined
  /** The name of the table, or of the view. */
  readonly table: string
  /** What a view is a view of; undefined for a table. */
  readonly from: EntityMetadata | undefined
  /** Undefined: the class is alone in its table. */
  readonly inheritance: InheritanceMetadata | undefined
  /** Those of derived classes in the same table too. Partition key, clustering key, then static, regular and counter columns, each in order of declaration. */
  readonly columns: readonly ColumnMetadata[]
  readonly partitionKey: readonly ColumnMetadata[]
  readonly clusteringKey: readonly ColumnMetadata[]
  /** The primary key: the partition key, then the clustering key. */
  readonly key: readonly ColumnMetadata[]
  /** In order of declaration; they are not among `columns`. */
  readonly computed: readonly ComputedMetadata[]
  readonly indexes: readonly IndexMetadata[]
  /** Whether and how constraints are run before a write; undefined: as the data source says. */
  readonly validate: boolean | ValidationOptions | undefined
  /** True: every column outside the key is a counter. */
  readonly hasCounters: boolean
  readonly hasStatics: boolean
  /** True: some columns have a TTL of their own. */
  readonly hasOwnTtls: boolean
  /** The column of `@VersionColumn()`; undefined: saves are not conditional. */
  readonly version: ColumnMetadata | undefined
  /** True: a save of what was loaded sends what changed. */
  readonly tracksChanges: boolean
  /** @internal The option `construct`; `undefined` if the constructor is called without arguments. */
  readonly construct: Construction | undefined
  readonly options: TableOptions
  /** Undefined: the class has none. */
  readonly hooks: HookMethods | undefined
  /** The user-defined types of its columns, each after those that it holds. */
  readonly userTypes: readonly UserTypeMetadata[]
  /** By property; without a prototype, so that any string may be looked up. */
  readonly byProperty: Readonly<Record<string, ColumnMetadata>>
}
