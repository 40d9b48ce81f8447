import { isKeyspaceName, keyspaceNameRule } from '../cql/keyspace-name'
import type { ExecuteOptions } from '../driver/execute-options'
import { EntityNotFoundError, MultipleEntitiesFoundError, StatementError } from '../errors/errors'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { type Plan, matchesNothing } from '../plan/plan'
import type { SelectRequest } from '../statement/requests'
import { buildSelect, shapeOfSelect } from '../statement/select'
import type { ColumnKey, Where } from '../statement/where'
import type {
  CountOptions,
  FindOneOptions,
  FindOptions,
  FindPageOptions,
  Found,
  Page,
  RepositoryDefaults,
} from './find-options'
import { openPageToken, sealPageToken } from './page-token'
import type { RepositoryContext } from './repository-context'
import { requireOptions } from './require-options'

/** A read that is planned and bound; null params: nothing can match, so nothing is sent. */
interface Read {
  readonly plan: Plan
  readonly request: SelectRequest
  readonly params: unknown[] | null
  readonly options: ExecuteOptions
}

/** The reads of an entity. */
export class ReadRepository<E extends object> {
  /** @internal Repositories are made by `DataSource.getRepository`. */
  constructor(protected readonly context: RepositoryContext) {}

  /** What the class declares, frozen. */
  get metadata(): EntityMetadata {
    return this.context.entity
  }

  /**
   * A repository with these defaults for every call: `products.with({ consistency: 'one' })`. Throws
   * `StatementError` for a keyspace that is none, undefined too: it would be read and written elsewhere.
   */
  with(defaults: RepositoryDefaults): this {
    const { entity } = this.metadata
    requireOptions(entity, 'with', defaults)
    if ('keyspace' in defaults && !isKeyspaceName(defaults.keyspace)) {
      throw new StatementError(`${entity}: keyspace must be ${keyspaceNameRule}`)
    }
    const constructor = this.constructor as new (context: RepositoryContext) => this
    return new constructor(this.context.with(defaults))
  }

  /**
   * All entities that match, from all pages.
   * `SELECT … FROM … WHERE … ORDER BY … PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING`
   *
   * Throws `StatementError` before anything is sent when the key and the indexes cannot serve the filter.
   *
   * ```ts
   * await products.find({ where: { brand: 'Acme', price: MoreThan(5) }, limit: 10 })
   * ```
   */
  async find<const K extends ColumnKey<E> = never>(
    options: FindOptions<E, K> = {},
  ): Promise<Found<E, K>[]> {
    return this.#all<Found<E, K>>(this.#read('find', options))
  }

  /** All entities that match: `find({ where })`. */
  async findBy(where: Where<E>): Promise<E[]> {
    return this.#all<E>(this.#read('find', { where }))
  }

  /** The first entity that matches, or null. `… LIMIT ?` */
  async findOne<const K extends ColumnKey<E> = never>(
    options: FindOneOptions<E, K>,
  ): Promise<Found<E, K> | null> {
    return this.#first<Found<E, K>>(options)
  }

  /** The first entity that matches, or null: `findOneBy({ id })`. */
  async findOneBy(where: Where<E>): Promise<E | null> {
    return this.#first<E>({ where })
  }

  /** The first entity that matches; throws `EntityNotFoundError` when there is none. */
  async findOneOrFail<const K extends ColumnKey<E> = never>(
    options: FindOneOptions<E, K>,
  ): Promise<Found<E, K>> {
    return this.#found(await this.#first<Found<E, K>>(options))
  }

  /** The first entity that matches; throws `EntityNotFoundError` when there is none. */
  async findOneByOrFail(where: Where<E>): Promise<E> {
    return this.#found(await this.#first<E>({ where }))
  }

