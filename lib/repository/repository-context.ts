import { qualified } from '../cql/identifier'
import { isCollection } from '../cql/type-tree'
import { isKeyspaceName } from '../cql/keyspace-name'
import { type ExecuteOptions, hasExecuteOptions, mergeOptions } from '../driver/execute-options'
import type { BatchExecution, ResultPage } from '../driver/execution'
import type { Session } from '../driver/session'
import { StatementError } from '../errors/errors'
import type { Class } from '../metadata/declaration'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { BoundedCache } from '../plan/bounded-cache'
import { type Plan, compilePlan } from '../plan/plan'
import type { PlanCache } from '../plan/plan-cache'
import type { Statement } from '../statement/statement'
import type { Behavior } from './hooks/behavior'
import type { BehaviorSlot, Behaviors } from './hooks/behaviors'
import type { RepositoryDefaults } from './options/repository-defaults'
import type { KnownEntities } from './tracking/known-entities'

/** A keyspace, or a function that returns the keyspace of the current call; undefined if there is no keyspace. */
export type KeyspaceSource = string | (() => string | undefined)

/** The parts of a data source that a repository needs. */
export interface RepositoryHost {
  /** Throws when the data source is not initialized. */
  session(): Session
  /** The keyspace of entities that do not name one, or the function that returns it; undefined if there is no keyspace. */
  readonly keyspace: KeyspaceSource | undefined
  /** The number of keyspaces of which an entity keeps its plans. */
  readonly mostKeyspaces: number
  readonly defaults: ExecuteOptions
  /** The secret that signs page states; undefined: they are not signed. */
  readonly pageStateSecret: string | undefined
  plans(metadata: EntityMetadata, keyspace: string): PlanCache
  /** The metadata of a class, under the data source's naming strategy. */
  metadataOf(target: Class): EntityMetadata
  /** The hooks, dates and validation of entities. */
  readonly behaviors: Behaviors
}

/** The keyspace of an entity's table: what a call says, the decorator, the data source. */
export function keyspaceOf(
  metadata: EntityMetadata,
  host: RepositoryHost,
  chosen?: string,
): string {
  const keyspace = chosen ?? metadata.keyspace ?? host.keyspace
  if (typeof keyspace === 'function') return keyspaceOfCall(keyspace, metadata.name)
  if (keyspace === undefined) {
    throw new StatementError(
      `${metadata.name} has no keyspace; give the DataSource one, or @Entity({ keyspace })`,
    )
  }
  return keyspace
}

/**
 * Returns the current result of a keyspace function. Throws `StatementError` if it is not a keyspace name; an error
 * of the function is thrown unchanged.
 */
export function keyspaceOfCall(source: () => string | undefined, who: string): string {
  const keyspace = source()
  if (isKeyspaceName(keyspace)) return keyspace
  throw new StatementError(
    `${who}: the keyspace function of the DataSource returned ` +
      `${keyspace === undefined ? 'undefined' : 'something that is not a keyspace name'}; ` +
      'make the call where it knows the keyspace, or name it: with({ keyspace })',
  )
}

/** One entity on one data source, with the defaults of `with`: what all calls of a repository share. */
export class RepositoryContext {
  #plans: PlanCache | undefined
  /** The options of a call that has none of its own. */
  #merged: ExecuteOptions | undefined
  #byKeyspace: BoundedCache<RepositoryContext> | undefined
  readonly #slot: BehaviorSlot
  #known: KnownEntities | undefined
  /** The columns of lists, sets and maps that are not frozen. */
  readonly collections: readonly ColumnMetadata[]
  /** `true` if columns have defaults, those of other classes in the table included. */
  readonly hasDefaults: boolean

  constructor(
    readonly host: RepositoryHost,
    readonly metadata: EntityMetadata,
    private readonly defaults: RepositoryDefaults = {},
  ) {
    this.#slot = host.behaviors.slotOf(metadata)
    this.collections = metadata.columns.filter(({ type }) => isCollection(type))
    this.hasDefaults =
      metadata.inheritance !== undefined ||
      metadata.columns.some((column) => column.default !== undefined)
  }

  /**
   * The context of the call that begins now: this one, unless the keyspace is given by a function. A call asks once and
   * keeps the answer, also for pages that are fetched later.
   */
  get ofCall(): RepositoryContext {
    const { keyspace: source } = this.host
    return typeof source === 'function' && this.isOfCall ? this.#ofCall(source) : this
  }

  /** `true` if each call has its own keyspace. */
  get isOfCall(): boolean {
    return (
      typeof this.host.keyspace === 'function' &&
      this.metadata.keyspace === undefined &&
      this.defaults.keyspace === undefined
    )
  }

