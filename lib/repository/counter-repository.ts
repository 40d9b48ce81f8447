import type { ExecuteOptions } from '../driver/execute-options'
import type { CounterDeltas, DeleteWhere, UpdateWhere } from '../statement/where'
import { bindEntity } from './write/bind-entity'
import { bindCount, bindDelete } from './write/bind-write'
import { sendWrite } from './write/send-write'
import { needsPreparing, writeEntity } from './write/write-entity'
import type { CounterDeleteOptions, CounterOptions } from './options/write-options'
import { ownContext } from './own-context'
import { ReadRepository } from './read-repository'
import { requireOptions } from './options/require-options'

/**
 * The reads of an entity with counters, and the changes of counters. A change is not safe to send twice, so the driver
 * does not retry it. Changes take no TTL, timestamp or condition.
 *
 * ```ts
 * const hits = db.getCounterRepository(Hits)
 * await hits.increment({ page }, { views: 1n })
 * ```
 */
export class CounterRepository<E extends object> extends ReadRepository<E> {
  /**
   * Adds to counters of the row with this key, which need not exist. Undefined counters stay unchanged.
   * `UPDATE … SET "views" = "views" + ? WHERE "page" = ?`
   *
   * ```ts
   * await hits.increment({ page }, { views: 1n, visitors: 1n })
   * ```
   */
  async increment(
    where: UpdateWhere<E>,
    by: CounterDeltas<E>,
    options: CounterOptions = {},
  ): Promise<void> {
    requireOptions(this[ownContext].metadata.name, 'increment', options)
    await sendWrite(bindCount(this[ownContext].ofCall, 'increment', where, by), options)
  }

  /** Subtracts from counters; see `increment`. `UPDATE … SET "views" = "views" - ? WHERE "page" = ?` */
  async decrement(
    where: UpdateWhere<E>,
    by: CounterDeltas<E>,
    options: CounterOptions = {},
  ): Promise<void> {
    requireOptions(this[ownContext].metadata.name, 'decrement', options)
    await sendWrite(bindCount(this[ownContext].ofCall, 'decrement', where, by), options)
  }

  /**
   * Deletes a row, a partition or a range, or only some `columns`. A deleted counter cannot be used again: Cassandra
   * can lose its increments.
   */
  async delete(where: DeleteWhere<E>, options: CounterDeleteOptions<E> = {}): Promise<void> {
    requireOptions(this[ownContext].metadata.name, 'delete of counters', options)
    await sendWrite(bindDelete(this[ownContext].ofCall, { ...options, where }), options)
  }

  /** Deletes the row that has the key of the entity; see `delete`. */
  async remove(entity: E, options: CounterOptions = {}): Promise<void> {
    requireOptions(this[ownContext].metadata.name, 'remove of counters', options)
    const context = this[ownContext].ofCall
    if (needsPreparing(context, options)) {
      await writeEntity(context, 'remove', entity, options)
      return
    }
    await sendWrite(bindEntity(context, 'remove', entity, options), options)
  }

  /** Deletes every row of the table. `TRUNCATE TABLE …` */
  async truncate(options: ExecuteOptions = {}): Promise<void> {
    requireOptions(this[ownContext].metadata.name, 'truncate', options)
    await this[ownContext].ofCall.truncate(options)
  }
}
