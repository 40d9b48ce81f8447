import type { CqlFragment } from '../cql/cql-tag'
import type { ForeignReads } from './foreign-methods'
import { EntityNotFoundError, MultipleEntitiesFoundError, StatementError } from '../errors/errors'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Param } from '../statement/param'
import { requireFragment } from '../statement/raw'
import type { ParamsOf, PreparedWhere } from '../statement/prepared-where'
import type { ColumnKey, Present, Where } from '../statement/where'
import { aggregate } from './read/aggregates'
import type {
  AggregateOptions,
  AverageOf,
  CountOptions,
  FindOneOptions,
  FindOptions,
  FindPageOptions,
  Found,
  NearestOptions,
  Neighbor,
  Page,
  PrepareOptions,
  QueryOptions,
  SumOf,
  VectorInput,
  VectorKey,
} from './options/find-options'
import type { RepositoryDefaults } from './options/repository-defaults'
import { markLoaded } from './read/mark-loaded'
import { findNearest } from './read/find-nearest'
import { toPlain } from './read/to-plain'
import type { PlainOptions } from './options/plain-options'
import { PreparedQuery } from './read/prepared-query'
import { pageOf, planFilter, planRead, readAll, readFirst, streamOf } from './read/read'
import { entitiesOf, framesOf } from './read/raw-entities'
import { executeRaw } from './read/raw-query'
import { ownContext } from './own-context'
import type { RepositoryContext } from './repository-context'
import { requireOptions } from './options/require-options'
import { scanOf } from './read/scan'
import type { ScanOptions } from './options/scan-options'

// oxlint-disable-next-line no-unsafe-declaration-merging, no-unused-vars -- it declares what does not exist
export interface ReadRepository<E extends object> extends ForeignReads {}
/** The reads of an entity. */
export class ReadRepository<E extends object> {
  /** @internal The context of all calls; each call asks once for `ofCall`, before anything is awaited. */
  readonly [ownContext]: RepositoryContext

  /** @internal Repositories are made by `DataSource.getRepository`. */
  constructor(context: RepositoryContext) {
    // The declarations show no constructor, so programs call it, and so does Nest for its `providers`.
    if (context === undefined) {
      const { name } = new.target
      throw new StatementError(
        `${name} is made by a DataSource: getCustomRepository(${name}), or in Nest ` +
          `CoodieModule.forFeature([${name}]); leave it out of providers`,
      )
    }
    this[ownContext] = context
  }

  /** The metadata of the class, frozen. */
  get metadata(): EntityMetadata {
    return this[ownContext].metadata
  }

  /**
   * Returns a repository with these defaults for every call: `products.with({ consistency: 'one' })`. Throws
   * `StatementError` if `keyspace` is not a valid name or is undefined, because the call would use another keyspace.
   */
  with(defaults: RepositoryDefaults): this {
    requireOptions(this[ownContext].metadata.name, 'with', defaults)
    const constructor = this.constructor as new (context: RepositoryContext) => this
    return new constructor(this[ownContext].with(defaults))
  }

  /**
   * Returns all entities that match, from all pages.
   * `SELECT … FROM … WHERE … ORDER BY … PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING`
   *
   * Throws `StatementError` before anything is sent if the key and the indexes cannot serve the filter. A partition
   * that contains only static columns is one entity, whose clustering key is null.
   *
   * ```ts
   * await products.find({ where: { brand: 'Acme', price: MoreThan(5) }, limit: 10 })
   * ```
   */
  async find<const K extends ColumnKey<E> = never>(
    options: FindOptions<E, K> = {},
  ): Promise<Found<E, K>[]> {
    const context = this[ownContext].ofCall
    return await readAll<Found<E, K>>(context, planRead(context, 'find', options))
  }

  /** Returns all entities that match: `find({ where })`. */
  async findBy(where: Where<E>): Promise<E[]> {
    const context = this[ownContext].ofCall
    return await readAll<E>(context, planFilter(context, where))
  }

