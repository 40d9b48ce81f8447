import { learnConstructed } from '../../metadata/learn-constructed'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { isEmptyCollection } from '../../metadata/empty-collection'
import { StoredMark } from '../../metadata/stored-mark'
import type { RepositoryContext } from '../repository-context'

type Values = Readonly<Record<string, unknown>>

/** By entity, the properties for which `create()` or `fromPlain()` was given an empty collection. */
const given = new WeakMap<object, Set<string>>()

/** Remembers the empty collections that an entity was made of, by the properties that were named: these are written. */
export function noteGiven(
  { collections }: RepositoryContext,
  entity: object,
  isNamed: (property: string) => boolean,
): void {
  for (const column of collections) {
    const { property } = column
    if (!isEmptyCollection(column, (entity as Values)[property]) || !isNamed(property)) continue
    given.set(entity, (given.get(entity) ?? new Set()).add(property))
  }
}

/**
 * Returns the entity to write: the given one, or a copy without the properties that must be left unset.
 *
 * - An empty collection that nobody filled, as an initialiser leaves it: an INSERT would delete what is stored, of a
 *   static column for all rows of the partition. An entity that was read or written here is written as it is, but for
 *   the collections that its last write left unset.
 * - The nulls and empty collections of a row of static columns alone, which has no clustering key.
 */
export function writtenEntity(context: RepositoryContext, entity: object): object {
  const filled = withoutUnfilled(context.collections, entity)
  if (filled !== entity) learnConstructed(context.metadata, entity)
  return hasStaticsAlone(context.metadata, filled) ? staticRow(context.metadata, filled) : filled
}

function withoutUnfilled(collections: readonly ColumnMetadata[], entity: object): object {
  let copy: Record<string, unknown> | undefined
  for (const column of collections) {
    const { property } = column
    const value = (entity as Values)[property]
    if (!isEmptyCollection(column, value) || !isUnfilled(entity, property, value)) continue
    copy ??= { ...entity }
    copy[property] = undefined
  }
  return copy ?? entity
}

function isUnfilled(entity: object, property: string, value: unknown): boolean {
  return StoredMark.isOn(entity)
    ? StoredMark.isUnset(entity, value)
    : given.get(entity)?.has(property) !== true
}

/** Returns true for a row of static columns alone: it has no clustering key and no value of any other column. */
export function isStaticRow({ metadata, collections }: RepositoryContext, entity: object): boolean {
  return metadata.hasStatics && hasStaticsAlone(metadata, withoutUnfilled(collections, entity))
}

function hasStaticsAlone(metadata: EntityMetadata, entity: object): boolean {
  if (!metadata.hasStatics) return false
  let hasStatic = false
  for (const column of metadata.columns) {
    const value = (entity as Values)[column.property]
    if (column.kind === 'partitionKey' || value === undefined) continue
    if (column.kind === 'static') hasStatic = true
    else if (value === null) continue
    else if (!isEmptyCollection(column, value)) return false
  }
  return hasStatic
}

function staticRow({ columns }: EntityMetadata, entity: object): object {
  const row: Record<string, unknown> = {}
  for (const { kind, property } of columns) {
    if (kind !== 'partitionKey' && kind !== 'static') continue
    row[property] = (entity as Values)[property]
  }
  return row
}

/** Notes that an entity was written, and which of its empty collections were left unset. */
export function markWritten(
  { collections }: RepositoryContext,
  entity: object,
  written: object,
): void {
  if (collections.length === 0) return
  let unset: unknown[] | undefined
  for (const { property } of collections) {
    const value = (entity as Values)[property]
    if (value === undefined || (written as Values)[property] !== undefined) continue
    unset ??= []
    unset.push(value)
  }
  StoredMark.set(entity, unset)
}
