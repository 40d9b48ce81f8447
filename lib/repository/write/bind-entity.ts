import type { ExecuteOptions } from '../../driver/execute-options'
import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { requireObject } from '../../statement/column-of'
import type { DeleteRequest, InsertRequest } from '../../statement/requests'
import { discriminate } from '../inheritance/discriminate'
import type { ValidateOptions } from '../options/find-options'
import type { RepositoryContext } from '../repository-context'
import { applyDefaults } from './apply-defaults'
import { type BoundWrite, bindDelete, bindInsert } from './bind-write'

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
  if (verb === 'remove') {
    return bindDelete(context, Object.assign({ where: keyOf(metadata, entity) }, options))
  }
  if (verb === 'insert') applyDefaults(context, entity)
  const written = holds === 'copy' ? { ...entity } : entity
  return bindInsert(context, Object.assign({ entity: written }, options))
}

/** The primary key of an entity, as a `where`. Throws `StatementError` if a part has no value. */
export function keyOf(
  { name, key: columns }: EntityMetadata,
  entity: object,
): Readonly<Record<string, unknown>> {
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