  /** Returns the first entity that matches, or null. `… LIMIT ?` */
  async findOne<const K extends ColumnKey<E> = never>(
    options: FindOneOptions<E, K>,
  ): Promise<Found<E, K> | null> {
    return await firstOf<Found<E, K>>(this[ownContext].ofCall, options)
  }

  /** Returns the first entity that matches, or null: `findOneBy({ id })`. */
  async findOneBy(where: Where<E>): Promise<E | null> {
    const context = this[ownContext].ofCall
    return await readFirst<E>(context, planFilter(context, where, 1))
  }

  /** Returns the first entity that matches. Throws `EntityNotFoundError` if no row matches. */
  async findOneOrFail<const K extends ColumnKey<E> = never>(
    options: FindOneOptions<E, K>,
  ): Promise<Found<E, K>> {
    const context = this[ownContext].ofCall
    return requireFound(context, await firstOf<Found<E, K>>(context, options))
  }

  /**
   * Returns the first entity that matches: `findOneByOrFail({ id })`. Throws `EntityNotFoundError` if no row matches.
   */
  async findOneByOrFail(where: Where<E>): Promise<E> {
    const context = this[ownContext].ofCall
    return requireFound(context, await readFirst<E>(context, planFilter(context, where, 1)))
  }

  /** Returns the only entity that matches, or null. Throws `MultipleEntitiesFoundError` if several rows match. */
  async findSingle<const K extends ColumnKey<E> = never>(
    options: FindOneOptions<E, K>,
  ): Promise<Found<E, K> | null> {
    const context = this[ownContext].ofCall
    const [first = null, second] = await readAll<Found<E, K>>(
      context,
      planRead(context, 'findSingle', options, { limit: 2 }),
    )
    if (second !== undefined) throw new MultipleEntitiesFoundError(this[ownContext].metadata.name)
    return first
  }

  /** Returns `true` if a row matches. Reads the key of at most one row. */
  async exists(options: CountOptions<E> = {}): Promise<boolean> {
    const context = this[ownContext].ofCall
    const select = this[ownContext].metadata.partitionKey
      .slice(0, 1)
      .map(({ property }) => property)
    return (
      (await readAll(context, planRead(context, 'exists', options, { select, limit: 1 }))).length >
      0
    )
  }

  /** Returns `true` if a row matches: `exists({ where })`. */
  async existsBy(where: Where<E>): Promise<boolean> {
    return this.exists({ where })
  }

  /** Returns the number of rows that match. `SELECT count(*) …`: the server reads all of them. */
  async count(options: CountOptions<E> = {}): Promise<number> {
    const context = this[ownContext].ofCall
    const [row] = await readAll<{ count: number }>(
      context,
      planRead(context, 'count', options, { aggregate: { kind: 'count' } }),
    )
    return row?.count ?? 0
  }

  /** Returns the number of rows that match: `count({ where })`. */
  async countBy(where: Where<E>): Promise<number> {
    return this.count({ where })
  }

  /**
   * Returns the sum of a column of numbers over all rows that match; 0 if no row matches. The sum does not wrap: for
   * a `number` property it is a number, and a `ValueError` beyond 2 ** 53; otherwise it has the type of the property.
   * `SELECT sum(CAST("price" AS varint)) …`
   */
  async sum<const K extends ColumnKey<E>>(
    column: K,
    where?: Where<E>,
    options: AggregateOptions<E> = {},
  ): Promise<SumOf<Present<E, K>>> {
    const request = { kind: 'sum', property: column } as const
    return (await aggregate(this[ownContext].ofCall, request, where, options)) as SumOf<
      Present<E, K>
    >
  }

