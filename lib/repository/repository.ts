import type { ExecuteOptions } from '../driver/execute-options'
import { StatementError } from '../errors/errors'
import { columnOf, requireObject } from '../statement/column-of'
import type { IfConditions } from '../statement/if-conditions'
import type { Changes, DeleteWhere, UpdateWhere } from '../statement/where'
import { bindEntity } from './write/bind-entity'
import { bindDelete, bindUpdate } from './write/bind-write'
import { applyDefaults } from './write/apply-defaults'
import { refuseTruncate } from './inheritance/class-write'
import { type EntityChanges, changesOf } from './tracking/entity-changes'
import { constructionOf, instantiate, nameClass } from './inheritance/discriminate'
import type {
  DeleteIfOptions,
  DeleteOptions,
  InsertOptions,
  RemoveIfOptions,
  RemoveOptions,
  SaveAllOptions,
  SaveManyOptions,
  UpdateIfOptions,
  UpdateOptions,
  WriteOptions,
} from './options/find-options'
import {
  needsPreparing,
  needsPreparingUpdates,
  prepareUpdate,
  writeEntity,
} from './write/write-entity'
import type { LwtResult, Outcome } from './write/lwt-result'
import { writeAll } from './write/mass-write'
import { outcomeOf, sendEntity, sendWrite, writtenBy } from './write/send-write'
import { markWritten, noteGiven } from './write/written-entity'
import { fromPlain } from './write/from-plain'
import type { PlainOptions } from './options/plain-options'
import { ReadRepository } from './read-repository'
import { ownContext } from './own-context'
import type { RepositoryContext } from './repository-context'
import { requireOptions } from './options/require-options'
import { isConstrained, validateAtOnce, validateEntity } from '../validation/validate-entity'

/** So many failures say that the rest of a source would fail as well. */
const maxFailures = 100

declare const noCondition: unique symbol

/**
 * Options without `if`: none fits it. But the compiler keeps what it makes of `Fields()` for the first signature that
 * it tries, and so has to learn from each what an `if` may hold.
 */
type Unconditional<E, O> = Omit<O, 'if'> & {
  readonly if?: (IfConditions<E> & { readonly [noCondition]: never }) | undefined
}

/**
 * The reads and writes of an entity.
 *
 * ```ts
 * const products = db.getRepository(Product)
 * await products.save(products.create({ id: Uuid.random(), name: 'Anvil' }))
 * ```
 */
export class Repository<E extends object> extends ReadRepository<E> {
  /**
   * An instance with the class's initialisers and the columns' defaults, then `properties`. Nothing is sent.
   * Throws `StatementError` for a property that is not a column.
   */
  create(properties: Partial<E> = {}): E {
    const metadata = this[ownContext].metadata
    requireObject(metadata, properties, 'create')
    const construct = constructionOf(metadata, properties)
    const created = construct === undefined ? instantiate(metadata, properties) : {}
    const given = properties as Readonly<Record<string, unknown>>
    for (const property of Object.keys(given)) {
      created[columnOf(metadata, property, 'create').property] = given[property]
    }
    nameClass(metadata, created)
    applyDefaults(this[ownContext], created)
    const made = construct === undefined ? created : construct.make(created)
    noteGiven(this[ownContext], made, (property) => Object.hasOwn(given, property))
    return made as E
  }

  /**
   * The entity of a plain value, such as `toPlain` gives and a request has: its constructor is called, then what the
   * value names is read into the properties' types. What the value does not name keeps its initialiser, except for
   * columns that `toPlain` does not give either, which are undefined. Nothing is sent.
   *
   * Throws one `ValidationError` for everything that is wrong with it: properties that the class does not take,
   * values of other types, constraints of class-validator that are broken, each with its path. Throws
   * `StatementError` for a class with an asynchronous constraint, which `fromPlainAsync` waits for.
   *
   * ```ts
   * const product = products.fromPlain(JSON.parse('{ "name": "Anvil", "price": 49.5 }'))
   * ```
   */
  fromPlain(plain: unknown, options?: PlainOptions): E {
    const { entity, shape, groups } = fromPlain(this[ownContext], plain, options)
    if (isConstrained(shape)) validateAtOnce(shape, entity, { groups })
    return entity as E
  }

  /** As `fromPlain`, of a class whose constraints may be asynchronous. */
  async fromPlainAsync(plain: unknown, options?: PlainOptions): Promise<E> {
    const { entity, shape, groups } = fromPlain(this[ownContext], plain, options)
    if (isConstrained(shape)) await validateEntity(shape, entity, { groups })
    return entity as E
  }

