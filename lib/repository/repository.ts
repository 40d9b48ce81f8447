import type { ExecuteOptions } from '../driver/execute-options'
import { StatementError } from '../errors/errors'
import { qualified } from '../cql/identifier'
import { type Plan, matchesNothing } from '../plan/plan'
import { columnOf, requireObject } from '../statement/column-of'
import { buildDelete, shapeOfDelete } from '../statement/delete'
import { buildInsert, shapeOfInsert } from '../statement/insert'
import { buildUpdate, shapeOfUpdate } from '../statement/update'
import type { Changes, DeleteWhere, UpdateWhere } from '../statement/where'
import { defaultOf } from './default-of'
import type {
  DeleteOptions,
  RepositoryDefaults,
  SaveManyOptions,
  WriteOptions,
} from './find-options'
import { writeAll } from './mass-write'
import { ReadRepository } from './read-repository'
import type { RepositoryContext } from './repository-context'
import { requireOptions } from './require-options'

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
    const { entity } = this.context
    requireObject(entity, properties, 'create')
    const created = new (entity.target as new () => Record<string, unknown>)()
    for (const [property, value] of Object.entries(properties)) {
      created[columnOf(entity, property, 'create').property] = value
    }
    this.#applyDefaults(created)
    return created as E
  }

  /**
   * Writes what is set, whether the row exists or not; returns what was given. `undefined` leaves a column as
   * it is, `null` deletes it. `INSERT INTO … (…) VALUES (?, …) USING TTL ? AND TIMESTAMP ?`
   *
   * Of many, each is a statement of its own, `concurrency` of them under way at once. When some fail the
   * others are written all the same, and a `MassWriteError` tells which.
   */
  async save(entities: readonly E[], options?: SaveManyOptions): Promise<readonly E[]>
  async save(entity: E, options?: WriteOptions): Promise<E>
  async save(given: E | readonly E[], options: SaveManyOptions = {}): Promise<E | readonly E[]> {
    const { entity } = this.context
    if (!Array.isArray(given)) {
      requireOptions(entity.entity, 'save', options)
      await this.#insert(given as E, options)
      return given
    }
    requireOptions(entity.entity, 'saveMany', options)
    const { concurrency = 32, ...each } = options
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new StatementError(`${entity.entity}: concurrency must be a whole number from 1`)
    }
    await writeAll(entity.entity, given as readonly E[], concurrency, (one) =>
      this.#insert(one, each),
    )
    return given
  }

  /** As `save`, but an undefined property takes its column's default first. */
  async insert(entity: E, options: WriteOptions = {}): Promise<void> {
    requireOptions(this.metadata.entity, 'insert', options)
    requireObject(this.metadata, entity, 'an entity')
    this.#applyDefaults(entity)
    await this.#insert(entity, options)
  }

  /**
   * Sets columns of the rows with this key, whether they exist or not. Changes of static columns alone take
   * the partition key alone. `UPDATE … USING TTL ? AND TIMESTAMP ? SET "price" = ? WHERE "id" = ?`
   *
   * ```ts
   * await products.update({ id }, { price: 42, description: null })
   * ```
   */
  async update(
    where: UpdateWhere<E>,
    changes: Changes<E>,
    options: WriteOptions = {},
  ): Promise<void> {
    const { entity } = this.context
    requireOptions(entity.entity, 'update', options)
    const request = { ...options, where, changes }
    const plan = this.context.plan(shapeOfUpdate(entity, request), (keyspace) =>
      buildUpdate(entity, keyspace, request),
    )
    await this.#write(plan, request, options)
  }

  /**
   * Deletes a row by its whole key, a partition, or a range of clustering keys; with `columns` only those.
   * `DELETE FROM … USING TIMESTAMP ? WHERE …`
   */
  async delete(where: DeleteWhere<E>, options: DeleteOptions<E> = {}): Promise<void> {
    requireOptions(this.metadata.entity, 'delete', options)
    await this.#delete(where, options)
  }

  /** Deletes the entity's row, by the key in it. */
  async remove(entity: E, options: Omit<DeleteOptions<E>, 'columns'> = {}): Promise<void> {
    requireOptions(this.metadata.entity, 'remove', options)
    requireObject(this.metadata, entity, 'an entity')
    const key: Record<string, unknown> = {}
    for (const { property } of [...this.metadata.partitionKey, ...this.metadata.clusteringKey]) {
      const value: unknown = entity[property]
      if (value === undefined || value === null) {
        throw new StatementError(
          `${this.metadata.entity}.${property} belongs to the primary key and needs a value`,
        )
      }
      key[property] = value
    }
    await this.#delete(key, options)
  }

  /** Deletes every row of the table. `TRUNCATE TABLE …` */
  async truncate(options: ExecuteOptions = {}): Promise<void> {
    const { entity, keyspace } = this.context
    requireOptions(entity.entity, 'truncate', options)
    await this.context.executeText(`TRUNCATE TABLE ${qualified(keyspace, entity.table)}`, options)
  }

  /** A repository with these defaults for every call: `products.with({ consistency: 'one' })`. */
  with(defaults: RepositoryDefaults): this {
    requireOptions(this.metadata.entity, 'with', defaults)
    const constructor = this.constructor as new (context: RepositoryContext) => this
    return new constructor(this.context.with(defaults))
  }

  #applyDefaults(target: object): void {
    const properties = target as Record<string, unknown>
    for (const column of this.metadata.columns) {
      if (column.default === undefined || properties[column.property] !== undefined) continue
      properties[column.property] = defaultOf(column)
    }
  }

  async #insert(given: E, options: WriteOptions): Promise<void> {
    const { entity } = this.context
    const request = { ...options, entity: given }
    const plan = this.context.plan(shapeOfInsert(entity, request), (keyspace) =>
      buildInsert(entity, keyspace, request),
    )
    await this.#write(plan, request, options)
  }

  async #delete(where: object, options: DeleteOptions<E>): Promise<void> {
    const { entity } = this.context
    const request = { ...options, where }
    const plan = this.context.plan(shapeOfDelete(entity, request), (keyspace) =>
      buildDelete(entity, keyspace, request),
    )
    await this.#write(plan, request, options)
  }

  async #write(plan: Plan, request: object, options: ExecuteOptions): Promise<void> {
    const params = plan.bind(request)
    if (matchesNothing(plan, request)) return
    await this.context.execute(plan, params, options)
  }
}