  /**
   * Returns the average of a column of numbers over all rows that match and have a value; null if no row does. It
   * keeps its fraction; for decimals, up to 34 significant digits.
   */
  async average<const K extends ColumnKey<E>>(
    column: K,
    where?: Where<E>,
    options: AggregateOptions<E> = {},
  ): Promise<AverageOf<Present<E, K>> | null> {
    const request = { kind: 'average', property: column } as const
    return (await aggregate(this[ownContext].ofCall, request, where, options)) as AverageOf<
      Present<E, K>
    >
  }

  /**
   * Returns the smallest value of a column over all rows that match; null if no row has a value. `SELECT min("price")
   * …`
   */
  async minimum<const K extends ColumnKey<E>>(
    column: K,
    where?: Where<E>,
    options: AggregateOptions<E> = {},
  ): Promise<Present<E, K> | null> {
    const request = { kind: 'minimum', property: column } as const
    return (await aggregate(this[ownContext].ofCall, request, where, options)) as Present<
      E,
      K
    > | null
  }

  /**
   * Returns the greatest value of a column over all rows that match; null if no row has a value. `SELECT max("price")
   * …`
   */
  async maximum<const K extends ColumnKey<E>>(
    column: K,
    where?: Where<E>,
    options: AggregateOptions<E> = {},
  ): Promise<Present<E, K> | null> {
    const request = { kind: 'maximum', property: column } as const
    return (await aggregate(this[ownContext].ofCall, request, where, options)) as Present<
      E,
      K
    > | null
  }

  /**
   * Returns the rows whose vectors are nearest to the given one, the nearest first, each with its similarity.
   * `SELECT …, similarity_cosine("embedding", ?) AS "similarity" … WHERE … ORDER BY "embedding" ANN OF ? LIMIT ?`
   *
   * The vector needs `@Index({ using: 'sai' })`, and so does every property of `where`. The default consistency is
   * `localOne`, because the server accepts no consistency that reads from several replicas.
   *
   * ```ts
   * const [{ entity, similarity }] = await products.findNearest('embedding', [0.1, 0.2, 0.3], { limit: 5 })
   * ```
   */
  async findNearest<const K extends ColumnKey<E> = never>(
    column: VectorKey<E>,
    vector: VectorInput,
    options: NearestOptions<E, K> = {},
  ): Promise<Neighbor<Found<E, K>>[]> {
    return findNearest<Found<E, K>>(this[ownContext].ofCall, column, vector, options)
  }

  /**
   * Executes a query written by hand and returns its rows as entities, from all pages. The names of the result's columns
   * decide the properties. Of a `SELECT *` from the entity's table, columns that no property maps are skipped; of any
   * other query they are refused.
   *
   * Throws `StatementError` if the result lacks a column that `find` reads. With `partial: true` only the selected
   * properties exist on the entities. `db.query()` returns plain rows.
   *
   * ```ts
   * await products.query(cql`SELECT * FROM ${cql.table(Product)} WHERE ${cql.column(Product, 'brand')} = ${brand}`)
   * const [first] = await products.query(cql`SELECT name FROM ${cql.table(Product)} LIMIT 1`, { partial: true })
   * console.log(first?.name)
   * ```
   */
  async query(fragment: CqlFragment, options?: QueryOptions<false>): Promise<E[]>
  async query(fragment: CqlFragment, options: QueryOptions): Promise<Partial<E>[]>
  async query(fragment: CqlFragment, options: QueryOptions = {}): Promise<Partial<E>[]> {
    requireFragment(fragment)
    const context = this[ownContext].ofCall
    const { metadata } = context
    requireOptions(metadata.name, 'query', options)
    const table = context.host.metadataOf(metadata.inheritance?.base.target ?? metadata.target)
    const entity = { metadata, table }
    const result = await executeRaw(
      { ...context.queryScope, framesFor: (text) => framesOf(entity, text) },
      fragment,
      context.merge(options),
    )
    const { entities, isProjection } = entitiesOf(entity, result, options.partial === true)
    const { behavior } = context
    if (behavior !== undefined) await markLoaded(context, behavior, entities, !isProjection)
    return entities as Partial<E>[]
  }