  /**
   * Writes what is set, whether the row exists or not; returns what was given. `undefined` leaves a column as
   * it is, `null` deletes it. `INSERT INTO … (…) VALUES (?, …) USING TTL ? AND TIMESTAMP ?`
   *
   * Where the class tracks changes, what was read or written here before is an update of what has changed, and nothing
   * when nothing has. Where it has a version, the write is conditional on it, and an `OptimisticLockError` tells that
   * the row is another one by now.
   *
   * Of many, each is a statement of its own, `concurrency` of them under way at once. When some fail the
   * others are written all the same, and a `MassWriteError` tells which.
   */
  async save(entities: readonly E[], options?: SaveManyOptions): Promise<E[]>
  async save(entity: E, options?: WriteOptions): Promise<E>
  async save(given: E | readonly E[], options: SaveManyOptions = {}): Promise<E | E[]> {
    const metadata = this[ownContext].metadata
    if (!Array.isArray(given)) {
      requireOptions(metadata.name, 'save', options)
      await saveOne(this[ownContext].ofCall, given, options)
      return given as E
    }
    requireOptions(metadata.name, 'saveMany', options)
    await saveEach(this[ownContext].ofCall, given as readonly E[], options)
    return given as E[]
  }

  /**
   * Saves what a source gives, an async generator say, however long it is: the next entity is asked for only when
   * there is room among the `concurrency` statements under way. Gives how many were written.
   *
   * Throws `MassWriteError` when some could not be written: at the end, or after 100 of them, when what the source
   * has left is not written any more. What the source throws, or the signal, is thrown when those under way are
   * finished.
   *
   * ```ts
   * async function* rows() {
   *   for (let i = 0; i < 1000; i++) yield products.create({ id: Uuid.random(), name: `Anvil ${i}` })
   * }
   * await products.saveAll(rows(), { concurrency: 64, onProgress: ({ written }) => console.log(written) })
   * ```
   */
  async saveAll(
    source: Iterable<E> | AsyncIterable<E>,
    options: SaveAllOptions = {},
  ): Promise<number> {
    const { name } = this[ownContext].metadata
    requireOptions(name, 'saveAll', options)
    if (
      typeof source !== 'object' ||
      source === null ||
      !(Symbol.asyncIterator in source || Symbol.iterator in source)
    ) {
      throw new StatementError(`${name}: saveAll takes an iterable or an async iterable`)
    }
    return saveEach(this[ownContext].ofCall, source, options, maxFailures)
  }

  /**
   * As `save`, but an undefined property takes its column's default first. With `ifNotExists` only a row that
   * does not exist is written, and the result tells: `INSERT INTO … VALUES (…) IF NOT EXISTS`. When it exists,
   * `existing` is the stored entity. An entity with a version is always written so; unless `ifNotExists` asks for the
   * result, a row that exists is an `OptimisticLockError`.
   *
   * ```ts
   * const result = await products.insert(product, { ifNotExists: true })
   * if (!result.applied) console.log(result.existing.name)
   * ```
   */
  async insert<const C extends boolean = false>(
    entity: E,
    options: InsertOptions<C> = {},
  ): Promise<Outcome<C, E>> {
    requireOptions(this[ownContext].metadata.name, 'insert', options)
    const context = this[ownContext].ofCall
    if (needsPreparing(context, options)) {
      return (await writeEntity(context, 'insert', entity, options)) as Outcome<C, E>
    }
    const write = bindEntity(context, 'insert', entity, options)
    const outcome = outcomeOf(write, await sendWrite(write, options))
    if (outcome === undefined || outcome.applied) {
      markWritten(context, entity, writtenBy(write) ?? entity)
    }
    return outcome as Outcome<C, E>
  }

  /**
   * Sets columns of the rows with this key, whether they exist or not. Changes of static columns alone take
   * the partition key alone. `UPDATE … USING TTL ? AND TIMESTAMP ? SET "price" = ? WHERE "id" = ?`
   *
   * ```ts
   * await products.update({ id }, { price: 42, description: null })
   * ```
   *
   * A row that updates alone have made is gone with the last of its values; one that `save` or `insert` wrote stays.
   *
   * Of an entity with a version, `if` must name it: `{ if: { version: 3 } }`; the update sets the next one.
   *
   * With `if` or `ifExists` it concerns one row and is applied only when that is as it must be:
   * `UPDATE … IF "brand" = ?`. When it is not, `existing` has what the server tells of the row: the columns
   * that the conditions name, or null when there is no row. `Not()` and `IsNull()` hold for a row that does
   * not exist, which the update then creates.
   *
   * ```ts
   * const result = await products.update({ id }, { price: 42 }, { if: { brand: 'Acme' } })
   * ```
   */
  async update<const C extends boolean = false>(
    where: UpdateWhere<E>,
    changes: Changes<E>,
    options?: Unconditional<E, UpdateOptions<C>>,
  ): Promise<Outcome<C, Partial<E> | null>>
  async update(
    where: UpdateWhere<E>,
    changes: Changes<E>,
    options: UpdateIfOptions<E>,
  ): Promise<LwtResult<Partial<E> | null>>
  async update(where: UpdateWhere<E>, changes: Changes<E>, options: object = {}): Promise<unknown> {
    requireOptions(this[ownContext].metadata.name, 'update', options)
    const context = this[ownContext].ofCall
    const given = Object.assign({ where, changes }, options)
    const request = needsPreparingUpdates(context, options)
      ? await prepareUpdate(context, given)
      : given
    const write = bindUpdate(context, request)
    return outcomeOf(write, await sendWrite(write, options))
  }