  #ofCall(source: () => string | undefined): RepositoryContext {
    const { host, metadata, defaults } = this
    const keyspace = keyspaceOfCall(source, metadata.name)
    this.#byKeyspace ??= new BoundedCache(host.mostKeyspaces)
    return this.#byKeyspace.get(
      keyspace,
      () => new RepositoryContext({ ...host, keyspace }, metadata, defaults),
    )
  }

  with({ keyspace, ...options }: RepositoryDefaults): RepositoryContext {
    const merged = mergeOptions(options, this.defaults)
    const chosen = keyspace ?? this.defaults.keyspace
    return new RepositoryContext(this.host, this.metadata, {
      ...merged,
      ...(chosen === undefined ? {} : { keyspace: chosen }),
    })
  }

  get keyspace(): string {
    return keyspaceOf(this.metadata, this.host, this.defaults.keyspace)
  }

  /** The hooks, dates and validation of the entity; undefined if it is only read and written. */
  get behavior(): Behavior | undefined {
    return this.#slot.behavior
  }

  /** The entities of this table that were read or written here. */
  get known(): KnownEntities {
    this.#known ??= this.host.behaviors.knownOf(this.keyspace, this.metadata)
    return this.#known
  }

  plan(shape: string, build: (keyspace: string) => Statement): Plan {
    this.#plans ??= this.host.plans(this.metadata, this.keyspace)
    return this.#plans.plan(shape, () => this.compilePlan(build(this.keyspace)))
  }

  /** Compiles a plan whose rows remember their absent columns, if entities of the class can be saved. */
  compilePlan(statement: Statement): Plan {
    const { kind, hasCounters } = this.metadata
    return compilePlan(
      this.metadata,
      statement,
      kind === 'table' && !hasCounters ? this.known : undefined,
    )
  }

  execute(
    { statement, reader, types, routingKey }: Plan,
    params: unknown[],
    options: ExecuteOptions,
    pageState?: string,
  ): Promise<ResultPage> {
    const isRead = statement.kind === 'select'
    return this.host.session().execute({
      cql: statement.cql,
      params,
      mayHoldUserTypes: this.metadata.userTypes.length > 0,
      types,
      deletedKey: statement.deletedKey,
      keyspace: this.keyspace,
      entity: this.metadata.name,
      isIdempotent: statement.isIdempotent,
      isConditional: statement.isConditional,
      isPageable: statement.isPageable,
      pageState,
      options: this.merge(options),
      isRead,
      frames: isRead ? reader.frames : undefined,
      partitionKey: routingKey?.(params),
    })
  }

  /** A statement as one of a batch. */
  inBatch({ statement, types }: Plan, params: unknown[]): BatchExecution['statements'][number] {
    return {
      cql: statement.cql,
      params,
      mayHoldUserTypes: this.metadata.userTypes.length > 0,
      types,
      deletedKey: statement.deletedKey,
      keyspace: this.keyspace,
    }
  }

  /** Executes the statements of one write in one request, all or none of them. */
  executeTogether(
    writes: readonly { readonly plan: Plan; readonly params: unknown[] }[],
    options: ExecuteOptions,
  ): Promise<ResultPage> {
    const statements = writes.map(({ plan }) => plan.statement)
    return this.host.session().executeBatch({
      // Within one partition that is atomic without a log; an IN may name several.
      kind: statements.some(({ lists }) => lists.length > 0) ? 'logged' : 'unlogged',
      statements: writes.map(({ plan, params }) => this.inBatch(plan, params)),
      entity: this.metadata.name,
      isIdempotent: statements.every(({ isIdempotent }) => isIdempotent),
      isConditional: statements.some(({ isConditional }) => isConditional),
      options: this.merge(options),
    })
  }

  /** The scope of a query written by hand: its session, and the keyspaces of the entities that it names. */
  get queryScope() {
    return {
      session: this.host.session(),
      metadataOf: (target: Class) => this.host.metadataOf(target),
      keyspaceOf: (metadata: EntityMetadata) =>
        keyspaceOf(metadata, this.host, this.defaults.keyspace),
      entity: this.metadata.name,
    }
  }

  /** `TRUNCATE TABLE …`, unprepared. */
  async truncate(options: ExecuteOptions): Promise<void> {
    await this.host.session().execute({
      cql: `TRUNCATE TABLE ${qualified(this.keyspace, this.metadata.table)}`,
      params: [],
      entity: this.metadata.name,
      isIdempotent: true,
      isConditional: false,
      prepare: false,
      options: this.merge(options),
    })
  }

  /** The call's options before those of `with`, before the data source's. */
  merge(options: ExecuteOptions): ExecuteOptions {
    if (hasExecuteOptions(options)) {
      return mergeOptions(options, this.defaults, this.host.defaults)
    }
    this.#merged ??= mergeOptions(this.defaults, this.host.defaults)
    return this.#merged
  }
}