  /**
   * Returns one page of `fetchSize` rows, and the state for the next page. The state belongs to this filter and these
   * values. Throws `StatementError` if it is used with another read.
   */
  async findPage<const K extends ColumnKey<E> = never>(
    options: FindPageOptions<E, K> = {},
  ): Promise<Page<Found<E, K>>> {
    const context = this[ownContext].ofCall
    return await pageOf<Found<E, K>>(
      context,
      planRead(context, 'findPage', options),
      options.pageState,
    )
  }

  /**
   * Returns the entities one after another. Fetches a page only when the consumer asks for it, and stops when the
   * consumer stops.
   *
   * ```ts
   * for await (const product of products.stream({ fetchSize: 1000 })) { … }
   * ```
   */
  stream<const K extends ColumnKey<E> = never>(
    options: FindOptions<E, K> = {},
  ): AsyncIterable<Found<E, K>> {
    const context = this[ownContext].ofCall
    return streamOf<Found<E, K>>(context, planRead(context, 'stream', options))
  }

  /**
   * Reads the whole table by ranges of tokens, each row exactly once, at most `concurrency` pages at a time. Several
   * processes can share the work with `shard`, and a scan can continue from a state that `onProgress` received.
   * `SELECT … WHERE token("id") > ? AND token("id") <= ?`
   *
   * The rows have no order. Throws `StatementError` if the cluster does not use the Murmur3 partitioner, and for a
   * state of another scan.
   *
   * ```ts
   * for await (const product of products.scan({ concurrency: 8, shard: { index: 0, of: 4 } })) { … }
   * ```
   */
  scan<const K extends ColumnKey<E> = never>(
    options: ScanOptions<E, K> = {},
  ): AsyncIterable<Found<E, K>> {
    return scanOf<Found<E, K>>(this[ownContext].ofCall, options)
  }

  /**
   * Plans a query once, to be called many times with its parameters: the fastest way to read. Each `param('name')`
   * stands for a value. `prepare` checks the query; each call checks its parameters.
   *
   * Throws `StatementError` if the key and the indexes cannot serve the query.
   *
   * ```ts
   * const cheap = products.prepare({ where: { brand: param('brand'), price: LessThan(param('most')) } })
   * await cheap.find({ brand: 'Acme', most: 5 })
   * ```
   */
  prepare<
    const W extends PreparedWhere<E>,
    const K extends ColumnKey<E> = never,
    const L extends number | Param = number,
  >(options: PrepareOptions<E, W, K, L>): PreparedQuery<Found<E, K>, ParamsOf<E, W, L>> {
    requireOptions(this[ownContext].metadata.name, 'prepare', options)
    return new PreparedQuery(this[ownContext], options as object)
  }

  /**
   * Converts an entity to a JSON-safe object: its columns that are not undefined, by their properties, and everything
   * with `@Expose`. Bigints, uuids, decimals, dates, times and the like become text, bytes become base64, a `Date`
   * becomes its ISO form, a set an array, a map an object if its keys are text, otherwise an array of entries.
   * Honors `@Exclude`, `@Expose` and `@Transform` of class-transformer, with their groups.
   *
   * Throws `ValueError` for a value that does not fit its column. Nothing is sent.
   *
   * ```ts
   * const body = JSON.stringify(products.toPlain(product))
   * ```
   */
  toPlain(entity: Partial<E>, options?: PlainOptions): Record<string, unknown> {
    return toPlain(this[ownContext], entity, options)
  }
}

function firstOf<T>(context: RepositoryContext, options: object): Promise<T | null> {
  return readFirst<T>(context, planRead(context, 'findOne', options, { limit: 1 }))
}

function requireFound<T>({ metadata }: RepositoryContext, entity: T | null): T {
  if (entity === null) throw new EntityNotFoundError(metadata.name)
  return entity
}
