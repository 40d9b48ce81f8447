import { StatementError } from '../errors/errors'
import type { EntityMetadata } from './entity-metadata'

/**
 * Sets a property of an entity that is about to be written. Throws `StatementError` if the entity is frozen, or the
 * property is read-only.
 */
export function setProperty(
  metadata: EntityMetadata,
  entity: object,
  property: string,
  value: unknown,
): void {
  try {
    ;(entity as Record<string, unknown>)[property] = value
  } catch (error) {
    if (isSettable(entity, property)) throw error
    throw unsettable(metadata, property)
  }
}

/** Refuses an entity whose property cannot be set after it was written. Throws `StatementError`. */
export function requireSettable(metadata: EntityMetadata, entity: object, property: string): void {
  if (!isSettable(entity, property)) throw unsettable(metadata, property)
}

function isSettable(entity: object, property: string): boolean {
  const own = Object.getOwnPropertyDescriptor(entity, property)
  if (own === undefined) return Object.isExtensible(entity)
  return own.writable === true || own.set !== undefined
}

function unsettable({ name }: EntityMetadata, property: string): StatementError {
  return new StatementError(
    `${name}.${property} is set by this write, and the entity is frozen; write a copy: { ...entity }`,
  )
}
