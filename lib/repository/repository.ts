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
} from './options/write-options'
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
import type { ForeignWrites } from './foreign-methods'
import { ReadRepository } from './read-repository'
import { ownContext } from './own-context'
import type { RepositoryContext } from './repository-context'
import { requireOptions } from './options/require-options'
import { isConstrained, validateAtOnce, validateEntity } from '../validation/validate-entity'

/** The number of failures after which the rest of a source would probably fail as well. */
const maxFailures = 100

/**
 * The compiler infers `new Set()` in an entity when it tries the first signature of `save`, which is for arrays: this type
 * tells it there what the properties of an entity are. Every array has it.
 */
type PropertiesOf<E> = { readonly [K in Exclude<keyof E, keyof (readonly E[])>]?: E[K] }

declare const noCondition: unique symbol

/**
 * Options without `if`: no value fits it. But the compiler keeps the type of `Fields()` that it infers for the first
 * signature, so each signature must say what an `if` can hold.
 */
type Unconditional<E, O> = Omit<O, 'if'> & {
  readonly if?: (IfConditions<E> & { readonly [noCondition]: never }) | undefined
}

// oxlint-disable-next-line no-unsafe-declaration-merging, no-unused-vars -- it declares what does not exist
export interface Repository<E extends object> extends ForeignWrites {}
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
   * Returns an instance with the initializers of the class, the defaults of the columns, and `properties`. A property that
   * is undefined keeps its initializer. Sends nothing. Throws `StatementError` for a property that is not a column.
   *
   * ```ts
   * const product = products.create({ id: Uuid.random(), name: 'Anvil' })
   * ```
   */
  create(properties: Partial<E> = {}): E {
    const metadata = this[ownContext].metadata
    requireObject(metadata, properties, 'create')
    const construct = constructionOf(metadata, properties)
    const created = construct === undefined ? instantiate(metadata, properties) : {}
    const given = properties as Readonly<Record<string, unknown>>
    for (const property of Object.keys(given)) {
      const column = columnOf(metadata, property, 'create')
      if (given[property] !== undefined) created[column.property] = given[property]
    }
    nameClass(metadata, created)
    applyDefaults(this[ownContext], created)
    const made = construct === undefined ? created : construct.make(created)
    noteGiven(this[ownContext], made, (property) => Object.hasOwn(given, property))
    return made as E
  }

  /**
   * Converts a plain value, such as the body of a request or the result of `toPlain`, to an entity. Calls the constructor,
   * then sets the properties that the value has, in their property types. Other properties keep their initializers, except
   * columns that `toPlain` omits, which are undefined. Sends nothing.
   *
   * Throws one `ValidationError` with everything that is wrong: properties that the class does not accept, values of
   * another type, broken constraints of class-validator, each with its path. Throws `StatementError` for a class with an
   * asynchronous constraint: use `fromPlainAsync`.
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

  /** Does the same as `fromPlain` and waits for asynchronous constraints. */
  async fromPlainAsync(plain: unknown, options?: PlainOptions): Promise<E> {
    const { entity, shape, groups } = fromPlain(this[ownContext], plain, options)
    if (isConstrained(shape)) await validateEntity(shape, entity, { groups })
    return entity as E
  }

  /**
   * Writes the properties that are set, whether the row exists or not, and returns the entity. `undefined` leaves a column
   * as it is, `null` deletes it. `INSERT INTO … (…) VALUES (?, …) USING TTL ? AND TIMESTAMP ?`
   *
   * If the class tracks changes, an entity that was read or written here before is an update of the changed properties,
   * or nothing. If the class has a version, the write is conditional on it: throws `OptimisticLockError` if the row has
   * changed since it was read.
   *
   * An array is one statement for each entity, with at most `concurrency` statements under way. If some fail, the others
   * are written, and a `MassWriteError` names those that failed.
   *
   * ```ts
   * await products.save(product, { ttl: 3600 })
   * await products.save([product], { concurrency: 8 })
   * ```
   */
  async save(entities: readonly E[] & PropertiesOf<E>, options?: SaveManyOptions): Promise<E[]>
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
   * Saves all entities of a source of any length, such as an async generator. Asks for the next entity only if fewer than
   * `concurrency` statements are under way. Returns the number of written entities.
   *
   * Throws `MassWriteError` if some entities could not be written: at the end, or after 100 failures, which end the save.
   * Throws the error of the source, or the reason of the signal, when the statements under way have finished.
   *
   * To resume a save that ended early, skip the first `through` entities of the source. The `MassWriteError` and the last
   * call of `onProgress` have this number.
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
   * Writes a row as `save` does, after setting undefined properties to the defaults of their columns. With `ifNotExists`
   * it writes only if the row does not exist: `INSERT INTO … VALUES (…) IF NOT EXISTS`. If the row exists, `existing` of
   * the result is the stored entity. An entity with a version is always written with this condition; without
   * `ifNotExists` a row that exists is an `OptimisticLockError`.
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
   * Sets columns of the rows with this key, whether the rows exist or not. If only static columns change, `where` is the
   * partition key. `UPDATE … USING TTL ? AND TIMESTAMP ? SET "price" = ? WHERE "id" = ?`
   *
   * ```ts
   * await products.update({ id }, { price: 42, description: null })
   * ```
   *
   * A row that only updates have written disappears with its last value; a row that `save` or `insert` wrote stays.
   *
   * If the entity has a version, `if` must name it: `{ if: { version: 3 } }`. The update sets the next version.
   *
   * With `if` or `ifExists` the update concerns one row and is applied only if the row meets the conditions:
   * `UPDATE … IF "brand" = ?`. Otherwise `existing` of the result has the columns that the conditions name, or is `null`
   * if the row does not exist. `Not()` and `IsNull()` hold for a row that does not exist; the update then creates it.
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
   * Deletes a row by its whole key, a partition, or a range of clustering keys; with `columns` only these columns.
   * `DELETE FROM … USING TIMESTAMP ? WHERE …`
   *
   * With `if` or `ifExists` it concerns one row, as in `update`: `DELETE FROM … WHERE … IF "brand" = ?`
   *
   * ```ts
   * await products.delete({ id })
   * await products.delete({ id }, { columns: ['description'] })
   * ```
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
   * Deletes the row of an entity by its key, with `if` or `ifExists` as in `delete`. If the entity has a version, deletes
   * only the row of that version: throws `OptimisticLockError` if the row has changed since it was read.
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

  /** Deletes all rows of the table: `TRUNCATE TABLE …`. */
  async truncate(options: ExecuteOptions = {}): Promise<void> {
    requireOptions(this[ownContext].metadata.name, 'truncate', options)
    refuseTruncate(this[ownContext].metadata)
    await this[ownContext].ofCall.truncate(options)
  }
}

async function saveEach(
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
      // More would be refused by the driver, and wait for its timeout at most.
      concurrency: Math.min(concurrency, context.host.session().maxConcurrency),
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
