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

/** A read. Without `select` the results are whole entities, with it only the named properties exist. */
export interface FindOptions<E, K extends ColumnKey<E> = never> extends ExecuteOptions {
  /** The filter; without it, all rows. */
  readonly where?: Where<E>
  /** The range of the ring, by the token of the partition key: `token("id") > ?`. */
  readonly token?: TokenFilter
  /** Several clustering columns compared together: `("a", "b") > (?, ?)`. */
  readonly tuple?: TupleFilter<E>
  /** The properties to read: `select: ['id', 'name']`. */
  readonly select?: readonly K[]
  /** One row per partition; `select` then names the partition key, and statics: `SELECT DISTINCT …`. */
  readonly distinct?: boolean
  /** The first row of each group; the properties are those of the primary key, from the first on: `GROUP BY …`. */
  readonly groupBy?: readonly ColumnKey<E>[]
  /** Clustering columns, all in their declared directions or all reversed. */
  readonly orderBy?: OrderBy<E>
  /** The most rows to read, over all pages: `LIMIT ?`. */
  readonly limit?: number
  /** The most rows to read of each partition: `PER PARTITION LIMIT ?`. */
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

/** A query to be prepared: a read with parameters in place of values. */
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
  /** The most rows to read, over all pages: a number, or a `param('name')`. */
  readonly limit?: L
}

/** A read that gives one entity at most. */
export type FindOneOptions<E, K extends ColumnKey<E> = never> = Omit<
  FindOptions<E, K>,
  'limit' | 'fetchSize'
>

/** A read that gives no entities, only whether there are some or how many. */
export type CountOptions<E> = Pick<
  FindOptions<E>,
  'where' | 'token' | 'tuple' | 'allowFiltering' | 'skip'
> &
  Omit<ExecuteOptions, 'fetchSize'>

/** The options of `sum`, `average`, `minimum` and `maximum` besides the filter. */
export type AggregateOptions<E> = Omit<CountOptions<E>, 'where'>

/** The type of a sum: the property's own kind of number. */
export type SumOf<P> = P extends number
  ? number
  : P extends bigint
    ? bigint
    : P extends string
      ? string
      : P

/** The type of an average: a fraction in the property's own kind of number, where it has fractions. */
export type AverageOf<P> = P extends number | bigint ? number : P extends string ? string : P

/** A search for neighbours. */
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

/** A neighbour. */
export interface Neighbour<T> {
  /** The entity. */
  readonly entity: T
  /** From 0 to 1, the nearest first; of a dot product, of whatever size. */
  readonly similarity: number
}

/** The properties of an entity that hold vectors. */
export type VectorKey<E> = {
  [K in ColumnKey<E>]: Present<E, K> extends readonly number[] | Float32Array ? K : never
}[ColumnKey<E>]

/** A vector as a write takes it. */
export type VectorInput = Input<number[]>

/** One page of a read. */
export interface FindPageOptions<E, K extends ColumnKey<E> = never> extends FindOptions<E, K> {
  /** From the page before; undefined or null is the first page. */
  readonly pageState?: string | null | undefined
}

/** A page of results. */
export interface Page<T> {
  /** The entities of this page. */
  readonly items: T[]
  /** For the next page of the same read, or null when this was the last. */
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
  /** The groups whose constraints count, beside those without groups; they are run then. */
  readonly groups?: readonly string[]
}

/** Every write takes these. */
export interface WriteOptions extends Omit<ExecuteOptions, 'fetchSize'>, ValidateOptions {
  /**
   * Seconds until what is written expires. Undefined: the table's default; 0 and null: never. Columns with a `ttl` of
   * their own keep that.
   */
  readonly ttl?: number | null
  /** The time of the write in microseconds since 1970, or a Date. Undefined: now. */
  readonly timestamp?: bigint | Date
}

/** Options of a save of many. */
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
}

/** Options of a save of all that a source gives. */
export interface SaveAllOptions extends SaveManyOptions {
  /** Told after each entity. */
  readonly onProgress?: (progress: MassWriteProgress) => void
  /** Ends the save with the signal's reason, after the statements under way. */
  readonly signal?: AbortSignal
}

/** Options of an insert. */
export interface InsertOptions<C extends boolean = boolean> extends WriteOptions {
  /** Writes only a row that does not exist yet: `IF NOT EXISTS`. */
  readonly ifNotExists?: C
}

/** A condition on the row; it takes no timestamp, since Cassandra gives a conditional write its own. */
export interface IfOptions<E> {
  /** Writes only a row that is so: `IF "brand" = ? AND "price" > ?`. */
  readonly if: IfConditions<E>
  /** Excluded by `if`. */
  readonly ifExists?: undefined
  /** Excluded by `if`: Cassandra sets the timestamp of a conditional write. */
  readonly timestamp?: undefined
}

/** Options of an update. */
export interface UpdateOptions<C extends boolean = boolean> extends WriteOptions {
  /** Writes only a row that exists: `IF EXISTS`. */
  readonly ifExists?: C
  /** Excluded by `ifExists`. */
  readonly if?: undefined
}

/** Options of a conditional update. */
export type UpdateIfOptions<E> = Omit<WriteOptions, 'timestamp'> & IfOptions<E>

/** Options of the removal of one entity. */
export interface RemoveOptions<C extends boolean = boolean> extends Omit<
  WriteOptions,
  'ttl' | keyof ValidateOptions
> {
  /** Deletes only a row that exists: `IF EXISTS`. */
  readonly ifExists?: C
  /** Excluded by `ifExists`. */
  readonly if?: undefined
}

/** Options of the conditional removal of one entity. */
export type RemoveIfOptions<E> = Omit<WriteOptions, 'ttl' | 'timestamp' | keyof ValidateOptions> &
  IfOptions<E>

/** Options of a delete. */
export interface DeleteOptions<E, C extends boolean = boolean> extends RemoveOptions<C> {
  /** Only these columns are deleted, not the row: `DELETE "a", "b" FROM …`. */
  readonly columns?: readonly ColumnKey<E>[]
  /**
   * Only these parts of collections and user-defined types are deleted: keys of a map, elements of a set, indexes of a
   * list, fields of a type. `elements: { attrs: ['colour'], tags: [0], address: ['zip'] }`
   */
  readonly elements?: DeletedElements<E>
}

/** Options of a conditional delete. */
export type DeleteIfOptions<E> = RemoveIfOptions<E> & Pick<DeleteOptions<E>, 'columns' | 'elements'>

/** Options of all that is done to counters. */
export type CounterOptions = Omit<ExecuteOptions, 'fetchSize' | 'serialConsistency'>

/** Options of a delete of counters. */
export interface CounterDeleteOptions<E> extends CounterOptions {
  /** Only these counters are deleted, not the row. */
  readonly columns?: readonly ColumnKey<E>[]
}

/** The options that `with` sets for all calls of a repository. */
export interface RepositoryDefaults extends ExecuteOptions {
  /** The keyspace in place of the entity's and the data source's. */
  readonly keyspace?: string
}
