import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { isChange } from '../../statement/change'
import { requireColumns } from '../../statement/insert'
import { updateOfEntity } from '../inheritance/class-write'
import { dependsOnStored } from '../hooks/behaviour'
import type { RepositoryContext } from '../repository-context'
import type { Difference } from '../tracking/differences'
import {
  type RowVersion,
  conditionOn,
  isCounted,
  nextVersion,
  versionOf,
} from '../tracking/row-version'
import { type Snapshot, moveSnapshot, takeSnapshot } from '../tracking/snapshot'
import { TrackedState } from '../tracking/tracked-state'
import { type EntityVerb, type EntityWriteOptions, keyOf } from './bind-entity'
import { type BoundWrite, bindDelete, bindInsert, bindParts } from './bind-write'

/** A bound write of an entity that may have a version, or whose changes may be tracked. */
export interface StoredWrite {
  readonly write: BoundWrite
  /** The condition on the version is ours: a write that is not applied is an `OptimisticLockError`. */
  readonly isLocked: boolean
  /** Records that the write was applied: the entity's version, and what is stored of it. */
  markApplied(): void
}

type Values = Readonly<Record<string, unknown>>

/**
 * Decides what is sent of an entity by its version and by its differences from what is stored, and binds it. Without
 * differences, what is stored is not known or makes no difference, and all that is set is sent.
 */
export function bindStored(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
  options: EntityWriteOptions,
  differences: readonly Difference[] | undefined,
): StoredWrite {
  const { version } = context.metadata
  if (verb !== 'insert') refuseNewKey(context, given)
  if (verb === 'remove') return bindRemoval(context, given, options)
  if (version === undefined) {
    return differences === undefined
      ? bindAll(context, given, options)
      : bindDifferences(context, given, options, differences)
  }
  const from = verb === 'save' ? savedVersion(context, version, given) : undefined
  return from === undefined
    ? bindFirst(context, version, given, options)
    : bindNext(context, version, from, given, options, differences)
}

/** `INSERT …` of all that is set. */
function bindAll(
  context: RepositoryContext,
  given: object,
  options: EntityWriteOptions,
): StoredWrite {
  const write = bindInsert(context, Object.assign({ entity: given }, options))
  return { write, isLocked: false, markApplied: prepareMark(context, given, {}) }
}

/** `UPDATE … SET` of what has changed, or an `INSERT` of it where an update could leave no row. */
function bindDifferences(
  context: RepositoryContext,
  given: object,
  options: EntityWriteOptions,
  differences: readonly Difference[],
): StoredWrite {
  const { metadata } = context
  const key = keyOf(metadata, given)
  const changes = changesOf(metadata, differences)
  const snapshot = snapshotAfter(context, given, {}, differences)
  const markApplied = prepareMark(context, given, {}, differences, snapshot)
  if (snapshot !== undefined && !staysByItself(snapshot, differences)) {
    const values = differences.map(({ column, to }) => [column.property, to] as const)
    const entity = { ...key, ...Object.fromEntries(values) }
    const write = bindInsert(context, Object.assign({}, options, { entity }))
    return { write, isLocked: false, markApplied }
  }
  const isStatic = differences.every(({ column }) => column.kind === 'static')
  const where = isStatic ? pick(key, metadata.partitionKey) : key
  const request = Object.assign({}, options, { where, changes })
  const write = bindParts(context, updateOfEntity(metadata, request, given))
  return { write, isLocked: false, markApplied }
}

/** `INSERT … IF NOT EXISTS`, with the first version. */
function bindFirst(
  context: RepositoryContext,
  { property }: ColumnMetadata,
  given: object,
  options: EntityWriteOptions,
): StoredWrite {
  const { ifNotExists = false } = options
  const first = { [property]: nextVersion(null) }
  const request = { entity: { ...given, ...first }, ifNotExists: ifNotExists || true }
  const write = bindInsert(context, Object.assign({}, options, request))
  return { write, isLocked: !ifNotExists, markApplied: prepareMark(context, given, first) }
}

/** `UPDATE … IF "version" = ?`, with the next version. */
function bindNext(
  context: RepositoryContext,
  { property }: ColumnMetadata,
  from: RowVersion,
  given: object,
  options: EntityWriteOptions,
  differences: readonly Difference[] | undefined,
): StoredWrite {
  const { metadata } = context
  requireColumns(metadata, given)
  const changes =
    differences === undefined ? allOf(metadata, given) : changesOf(metadata, differences)
  const next = { [property]: nextVersion(from) }
  const request = Object.assign({}, options, {
    where: keyOf(metadata, given),
    changes: { ...changes, ...next },
    if: { [property]: conditionOn(from) },
  })
  const write = bindParts(context, updateOfEntity(metadata, request, given))
  const markApplied = prepareMark(context, given, next, differences)
  return { write, isLocked: true, markApplied }
}