  /**
   * Deletes a row by its whole key, a partition, or a range of clustering keys; with `columns` only those.
   * `DELETE FROM … USING TIMESTAMP ? WHERE …`
   *
   * With `if` or `ifExists` it concerns one row, as in `update`: `DELETE FROM … WHERE … IF "brand" = ?`
   */
  async delete<const C extends boolean = false>(
    where: DeleteWhere<E>,
    options?: Unconditional<E, DeleteOptions<E, C>>,
  ): Promise<Outcome<C, Partial<E> | null>>
  async delete(
    where: DeleteWhere<E>,
    options: DeleteIfOptions<E>,
  ): Promise<LwtResult<Partial<E> | null>>
  async delete(where: DeleteWhere<E>, options: object = {}): Promise<unknown> {
    requireOptions(this[ownContext].metadata.name, 'delete', options)
    const write = bindDelete(this[ownContext].ofCall, Object.assign({ where }, options))
    return outcomeOf(write, await sendWrite(write, options))
  }

  /**
   * Deletes the entity's row, by the key in it; with `if` or `ifExists` as in `delete`. Of an entity with a version, only
   * the row of that version, else an `OptimisticLockError`.
   */
  async remove<const C extends boolean = false>(
    entity: E,
    options?: Unconditional<E, RemoveOptions<C>>,
  ): Promise<Outcome<C, Partial<E> | null>>
  async remove(entity: E, options: RemoveIfOptions<E>): Promise<LwtResult<Partial<E> | null>>
  async remove(entity: E, options: object = {}): Promise<unknown> {
    requireOptions(this[ownContext].metadata.name, 'remove', options)
    const context = this[ownContext].ofCall
    if (needsPreparing(context, options)) return writeEntity(context, 'remove', entity, options)
    const write = bindEntity(context, 'remove', entity, options)
    return outcomeOf(write, await sendWrite(write, options))
  }

  /**
   * Returns the properties of an entity that have changed since it was read or written here, each with the stored and
   * the current value; an empty object if nothing has changed. Sends nothing. The entity must have `@Entity({
   * trackChanges: true })`.
   *
   * Throws `StatementError` for an entity that was neither read nor written by a repository of this data source, and
   * for one that was read with `select`.
   *
   * ```ts
   * const product = await products.findOneByOrFail({ id })
   * product.price = 42
   * products.changes(product) // { price: { from: 40, to: 42 } }
   * ```
   */
  changes(entity: E): EntityChanges<E> {
    return changesOf<E>(this[ownContext].ofCall, entity)
  }

  /** Deletes every row of the table. `TRUNCATE TABLE …` */
  async truncate(options: ExecuteOptions = {}): Promise<void> {
    requireOptions(this[ownContext].metadata.name, 'truncate', options)
    refuseTruncate(this[ownContext].metadata)
    await this[ownContext].ofCall.truncate(options)
  }
}

function saveEach(
  context: RepositoryContext,
  source: Iterable<object> | AsyncIterable<object>,
  { concurrency = 32, onProgress, signal, ...options }: SaveAllOptions,
  maxFailures?: number,
): Promise<number> {
  const { metadata } = context
  return writeAll(
    metadata.name,
    source,
    {
      concurrency,
      onProgress,
      signal,
      ...(maxFailures === undefined ? {} : { maxFailures }),
    },
    (one) => saveOne(context, one, options),
  )
}

function saveOne(
  context: RepositoryContext,
  given: object,
  options: WriteOptions,
): Promise<unknown> | undefined {
  if (needsPreparing(context, options)) return writeEntity(context, 'save', given, options)
  const write = bindEntity(context, 'save', given, options)
  return context.collections.length === 0
    ? sendWrite(write, options)
    : sendEntity(write, given, options)
}
