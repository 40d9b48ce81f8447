import type { CqlFragment } from '../cql/cql-tag'
import type { ExecuteOptions } from '../driver/execute-options'
import type { Class, HookHandlers } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Batch } from './batch/batch'
import type { BatchOptions } from './options/batch-options'
import type { Repository } from './repository'

/** What a subscriber is told. */
export interface EntityEvent<E extends object = object> {
  /** The entity itself: what a `before…` method changes is written. */
  readonly entity: E
  /** Of the entity's class. */
  readonly metadata: EntityMetadata
  /** Where it is written or read; for writes of your own. */
  readonly dataSource: EventDataSource
}

/** What a subscriber can do with the data source; see `DataSource`. */
export interface EventDataSource {
  getRepository<T extends object>(target: Class<T>): Repository<T>
  batch(options?: BatchOptions): Batch
  query<Row = Record<string, unknown>>(
    fragment: CqlFragment,
    options?: ExecuteOptions,
  ): Promise<Row[]>
}

/**
 * The methods of a class with `@EventSubscriber()`, one for each event, all optional, sync or async: each is called
 * after the entity's own hook of the same name. An error in a `before…` method stops the write.
 */
export interface EntitySubscriber<E extends object = object> extends HookHandlers<EntityEvent<E>> {}
