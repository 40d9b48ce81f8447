import type { DataSourceOptions, OwnOptions } from './data-source-options'
import type { CqlFragment } from '../cql/cql-tag'
import type { ForeignDataSource } from '../repository/foreign-methods'
import { Counters, type Statistics } from '../driver/observe/counters'
import { type ExecuteOptions, mergeOptions } from '../driver/execute-options'
import { type ClientOptions, type DriverClient, Session } from '../driver/session'
import { StatementLog } from '../driver/observe/statement-log'
import { ExecutionError } from '../errors/errors'
import { buildSubscription } from '../metadata/build/build-subscription'
import type { Class } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { PlanCaches } from '../plan/plan-caches'
import { Batch } from '../repository/batch/batch'
import type { BatchOptions } from '../repository/options/batch-options'
import { Behaviors } from '../repository/hooks/behaviors'
import { CounterRepository } from '../repository/counter-repository'
import { registerPlain } from '../plain/register'
import type { EntitySubscriber } from '../repository/entity-subscriber'
import { ReadRepository } from '../repository/read-repository'
import { Repository } from '../repository/repository'
import {
  RepositoryContext,
  type RepositoryHost,
  keyspaceOf,
  keyspaceOfCall,
} from '../repository/repository-context'
import { executeRaw, plainRows } from '../repository/read/raw-query'
import { requireFragment } from '../statement/raw'
import { requireOptions } from '../repository/options/require-options'
import { requireValidator } from '../validation/class-validator'
import { Migrations } from '../migration/migrations'
import { Schema } from '../schema/schema'
import { checkSchema } from './check-schema'
import { createKeyspace } from './create-keyspace'
import { EntityList } from './entity-list'
import { defaultMigrationsTable, migrationSourceOf, runAtStart } from './migration-source'
import {
  Repositories,
  type RepositoryClass,
  describeRepository,
  requireCounters,
  requireView,
  requireWritable,
} from './repositories'
import { separateOptions } from './separate-options'

// oxlint-disable-next-line no-unsafe-declaration-merging -- it declares what does not exist
export interface DataSource extends ForeignDataSource {}
/**
 * Connects entities to a cluster and hands out their repositories.
 *
 * Accepts every option of the driver's `Client`, or an existing `client`, which coodie never closes.
 *
 * ```ts
 * const db = new DataSource({
 *   contactPoints: ['127.0.0.1'], localDataCenter: 'datacenter1', keyspace: 'shop', entities: [Product],
 * })
 * await db.initialize()
 * const products = db.getRepository(Product)
 * ```
 */
export class DataSource {
  readonly #own: OwnOptions
  readonly #client: DriverClient | ClientOptions
  readonly #log: StatementLog
  readonly #counters = new Counters()
  readonly #contexts = new Map<EntityMetadata, RepositoryContext>()
  readonly #repositories = new Repositories((target) => this.#contextOf(target))
  #session: Session | undefined
  #starting: Promise<this> | undefined
  #ending: Promise<void> | undefined
  #isDestroyed = false
  readonly #entities: EntityList
  readonly #host: RepositoryHost
  readonly #behaviors: Behaviors

  /** Compares and synchronizes the tables of the entities: `plan()`, `sync()`, `validate()` and `drop()`. */
  readonly schema: Schema

  /** Applies and reverts the migrations of the options: `list()`, `run()`, `revert()` and `unlock()`. */
  readonly migrations: Migrations

  /** Throws `StatementError` for an option that neither coodie nor the driver has, and for a value that does not fit. */
  constructor(options: DataSourceOptions) {
    const { own, client } = separateOptions(options)
    this.#own = own
    this.#entities = new EntityList(own.entities, own.namingStrategy)
    this.#client = client
    this.#log = new StatementLog(own.logging, own.slowQueryThreshold, own.logger)
    const keyspace = own.keyspace ?? (client as DriverClient).keyspace
    // A keyspace whose statements the driver does not keep prepared needs no plans either.
    const mostKeyspaces = Math.max(100, (client as ClientOptions).maxPrepared ?? 0)
    const plans = new PlanCaches(this.#counters, mostKeyspaces)
    this.#behaviors = new Behaviors(
      (target) => this.#entities.metadataOf(target),
      this,
      own.validate,
    )
    for (const subscriber of own.subscribers ?? []) this.addSubscriber(subscriber)
    const keyspaceNow = (who: string) =>
      typeof keyspace === 'function' ? keyspaceOfCall(keyspace, who) : keyspace
    const session = () => this.#connected
    this.#host = {
      session,
      keyspace,
      mostKeyspaces,
      defaults: own.defaults ?? {},
      pageStateSecret: own.pageStateSecret,
      plans: (metadata, name) => plans.of(metadata, name),
      metadataOf: (target) => this.#entities.metadataOf(target),
      behaviors: this.#behaviors,
    }
    this.schema = new Schema({
      session,
      classes: () => this.entityMetadatas,
      tables: () => this.#entities.tables,
      userTypes: () => this.#entities.userTypes(),
      keyspace: () => keyspaceNow('schema'),
      replication: own.createKeyspace?.replication,
      naming: own.namingStrategy,
      migrationsTable: own.migrationsTable ?? defaultMigrationsTable,
    })
    this.migrations = new Migrations(
      migrationSourceOf(own, this.#log, this, this.#host, () => keyspaceNow('migrations')),
    )
  }

