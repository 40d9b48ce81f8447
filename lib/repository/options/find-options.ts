import type { ExecuteOptions } from '../../driver/execute-options'
import type { IfConditions } from '../../statement/if-conditions'
import type { Param } from '../../statement/param'
import type { PreparedWhere } from '../../statement/prepared-where'
import type {
  ColumnKey,
  DeletedElements,
  Input,
  OrderBy,
  Present,
  Refused,
  TokenFilter,
  TupleFilter,
  Where,
} from '../../statement/where'

/** Options of a read. Without `select` the results are whole entities; with it, only the named properties exist on them. */
export interface FindOptions<E, K extends ColumnKey<E> = never> extends ExecuteOptions {
  /** The filter; without it, all rows. */
  readonly where?: Where<E>
  /** The range of the ring, by the token of the partition key: `token("id") > ?`. */
  readonly token?: TokenFilter
  /** A filter on several clustering columns together: `("a", "b") > (?, ?)`. */
  readonly tuple?: TupleFilter<E>
  /** The properties to read: `select: ['id', 'name']`. */
  readonly select?: readonly K[]
  /** Reads one row per partition: `SELECT DISTINCT …`. `select` must name the partition key, and can name static columns. */
  readonly distinct?: boolean
  /** Reads the first row of each group: `GROUP BY …`. The properties are a prefix of the primary key. */
  readonly groupBy?: readonly ColumnKey<E>[]
  /** Orders by clustering columns, all in their declared directions or all reversed: `ORDER BY …`. */
  readonly orderBy?: OrderBy<E>
  /** The maximum number of rows, over all pages: `LIMIT ?`. */
  readonly limit?: number
  /** The maximum number of rows of each partition: `PER PARTITION LIMIT ?`. */
  readonly perPartitionLimit?: number
  /** Lets the server filter rows that neither the key nor an index finds: `ALLOW FILTERING`. */
  readonly allowFiltering?: boolean
  /** Does not exist, since Cassandra has no OFFSET: use `findPage`. */
  readonly skip?: Refused<'Cassandra has no OFFSET: use findPage() and its pageState'>
}

/** Options of a query written by hand. */
export interface QueryOptions<P extends boolean = boolean> extends ExecuteOptions {
  /** Accepts a result that lacks columns of the entity: only the selected properties exist then. */
  readonly partial?: P
}

/** Options of a query to prepare: a read with parameters instead of values. */
export interface PrepareOptions<
  E,
  W extends PreparedWhere<E>,
  K extends ColumnKey<E>,
  L extends number | Param,
> extends Omit<FindOptions<E>, 'where' | 'select' | 'limit'> {
  /** The filter; any value may be a `param('name')`. */
  readonly where?: W & { readonly [P in Exclude<keyof W, ColumnKey<E>>]: never }
  /** The properties to read. */
  readonly select?: readonly K[]
  /** The maximum number of rows, over all pages: a number or a `param('name')`. */
  readonly limit?: L
}

/** Options of a read that returns at most one entity. */
export type FindOneOptions<E, K extends ColumnKey<E> = never> = Omit<
  FindOptions<E, K>,
  'limit' | 'fetchSize'
>

/** Options of `exists` and `count`. */
export type CountOptions<E> = Pick<
  FindOptions<E>,
  'where' | 'token' | 'tuple' | 'allowFiltering' | 'skip'
> &
  Omit<ExecuteOptions, 'fetchSize'>

/** The options of `sum`, `average`, `minimum` and `maximum` besides the filter. */
export type AggregateOptions<E> = Omit<CountOptions<E>, 'where'>

/** The type of a sum: the number type of the property. */
export type SumOf<P> = P extends number
  ? number
  : P extends bigint
    ? bigint
    : P extends string
      ? string
      : P

/** The type of an average: the number type of the property if it has fractions, else `number`. */
export type AverageOf<P> = P extends number | bigint ? number : P extends string ? string : P

/** Options of `findNearest`. */
export interface NearestOptions<E, K extends ColumnKey<E> = never> extends Omit<
  ExecuteOptions,
  'fetchSize'
> {
  /** The filter of the neighbors; every property needs an index. */
  readonly where?: Where<E>
  /** The properties to read. */
  readonly select?: readonly K[]
  /** The maximum number of neighbors, from 1 to 1000: `LIMIT ?`; 10 by default. */
  readonly limit?: number
}

/** An entity that `findNearest` found. */
export interface Neighbor<T> {
  /** The entity. */
  readonly entity: T
  /** The similarity, from 0 to 1; a dot product can be any number. */
  readonly similarity: number
}

/** The names of the vector properties of an entity. */
export type VectorKey<E> = {
  [K in ColumnKey<E>]: Present<E, K> extends readonly number[] | Float32Array ? K : never
}[ColumnKey<E>]

/** A vector as `findNearest` accepts it. */
export type VectorInput = Input<number[]>

/** Options of one page of a read. */
export interface FindPageOptions<E, K extends ColumnKey<E> = never> extends FindOptions<E, K> {
  /** The state that the previous page returned; `undefined` or `null` reads the first page. */
  readonly pageState?: string | null | undefined
}

