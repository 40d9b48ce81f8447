import { mergeOptions } from '../../driver/execute-options'
import type { TypedName } from '../../driver/internals/data-type'
import { StatementError } from '../../errors/errors'
import { requireObject } from '../../statement/column-of'
import type { Class } from '../../metadata/declaration'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { compileRowReader } from '../../plan/row-reader'
import { microsecondsOf } from '../../statement/clause/using-clause'
import type { Changes, CounterDeltas, DeleteWhere, UpdateWhere } from '../../statement/where'
import type {
  BatchDeleteOptions,
  BatchInsertOptions,
  BatchOptions,
  BatchRemoveOptions,
  BatchResult,
  BatchSaveOptions,
  BatchUpdateOptions,
} from '../options/batch-options'
import { requireBatch } from './batch-rules'
import { warnOfSize } from './batch-warning'
import { type EntityVerb, bindEntity } from '../write/bind-entity'
import { type BoundWrite, bindCount, bindDelete, bindUpdate } from '../write/bind-write'
import { isApplied } from '../write/lwt-result'
import { writtenBy } from '../write/send-write'
import { markWritten } from '../write/written-entity'
import {
  needsPreparing,
  needsPreparingUpdates,
  prepareUpdate,
  prepareWrite,
} from '../write/write-entity'
import type { RepositoryContext, RepositoryHost } from '../repository-context'
import { requireOptions } from '../options/require-options'
import { type WrittenRows, writtenRows } from './written-rows'

/** A bound write of the batch. */
interface Part {
  readonly writes: readonly BoundWrite[]
  /**
   * The rows that the write concerns, at the time when it was added. For an insert they are computed on demand,
   * because its entity was copied.
   */
  readonly written: readonly WrittenRows[] | undefined
  /** The entity of a write that needs no preparing. */
  readonly entity?: object
  /** A function to call after the batch was applied, for a prepared write. */
  readonly finish?: () => Promise<void>
}

/** Makes a write when the batch is executed, from the entity as it is then. `now` is the same for all of them. */
type Pending = (now: Date) => Promise<Part>

/**
 * Collects writes of several entities that are sent together. Each write is checked when it is added, and all
 * together before they are sent. Hooks run when the batch is executed, in the order in which their entities were
 * added; their results are checked then. Use a batch for rows that must change together, not for speed: `save` of an
 * array writes many rows faster.
 *
 * ```ts
 * const batch = db.batch()
 * batch.insert(Product, product).update(Product, { id }, { price: 1 }).delete(Product, { id: other })
 * await batch.execute()
 * ```
 *
 * All writes have one timestamp, whatever their order. If two of them write the same column of a row, the greater
 * value wins; a deletion wins over any value. Such batches are refused unless both writes have a timestamp.
 */
export class Batch {
  readonly #added: (Part | Pending)[] = []
  readonly #contextOf: (target: Class) => RepositoryContext
  readonly #timestamp: bigint | undefined
  #isExecuted = false
  #isSent = false