  /** The only entity that matches, or null; throws `MultipleEntitiesFoundError` when there are several. */
  async findSingle<const K extends ColumnKey<E> = never>(
    options: FindOneOptions<E, K>,
  ): Promise<Found<E, K> | null> {
    const [first = null, second] = await this.#all<Found<E, K>>(
      this.#read('findSingle', options, { limit: 2 }),
    )
    if (second !== undefined) throw new MultipleEntitiesFoundError(this.metadata.entity)
    return first
  }

  /** Whether any row matches. Reads one key at most. */
  async exists(options: CountOptions<E> = {}): Promise<boolean> {
    const select = this.metadata.partitionKey.slice(0, 1).map(({ property }) => property)
    return (await this.#all(this.#read('exists', options, { select, limit: 1 }))).length > 0
  }

  /** Whether any row matches: `exists({ where })`. */
  async existsBy(where: Where<E>): Promise<boolean> {
    return this.exists({ where })
  }

  /** How many rows match. `SELECT count(*) …`: the server reads them all. */
  async count(options: CountOptions<E> = {}): Promise<number> {
    const [row] = await this.#all<{ count: number }>(this.#read('count', options, { count: true }))
    return row?.count ?? 0
  }

  /** How many rows match: `count({ where })`. */
  async countBy(where: Where<E>): Promise<number> {
    return this.count({ where })
  }

  /**
   * One page of `fetchSize` rows and the state from which the next one goes on. The state belongs to this
   * filter and these values: with another read it is refused with a `StatementError`.
   */
  async findPage<const K extends ColumnKey<E> = never>(
    options: FindPageOptions<E, K> = {},
  ): Promise<Page<Found<E, K>>> {
    const read = this.#read('findPage', options)
    const { pageState } = options
    if (read.params === null) return { items: [], pageState: null }
    const state =
      pageState === undefined || pageState === null
        ? undefined
        : openPageToken(read.plan, read.request, this.metadata.entity, pageState)
    const page = await this.#page<Found<E, K>>(read, read.params, state)
    return {
      items: page.items,
      pageState:
        page.pageState === null ? null : sealPageToken(read.plan, read.request, page.pageState),
    }
  }

  /**
   * The entities one after another. A page is fetched only when it is asked for, and none after the
   * consumer stops.
   *
   * ```ts
   * for await (const product of products.stream({ fetchSize: 1000 })) { … }
   * ```
   */
  stream<const K extends ColumnKey<E> = never>(
    options: FindOptions<E, K> = {},
  ): AsyncIterable<Found<E, K>> {
    const read = this.#read('stream', options)
    return { [Symbol.asyncIterator]: () => this.#stream<Found<E, K>>(read) }
  }

  async *#stream<T>(read: Read): AsyncGenerator<T, void, undefined> {
    if (read.params === null) return
    let state: string | undefined
    do {
      const page = await this.#page<T>(read, read.params, state)
      yield* page.items
      state = page.pageState ?? undefined
    } while (state !== undefined)
  }

  async #first<T>(options: object): Promise<T | null> {
    const [first] = await this.#all<T>(this.#read('findOne', options, { limit: 1 }))
    return first ?? null
  }

  #found<T>(entity: T | null): T {
    if (entity === null) throw new EntityNotFoundError(this.metadata.entity)
    return entity
  }

  #read(
    method: Parameters<typeof requireOptions>[1],
    options: object,
    fixed: Pick<SelectRequest, 'limit' | 'select' | 'count'> = {},
  ): Read {
    const { entity } = this.context
    requireOptions(entity.entity, method, options)
    const request: SelectRequest = { ...options, ...fixed }
    if ('where' in options && options.where === undefined) {
      throw new StatementError(
        `${entity.entity}: where is undefined and would not filter; leave it out to read all`,
      )
    }
    const plan = this.context.plan(shapeOfSelect(entity, request), (keyspace) =>
      buildSelect(entity, keyspace, request),
    )
    const params = plan.bind(request)
    return { plan, request, params: matchesNothing(plan, request) ? null : params, options }
  }

  async #all<T>(read: Read): Promise<T[]> {
    if (read.params === null) {
      return read.request.count === true ? ([{ count: 0 }] as T[]) : []
    }
    const first = await this.#page<T>(read, read.params)
    const all = first.items
    let state = first.pageState
    while (state !== null) {
      const page = await this.#page<T>(read, read.params, state)
      for (const item of page.items) all.push(item)
      state = page.pageState
    }
    return all
  }

  async #page<T>(read: Read, params: unknown[], state?: string): Promise<Page<T>> {
    const { rows, pageState } = await this.context.execute(read.plan, params, read.options, state)
    const { reader } = read.plan
    return { items: rows.map((row) => reader.fromDriverRow(row) as T), pageState }
  }
}
