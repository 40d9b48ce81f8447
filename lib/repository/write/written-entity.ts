import { type AbsentColumns, keyPart } from '../../metadata/absent-columns'
import { learnConstructed } from '../../metadata/learn-constructed'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { isEmptyCollection } from '../../metadata/empty-collection'
import { StoredMark } from '../../metadata/stored-mark'
import type { RepositoryContext } from '../repository-context'
import { isSameKeyPart } from '../tracking/known-entities'

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
 * - A null or an empty collection of a column that was absent when the row was read: to delete it again would make a
 *   tombstone.
 * - An empty collection that nobody filled, as an initializer leaves it: an INSERT would delete what is stored, of a
 *   static column for all rows of the partition. An entity that was read or written here is written as it is, but for
 *   the collections that its last write left unset.
 * - The nulls and empty collections of a row of static columns alone, which has no clustering key.
 */
export function writtenEntity(context: RepositoryContext, entity: object): object {
  const { metadata } = context
  const absent = absentOf(context, entity)
  if (absent !== undefined) noteValues(metadata, absent, entity)
  const set = withoutUnset(context, absent, entity)
  if (set !== entity) learnConstructed(metadata, entity)
  return hasStaticsAlone(metadata, set) ? staticRow(metadata, set) : set
}

/** The absent columns of an entity that was read from this table, under the key that it still has. */
function absentOf(
  { metadata, known }: RepositoryContext,
  entity: object,
): AbsentColumns | undefined {
  const absent = StoredMark.absentOf(entity)
  if (absent === undefined || absent.source.table !== known) return undefined
  const key = StoredMark.keyOf(entity)
  const isItsKey = (column: ColumnMetadata, i: number) => {
    const [before, now] = [key[i], keyPart((entity as Values)[column.property])]
    return before === now || isSameKeyPart(column, before, now)
  }
  return metadata.key.every(isItsKey) ? absent : undefined
}

/** A column that is given a value is no longer absent. */
function noteValues({ columns }: EntityMetadata, absent: AbsentColumns, entity: object): void {
  let left = absent
  for (const column of columns) {
    const value = (entity as Values)[column.property]
    if (value === undefined || value === null || isEmptyCollection(column, value)) continue
    if (left.has(column.name)) left = left.without(column.name)
  }
  if (left !== absent) StoredMark.give(entity, left)
}

function withoutUnset(
  { metadata, collections }: RepositoryContext,
  absent: AbsentColumns | undefined,
  entity: object,
): object {
  let copy: Record<string, unknown> | undefined
  for (const column of absent === undefined ? collections : metadata.columns) {
    const { property, name } = column
    const value = (entity as Values)[property]
    if (value !== null && !isEmptyCollection(column, value)) continue
    if (absent?.has(name) !== true && !isUnfilled(entity, property, value)) continue
    copy ??= { ...entity }
    copy[property] = undefined
  }
  return copy ?? entity
}

/** Returns true for an empty collection that nobody filled. */
function isUnfilled(entity: object, property: string, value: unknown): boolean {
  if (value === null) return false
  return StoredMark.isOn(entity)
    ? StoredMark.isUnset(entity, value)
    : given.get(entity)?.has(property) !== true
}

/** Returns true for a row of static columns alone: it has no clustering key and no value of any other column. */
export function isStaticRow(context: RepositoryContext, entity: object): boolean {
  const { metadata } = context
  if (!metadata.hasStatics) return false
  return hasStaticsAlone(metadata, withoutUnset(context, absentOf(context, entity), entity))
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
  StoredMark.written(entity, unset)
}