  /** @internal Batches are made by `DataSource.batch`. */
  constructor(
    private readonly host: RepositoryHost,
    contextOf: (target: Class) => RepositoryContext,
    private readonly options: BatchOptions,
  ) {
    requireOptions('DataSource', 'batch', options)
    // Most batches are of one entity, or of a few.
    const contexts = new Map<Class, RepositoryContext>()
    this.#contextOf = (target) => {
      const context = contexts.get(target) ?? contextOf(target)
      contexts.set(target, context)
      return context.ofCall
    }
    const { timestamp } = options
    this.#timestamp = timestamp === undefined ? undefined : microsecondsOf(timestamp)
  }

  /** Adds the insert of an entity. Undefined properties take the defaults of their columns. */
  insert<E extends object>(
    target: Class<E>,
    entity: NoInfer<E>,
    options: BatchInsertOptions = {},
  ): this {
    return this.#addEntity('insert', target, entity, options)
  }

  /** Adds the save of an entity. Columns of undefined properties stay unchanged. */
  save<E extends object>(
    target: Class<E>,
    entity: NoInfer<E>,
    options: BatchSaveOptions = {},
  ): this {
    return this.#addEntity('save', target, entity, options)
  }

  /** Adds an update of the rows with this key. */
  update<E extends object>(
    target: Class<E>,
    where: UpdateWhere<NoInfer<E>>,
    changes: Changes<NoInfer<E>>,
    options: BatchUpdateOptions<NoInfer<E>> = {},
  ): this {
    const context = this.#contextOf(target)
    requireOptions(context.metadata.name, 'batch.update', options)
    const request = { ...options, where, changes }
    const write = bindUpdate(context, request)
    if (!needsPreparingUpdates(context, options)) return this.#add(write)
    return this.#defer(async (now) =>
      partOf(bindUpdate(context, await prepareUpdate(context, request, now))),
    )
  }

  /** Adds an increment of counters. */
  increment<E extends object>(
    target: Class<E>,
    where: UpdateWhere<NoInfer<E>>,
    by: CounterDeltas<NoInfer<E>>,
  ): this {
    return this.#add(bindCount(this.#contextOf(target), 'increment', where, by))
  }

  /** Adds a decrement of counters. */
  decrement<E extends object>(
    target: Class<E>,
    where: UpdateWhere<NoInfer<E>>,
    by: CounterDeltas<NoInfer<E>>,
  ): this {
    return this.#add(bindCount(this.#contextOf(target), 'decrement', where, by))
  }

  /** Adds a delete of a row, a partition or a range. */
  delete<E extends object>(
    target: Class<E>,
    where: DeleteWhere<NoInfer<E>>,
    options: BatchDeleteOptions<NoInfer<E>> = {},
  ): this {
    const context = this.#contextOf(target)
    requireOptions(context.metadata.name, 'batch.delete', options)
    return this.#add(bindDelete(context, { ...options, where }))
  }

  /** Adds the removal of the row that has the key of the entity. */
  remove<E extends object>(
    target: Class<E>,
    entity: NoInfer<E>,
    options: BatchRemoveOptions<NoInfer<E>> = {},
  ): this {
    return this.#addEntity('remove', target, entity, options)
  }

  /**
   * Sends all writes, once. A batch with conditions is applied as a whole or not at all, and the result says which.
   * An empty batch sends nothing. Name the entity to get the type of the existing rows: `execute<Product>()`.
   *
   * Throws `StatementError` before anything is sent for combinations that Cassandra refuses: counters together with
   * other columns, conditions over several partitions, two kinds of condition on one row.
   */
  async execute<E extends object = Record<string, unknown>>(): Promise<BatchResult<E>> {
    this.#requireOpen()
    const pending = this.#added.some((each) => typeof each === 'function')
    // Hooks may take their time, in which nothing can be added; what was refused can be executed again.
    this.#isExecuted = pending
    try {
      const parts = pending ? await this.#prepare() : (this.#added as readonly Part[])
      const result = await this.#send<E>(parts)
      if (result.applied) await finishParts(parts)
      return result
    } catch (error) {
      this.#isExecuted = this.#isSent
      throw error
    }
  }

  /** One after another, in the order in which they were added. */
  async #prepare(): Promise<readonly Part[]> {
    const now = new Date()
    const parts: Part[] = []
    for (const each of this.#added) {
      parts.push(typeof each === 'function' ? await each(now) : each)
    }
    return parts
  }

  async #send<E extends object>(parts: readonly Part[]): Promise<BatchResult<E>> {
    const writes = writesOf(parts)
    const written = () => parts.flatMap((part) => part.written ?? part.writes.flatMap(writtenRows))
    const timestamp = this.#timestamp
    const kind = requireBatch(writes, written, {
      logged: this.options.logged,
      hasTimestamp: timestamp !== undefined,
    })
    const [first] = writes
    const session = first === undefined ? undefined : this.host.session()
    this.#isSent = true
    this.#isExecuted = true
    if (session === undefined) return { applied: true, existing: [] }
    warnOfSize(writes, written)
    const conditional = writes.find(({ plan }) => plan.statement.isConditional)
    const { rows, columns = [] } = await session.executeBatch({
      kind,
      statements: writes.map(({ context, plan, params }) => context.inBatch(plan, params)),
      partitionKey: first?.plan.routingKey?.(first.params),
      entity: [...new Set(writes.map(({ context }) => context.metadata.name))].join(', '),
      isIdempotent: writes.every(({ plan }) => plan.statement.isIdempotent),
      isConditional: conditional !== undefined,
      options: mergeOptions(this.options, this.host.defaults),
      ...(timestamp === undefined ? {} : { timestamp }),
    })
    if (conditional === undefined || isApplied(rows[0] ?? {}))
      return { applied: true, existing: [] }
    return { applied: false, existing: readExisting(conditional, rows, columns) }
  }

  #add(write: BoundWrite, entity?: object): this {
    this.#requireOpen()
    const part = partOf(write)
    const isMarked = entity !== undefined && write.context.collections.length > 0
    this.#added.push(isMarked ? { ...part, entity } : part)
    return this
  }

  #defer(pending: Pending): this {
    this.#requireOpen()
    this.#added.push(pending)
    return this
  }

  #addEntity(verb: EntityVerb, target: Class, entity: object, options: object): this {
    const context = this.#contextOf(target)
    const { metadata } = context
    requireOptions(metadata.name, `batch.${verb}`, options)
    if (!needsPreparing(context, options)) {
      // This write is compared with the rest of the batch later, when the entity may have changed.
      return this.#add(
        bindEntity(context, verb, entity, options, 'copy'),
        verb === 'remove' ? undefined : entity,
      )
    }
    requireObject(metadata, entity, 'an entity')
    refuseVersion(metadata, verb)
    return this.#defer(async (now) => {
      const { write, finish } = await prepareWrite(context, verb, entity, options, now)
      return { ...partOf(write), finish }
    })
  }

  #requireOpen(): void {
    if (!this.#isExecuted) return
    throw new StatementError(
      'the batch was executed, which is done once; make another with db.batch()',
    )
  }
}