  /**
   * Builds the metadata of all entities and connects. Creates the keyspace and the tables if the options say so. Calls at
   * the same time share one start; after `destroy` it connects again.
   *
   * Throws `DeclarationError` before anything is sent, `ExecutionError` if no server can be used, and `SchemaError` if
   * the cluster differs from the classes and `validateSchema` refuses that. Throws `MigrationError` if the migrations of
   * `migrationsRun` fail.
   */
  async initialize(): Promise<this> {
    if (this.isInitialized) return this
    this.#starting ??= this.#restart().finally(() => {
      this.#starting = undefined
    })
    return this.#starting
  }

  async #restart(): Promise<this> {
    await this.#ending
    return this.#start()
  }

  async #start(): Promise<this> {
    const metadatas = await this.#entities.load()
    const isValidated = [this.#own, ...metadatas].some(({ validate = false }) => validate !== false)
    if (isValidated) requireValidator()
    this.registerPlain()
    await createKeyspace(this.#own, this.#host.keyspace, this.#client, this.#log)
    const session = await Session.open(this.#client, this.#log, this.#own.directRows, {
      counters: this.#counters,
      telemetry: this.#own.telemetry === false ? undefined : this.#own.telemetry,
    })
    this.#session = session
    this.#isDestroyed = false
    session.onDrop((name) => this.schema.forget(name))
    try {
      if (this.#own.migrationsRun === true) await runAtStart(() => this.migrations.run())
      if (this.#own.synchronize === true) await this.schema.sync()
      await checkSchema(
        this.#own.validateSchema ?? 'off',
        () => this.schema.validate(),
        (message) => this.#log.warn(message),
      )
    } catch (error) {
      await this.#close(0)
      throw error
    }
    return this
  }

  /**
   * @internal Tells class-transformer of the entities. Classes of one table are found as they are imported, and
   * class-transformer may be loaded later than the entities: Nest calls this again when the application has started.
   */
  registerPlain(): void {
    for (const metadata of this.entityMetadatas) {
      registerPlain(metadata)
      for (const { target } of metadata.inheritance?.classes ?? []) {
        registerPlain(this.#entities.metadataOf(target))
      }
    }
  }

  /**
   * Closes the connections that `initialize` opened, and waits for an `initialize` that is under way. New calls are refused
   * with an `ExecutionError`. Requests under way, and the further pages of reads, have `drainTimeout` milliseconds to
   * finish; then they fail. No socket, timer or listener is left. An existing client that was passed stays open.
   * `initialize` connects again.
   */
  async destroy(): Promise<void> {
    // Nothing is awaited unless it must be, so that no call gets in between.
    if (this.#ending !== undefined) await this.#ending
    if (this.#starting !== undefined) await this.#starting.catch(() => undefined)
    if (this.#session !== undefined) this.#isDestroyed = true
    await this.#close(this.#own.drainTimeout ?? 10_000)
  }

  async #close(drainTimeout: number): Promise<void> {
    const session = this.#session
    this.#ending ??= session?.shutdown(drainTimeout).finally(() => {
      this.#session = undefined
      this.#ending = undefined
    })
    await this.#ending
  }

  /** Calls `destroy`: `await using db = await new DataSource(…).initialize()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.destroy()
  }

  /** `true` from the end of `initialize` to `destroy`. */
  get isInitialized(): boolean {
    const isChanging = this.#starting !== undefined || this.#ending !== undefined
    return this.#session !== undefined && !isChanging
  }

  /**
   * The counters since the data source was made: requests, failures, rows, cached plans. Each read returns a new
   * copy.
   *
   * ```ts
   * const { requests, planCacheMisses } = db.statistics
   * console.log(requests, planCacheMisses)
   * ```
   */
  get statistics(): Statistics {
    return this.#session?.statistics ?? this.#counters.statistics(0)
  }

  /** The driver's client. Throws `ExecutionError` before `initialize`. */
  get client(): DriverClient {
    return this.#connected.client
  }

  /** The metadata of all entities, in the order of `entities`. */
  get entityMetadatas(): readonly EntityMetadata[] {
    return this.#entities.metadatas
  }

  /**
   * Returns the repository of an entity, always the same one. It can be called before `initialize`.
   *
   * Throws `StatementError` for a view, and for a class that is not among the entities.
   *
   * ```ts
   * const products = db.getRepository(Product)
   * await products.findOneBy({ id })
   * ```
   */
  getRepository<E extends object>(target: Class<E>): Repository<E> {
    return this.#repositories.get<Repository<E>>(Repository, target, requireWritable)
  }

  /**
   * Returns the repository of a materialized view, always the same one; it only reads. Throws `StatementError` for a
   * class that is not a view, or that is not among the entities.
   *
   * ```ts
   * const byBrand = db.getViewRepository(ProductByBrand)
   * await byBrand.findBy({ brand: 'Acme' })
   * ```
   */
  getViewRepository<E extends object>(view: Class<E>): ReadRepository<E> {
    return this.#repositories.get<ReadRepository<E>>(ReadRepository, view, requireView)
  }

  /**
   * Returns the repository of an entity with counters, always the same one. Throws `StatementError` for a class without
   * counters, or that is not among the entities.
   *
   * ```ts
   * await db.getCounterRepository(Hits).increment({ page }, { views: 1n })
   * ```
   */
  getCounterRepository<E extends object>(target: Class<E>): CounterRepository<E> {
    return this.#repositories.get<CounterRepository<E>>(CounterRepository, target, requireCounters)
  }

  /**
   * Returns the instance of a custom repository, always the same one. Throws `StatementError` for a class without
   * `@EntityRepository()`, and if its entity is not among the entities.
   *
   * ```ts
   * @EntityRepository(Product)
   * class ProductRepository extends Repository<Product> {
   *   ofBrand(brand: string) {
   *     return this.findBy({ brand })
   *   }
   * }
   * const acme = await db.getCustomRepository(ProductRepository).ofBrand('Acme')
   * ```
   */
  getCustomRepository<R extends Pick<ReadRepository<object>, 'metadata'>>(repository: Class<R>): R {
    const { entity, require } = describeRepository(repository)
    return this.#repositories.get(repository as RepositoryClass<R>, entity, require)
  }

  /**
   * Returns an empty batch, to be filled and executed once. Throws `StatementError` for an option that does not exist.
   *
   * ```ts
   * await db.batch().insert(Product, product).delete(Product, { id }).execute()
   * ```
   */
  batch(options: BatchOptions = {}): Batch {
    return new Batch(
      this.#host,
      (target) => this.#repositories.contextOf(target, requireWritable),
      options,
    )
  }

  /**
   * Executes hand-written CQL and returns its rows, from all pages, as plain objects. The keys are the names of the
   * result's columns, the values are those of properties of these types, or `null`. A conditional write returns a row
   * with `[applied]`, any other write returns no row.
   *
   * Each value is checked against its type before anything is sent. Throws `ValueError` for a value that does not fit,
   * and `StatementError` for a string instead of a `cql` fragment. The driver may send a write again after a timeout
   * only with `isIdempotent: true`.
   *
   * ```ts
   * const rows = await db.query<{ brand: string; n: bigint }>(
   *   cql`SELECT brand, count(*) AS n FROM ${cql.table(Product)} WHERE ${cql.column(Product, 'brand')} = ${brand}`,
   * )
   * ```
   */
  async query<Row = Record<string, unknown>>(
    fragment: CqlFragment,
    options: ExecuteOptions = {},
  ): Promise<Row[]> {
    requireFragment(fragment)
    requireOptions('DataSource', 'db.query', options)
    const result = await executeRaw(
      {
        session: this.#connected,
        metadataOf: (target) => this.#entities.metadataOf(target),
        keyspaceOf: (metadata) => keyspaceOf(metadata, this.#host),
      },
      fragment,
      mergeOptions(options, this.#host.defaults),
    )
    return plainRows(result) as Row[]
  }

  /**
   * Adds a subscriber, a class with `@EventSubscriber()` or an instance of one, after the existing ones. A subscriber that
   * is added twice is called once. Throws `DeclarationError` if it is not a subscriber.
   */
  addSubscriber(subscriber: EntitySubscriber<never> | Class<EntitySubscriber<never>>): void {
    this.#behaviors.subscribe(buildSubscription(subscriber))
  }

  /** The subscribers, in the order in which they are called. */
  get subscribers(): readonly object[] {
    return this.#behaviors.subscribers
  }

  /** Sends a small query. Throws `ExecutionError` if the server does not answer. */
  async ping(): Promise<void> {
    await this.#connected.ping()
  }

  /** Returns the context that all calls for an entity share, always the same one. */
  #contextOf(target: Class): RepositoryContext {
    const metadata = this.#entities.metadataOf(target)
    this.#entities.requireListed(metadata)
    const context = this.#contexts.get(metadata) ?? new RepositoryContext(this.#host, metadata)
    this.#contexts.set(metadata, context)
    return context
  }

  get #connected(): Session {
    if (this.#session === undefined) {
      throw new ExecutionError(
        'connection',
        this.#isDestroyed
          ? 'the data source was destroyed; await db.initialize() to connect again'
          : 'the DataSource is not initialized; await db.initialize() first',
        {},
      )
    }
    return this.#session
  }
}

declare module '../migration/migration-context' {
  // The class is on a floor above the steps of migrations, whose functions get the data source.
  interface MigrationDataSource extends DataSource {}
}
