import type { ExecuteOptions } from '../../driver/execute-options'
import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { learnConstructed } from '../../metadata/learn-constructed'
import { requireObject } from '../../statement/column-of'
import type { DeleteRequest, InsertRequest } from '../../statement/requests'
import { discriminate } from '../inheritance/discriminate'
import type { ValidateOptions } from '../options/write-options'
import type { RepositoryContext } from '../repository-context'
import { applyDefaults } from './apply-defaults'
import { type BoundWrite, bindDelete, bindInsert } from './bind-write'
import { isStaticRow, writtenEntity } from './written-entity'

/** The writes of an entity. */
export type EntityVerb = 'insert' | 'save' | 'remove'

/** The options of these writes. */
export type EntityWriteOptions = ExecuteOptions &
  ValidateOptions &
  Omit<InsertRequest, 'entity'> &
  Omit<DeleteRequest, 'where'>

/**
 * Binds a write of an entity that is written as it is: without hooks, dates, a version or tracking. The one way of
 * repositories, batches and counters. With `'copy'` the request holds the entity as it is now.
 */
export function bindEntity(
  context: RepositoryContext,
  verb: EntityVerb,
  entity: object,
  options: EntityWriteOptions,
  holds: 'entity' | 'copy' = 'entity',
): BoundWrite {
  const { metadata } = context
  requireObject(metadata, entity, 'an entity')
  discriminate(metadata, entity)
  if (verb === 'remove') return bindRemove(context, entity, options)
  if (verb === 'insert') applyDefaults(context, entity)
  const written = writtenEntity(context, entity)
  const held = holds === 'copy' && written === entity ? { ...entity } : written
  if (held !== entity) learnConstructed(metadata, entity)
  return bindInsert(context, Object.assign({ entity: held }, options))
}

/** Deletes the row that has the key of the entity; of a row of static columns alone, these columns. */
export function bindRemove(
  context: RepositoryContext,
  entity: object,
  options: EntityWriteOptions,
): BoundWrite {
  const { metadata } = context
  if (!isStaticRow(context, entity)) {
    return bindDelete(context, Object.assign({ where: keyOf(metadata, entity) }, options))
  }
  const where = partitionKeyOf(metadata, entity)
  const columns = metadata.columns.filter(({ kind }) => kind === 'static')
  const properties = columns.map(({ property }) => property)
  return bindDelete(context, Object.assign({ where, columns: properties }, options))
}

/** The primary key of an entity, as a `where`. Throws `StatementError` if a part has no value. */
export function keyOf(metadata: EntityMetadata, entity: object): Key {
  return valuesOf(metadata, metadata.key, entity)
}

/** The partition key of an entity, as a `where`. Throws `StatementError` if a part has no value. */
export function partitionKeyOf(metadata: EntityMetadata, entity: object): Key {
  return valuesOf(metadata, metadata.partitionKey, entity)
}

type Key = Readonly<Record<string, unknown>>

function valuesOf(
  { name }: EntityMetadata,
  columns: readonly ColumnMetadata[],
  entity: object,
): Key {
  const key: Record<string, unknown> = {}
  for (const { property } of columns) {
    const value = (entity as Readonly<Record<string, unknown>>)[property]
    if (value === undefined || value === null) {
      throw new StatementError(`${name}.${property} belongs to the primary key and needs a value`)
    }
    key[property] = value
  }
  return key
}