/** A page of results. */
export interface Page<T> {
  /** The entities of this page. */
  readonly items: T[]
  /** The state for the next page of the same read; `null` after the last page. */
  readonly pageState: string | null
}

/**
 * The result of a read: the entity, or its selected properties. Only `select` decides: without `NoInfer` the compiler
 * would infer them from the annotated result of a function that returns the read.
 */
export type Found<E, K extends keyof E> = [NoInfer<K>] extends [never] ? E : Pick<E, NoInfer<K>>

/** The options of validation with class-validator before a write. */
export interface ValidateOptions {
  /** `true` runs the constraints, `false` does not. By default, the entity or the data source decides. */
  readonly validate?: boolean
  /** Runs the constraints of these groups, and those without groups. */
  readonly groups?: readonly string[]
}

/** Options of every write. */
export interface WriteOptions extends Omit<ExecuteOptions, 'fetchSize'>, ValidateOptions {
  /**
   * The time to live of the written values in seconds: `USING TTL ?`. `undefined` is the default of the table; 0 and
   * `null` mean no expiry. A column with its own `ttl` keeps that.
   */
  readonly ttl?: number | null
  /** The time of the write in microseconds since 1970, or a `Date`: `USING TIMESTAMP ?`. The default is now. */
  readonly timestamp?: bigint | Date
}

/** Options of `save` of an array. */
export interface SaveManyOptions extends WriteOptions {
  /** The maximum number of concurrent statements; 32 by default. */
  readonly concurrency?: number
}

/** The progress of a mass write. */
export interface MassWriteProgress {
  /** The number of entities written so far. */
  readonly written: number
  /** The number of entities that could not be written so far. */
  readonly failed: number
  /**
   * The number of entities at the beginning of the source that are all settled: written or failed. A save that ends early
   * can be resumed with the source from this entity on.
   */
  readonly through: number
}

/** Options of `saveAll`. */
export interface SaveAllOptions extends SaveManyOptions {
  /** Called after each entity. */
  readonly onProgress?: (progress: MassWriteProgress) => void
  /** Ends the save: it throws the reason of the signal when the statements under way have finished. */
  readonly signal?: AbortSignal
}

/** Options of `insert`. */
export interface InsertOptions<C extends boolean = boolean> extends WriteOptions {
  /** Writes only if the row does not exist: `IF NOT EXISTS`. */
  readonly ifNotExists?: C
}

/** A condition on the row. `timestamp` is refused with it, because Cassandra sets the time of a conditional write. */
export interface IfOptions<E> {
  /** Writes only if the row meets the conditions: `IF "brand" = ? AND "price" > ?`. */
  readonly if: IfConditions<E>
  /** Excluded by `if`. */
  readonly ifExists?: undefined
  /** Excluded by `if`: Cassandra sets the timestamp of a conditional write. */
  readonly timestamp?: undefined
}

/** Options of `update`. */
export interface UpdateOptions<C extends boolean = boolean> extends WriteOptions {
  /** Writes only if the row exists: `IF EXISTS`. */
  readonly ifExists?: C
  /** Excluded by `ifExists`. */
  readonly if?: undefined
}

/** Options of `update` with a condition. */
export type UpdateIfOptions<E> = Omit<WriteOptions, 'timestamp'> & IfOptions<E>

/** Options of `remove`. */
export interface RemoveOptions<C extends boolean = boolean> extends Omit<
  WriteOptions,
  'ttl' | keyof ValidateOptions
> {
  /** Deletes only if the row exists: `IF EXISTS`. */
  readonly ifExists?: C
  /** Excluded by `ifExists`. */
  readonly if?: undefined
}

/** Options of `remove` with a condition. */
export type RemoveIfOptions<E> = Omit<WriteOptions, 'ttl' | 'timestamp' | keyof ValidateOptions> &
  IfOptions<E>

/** Options of `delete`. */
export interface DeleteOptions<E, C extends boolean = boolean> extends RemoveOptions<C> {
  /** Deletes only these columns: `DELETE "a", "b" FROM …`. */
  readonly columns?: readonly ColumnKey<E>[]
  /**
   * Deletes only these parts of collections and user-defined types: keys of a map, elements of a set, indexes of a list,
   * fields of a type. `elements: { attrs: ['color'], tags: [0], address: ['zip'] }`
   */
  readonly elements?: DeletedElements<E>
}

/** Options of `delete` with a condition. */
export type DeleteIfOptions<E> = RemoveIfOptions<E> & Pick<DeleteOptions<E>, 'columns' | 'elements'>

/** Options of `increment`, `decrement` and `remove` of counters. */
export type CounterOptions = Omit<ExecuteOptions, 'fetchSize' | 'serialConsistency'>

/** Options of `delete` of counters. */
export interface CounterDeleteOptions<E> extends CounterOptions {
  /** Deletes only these counters. */
  readonly columns?: readonly ColumnKey<E>[]
}

/** The options that `with` sets for all calls of a repository. */
export interface RepositoryDefaults extends ExecuteOptions {
  /** The keyspace, instead of that of the entity or the data source. */
  readonly keyspace?: string
}
