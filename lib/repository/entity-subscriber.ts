import type { CqlFragment } from '../cql/cql-tag'
import type { ExecuteOptions } from '../driver/execute-options'
import type { Class, HookHandlers } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Batch } from './batch/batch'
import type { BatchOptions } from './options/batch-options'
import type { Repository } from './repository'

/** The event that a subscriber receives. */
export interface EntityEvent<E extends object = object> {
  /** The entity itself. Changes that a `before…` method makes are written. */
  readonly entity: E
  /** The metadata of the entity's class. */
  readonly metadata: EntityMetadata
  /** The data source that writes or reads the entity; use it for further writes. */
  readonly dataSource: EventDataSource
}

/** The methods of `DataSource` that a subscriber can call. */
export interface EventDataSource {
  /** Returns the repository of an entity. */
  getRepository<T extends object>(target: Class<T>): Repository<T>
  /** Returns an empty batch. */
  batch(options?: BatchOptions): Batch
  /** Executes CQL written by hand and returns its rows. */
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