/**
 * Refuses a versioned entity: its write needs a result for its own row, and the result of a batch covers all of its
 * rows.
 */
function refuseVersion({ name, version }: EntityMetadata, verb: EntityVerb): void {
  if (version === undefined) return
  throw new StatementError(
    `${name} has a version, so ${verb} of it is conditional and cannot be in a batch; call ${verb}() of its repository, ` +
      `or put update(${name}, where, changes, { if: { ${version.property} } }) into the batch`,
  )
}

function partOf(write: BoundWrite | undefined): Part {
  if (write === undefined) return { writes: [], written: [] }
  const { isVoid, more, request } = write
  const writes =
    !isVoid && more.length === 0 ? [write] : [write, ...more].filter((each) => !each.isVoid)
  return { writes, written: 'entity' in request ? undefined : writes.flatMap(writtenRows) }
}

async function finishParts(parts: readonly Part[]): Promise<void> {
  for (const { finish, entity, writes } of parts) {
    if (finish !== undefined) await finish()
    const [write] = writes
    if (entity !== undefined && write !== undefined) {
      markWritten(write.context, entity, writtenBy(write) ?? entity)
    }
  }
}

function writesOf(parts: readonly Part[]): readonly BoundWrite[] {
  const all: BoundWrite[] = []
  for (const { writes } of parts) for (const write of writes) all.push(write)
  return all
}

/**
 * The stored rows: keys, and what the conditions name. A row without a partition key is one that does not
 * exist: ScyllaDB answers with a row for every statement.
 */
function readExisting(
  { context: { metadata, known } }: BoundWrite,
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly TypedName[],
): object[] {
  const stored = rows.filter((row) =>
    metadata.partitionKey.every(({ name }) => row[name] !== null && row[name] !== undefined),
  )
  const selectors = metadata.columns.filter(
    ({ name, selected }) => selected && name in (stored[0] ?? {}),
  )
  const reading = { selectors, isProjection: true, table: known }
  const reader = compileRowReader(metadata, reading, 'closures')
  return stored.map((row) => reader.fromDriverRow(row, columns) as object)
}