/** `DELETE … IF "version" = ?`, unless the class has no version. With a condition of the caller, the result tells. */
function bindRemoval(
  context: RepositoryContext,
  given: object,
  options: EntityWriteOptions,
): StoredWrite {
  const { metadata } = context
  const { version } = metadata
  const where = keyOf(metadata, given)
  const markApplied = () => undefined
  if (version === undefined) {
    const write = bindDelete(context, Object.assign({ where }, options))
    return { write, isLocked: false, markApplied }
  }
  const from = versionOf(metadata, version, given)
  if (from === undefined) throw unread(metadata, version, 'delete() by its key')
  const ours = { [version.property]: conditionOn(from) }
  const { if: asked, ifExists } = options
  const request = Object.assign({ where }, options)
  if (asked === undefined && (ifExists === undefined || typeof ifExists === 'boolean')) {
    Object.assign(request, { if: ours, ifExists: undefined })
  } else if (isFilled(asked)) Object.assign(request, { if: { ...ours, ...asked } })
  return {
    write: bindDelete(context, request),
    isLocked: asked === undefined && ifExists !== true,
    markApplied,
  }
}

/** Returns false for a condition that is refused as it is. */
function isFilled(conditions: unknown): conditions is object {
  return typeof conditions === 'object' && conditions !== null && Object.keys(conditions).length > 0
}

/** The version that is saved; undefined for an entity that is new. */
function savedVersion(
  { metadata, known }: RepositoryContext,
  version: ColumnMetadata,
  given: object,
): RowVersion | undefined {
  const value = versionOf(metadata, version, given)
  if (known.has(metadata, given)) {
    if (value === undefined) throw unread(metadata, version, 'update() with if')
    return value
  }
  // One that came from elsewhere has the version with which it was read there.
  return isCounted(value) ? value : undefined
}

function unread({ name }: EntityMetadata, { property }: ColumnMetadata, instead: string) {
  return new StatementError(
    `${name}.${property} is the version, and the entity has none; read it whole, or with '${property}' in select, ` +
      `or call ${instead}`,
  )
}

function refuseNewKey({ metadata, known }: RepositoryContext, given: object): void {
  if (!dependsOnStored(metadata)) return
  const column = known.changedKey(metadata, given)
  if (column === undefined) return
  throw new StatementError(
    `${metadata.name}.${column.property} belongs to the primary key and has changed since the entity was read or ` +
      'written; create() an entity with the new key, save that, and remove this one under its old key',
  )
}

/** Everything that the entity sets beside its key, as whole values. */
function allOf(metadata: EntityMetadata, given: Values): Values {
  const changes: Record<string, unknown> = {}
  for (const column of metadata.columns) {
    const { property } = column
    const value = given[property]
    // The date of the first write stays.
    if (value === undefined || column.isKey || column.date === 'create') continue
    if (property === metadata.version?.property) continue
    requireValue(metadata, property, value)
    changes[property] = value
  }
  return changes
}

function changesOf(metadata: EntityMetadata, differences: readonly Difference[]): Values {
  const changes: Record<string, unknown> = {}
  for (const { column, to, change } of differences) {
    requireValue(metadata, column.property, to)
    changes[column.property] = change
  }
  return changes
}

function requireValue(metadata: EntityMetadata, property: string, value: unknown): void {
  if (!isChange(value)) return
  throw new StatementError(
    `${metadata.name}.${property} is given a change operator, which only update() takes; give it a value`,
  )
}

/**
 * Returns false for a row that an update would leave without any value: it would be gone unless an insert had made it,
 * and that cannot be seen.
 */
function staysByItself({ columns, values }: Snapshot, differences: readonly Difference[]): boolean {
  const isRegular = ({ kind }: ColumnMetadata) => kind === 'regular'
  if (!differences.some(({ column, change }) => isRegular(column) && change === null)) return true
  return columns.some((column, i) => isRegular(column) && (values[i] ?? null) !== null)
}

function pick(values: Values, columns: readonly ColumnMetadata[]): Values {
  return Object.fromEntries(columns.map(({ property }) => [property, values[property]]))
}

/** What will be stored of the entity when it was written; undefined unless its changes are tracked. */
function snapshotAfter(
  { metadata, known }: RepositoryContext,
  given: object,
  set: Values,
  differences: readonly Difference[] | undefined,
): Snapshot | undefined {
  if (!metadata.tracksChanges) return undefined
  const before = known.has(metadata, given) ? known.tracked.get(given)?.snapshot : undefined
  if (before === undefined || differences === undefined) {
    return takeSnapshot(metadata, { ...given, ...set }, before)
  }
  const ours = metadata.columns
    .filter(({ property }) => Object.hasOwn(set, property))
    .map((column) => ({ column, to: set[column.property], after: undefined }))
  return moveSnapshot(before, [...differences, ...ours])
}

/**
 * Returns what to call when the write was applied. What will be stored is taken down before it is sent: the entity may
 * be changed while the write is under way. `set` has what the write gives the entity beside its own values.
 */
function prepareMark(
  context: RepositoryContext,
  given: object,
  set: Values,
  differences?: readonly Difference[],
  snapshot = snapshotAfter(context, given, set, differences),
): () => void {
  const { metadata, known } = context
  if (snapshot === undefined) return () => void Object.assign(given, set)
  const before = known.has(metadata, given) ? known.tracked.get(given) : undefined
  const properties = (differences?.map(({ column }) => column) ?? metadata.columns)
    .map(({ property }) => property)
    .filter((property) => (given as Values)[property] !== undefined)
  const number = before?.begin(properties) ?? 0
  return () => {
    Object.assign(given, set)
    if (before === undefined || known.tracked.get(given) !== before) {
      known.tracked.set(given, new TrackedState(snapshot))
    } else before.markApplied(number, snapshot)
  }
}
