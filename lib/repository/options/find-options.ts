import type { ExecuteOptions } from '../../driver/execute-options'
import type { Param } from '../../statement/param'
import type { PreparedWhere } from '../../statement/prepared-where'
import type {
  ColumnKey,
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
