import { OptimisticLockError, StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { isChange } from '../../statement/change'
import { requireColumns } from '../../statement/insert'
import type { DeleteRequest, InsertRequest, UsingRequest } from '../../statement/requests'
import { type BoundWrite, bindDelete, bindInsert, bindEntityUpdate, keyOf } from './bound-write'
import { type Difference, differencesOf } from '../tracking/differences'
import type { RepositoryContext } from '../repository-context'
import { type RowVersion, conditionOn, nextVersion, versionOf } from '../tracking/row-version'
import { bytesOf, storedBytes, takeSnapshot } from '../tracking/snapshot'
import { TrackedState } from '../tracking/tracked-state'

/** What can be done to an entity. */
export type EntityVerb = 'insert' | 'save' | 'remove'

/** A write of an entity, bound. */
export interface EntityWrite {
  readonly write: BoundWrite
  /** To be called when it was applied: moves the entity's version, and what is known to be stored of it. */
  readonly applied: () => void
  /** True: the condition is ours, and a write that is not applied is an error. */
  readonly isLocked: boolean
}

type Values = Readonly<Record<string, unknown>>
type Options = UsingRequest &
  Pick<InsertRequest, 'ifNotExists'> &
  Pick<DeleteRequest, 'if' | 'ifExists'>

/** Decides what is sent of an entity, by its version and by what is known to be stored of it, and binds it. */
export function bindEntity(
  context: RepositoryContext,
  verb: EntityVerb,
  given: object,
  options: Options,
): EntityWrite {
  const { metadata } = context
  if (verb !== 'insert') refuseNewKey(context, given)
  if (verb === 'remove') return bindRemoval(context, given, options)
  const { version } = metadata
  if (version === undefined) {
    const changes = verb === 'save' ? unsavedChanges(context, given, options) : undefined
    return changes === undefined
      ? whole(context, given, options)
      : withoutVersion(context, given, options, changes)
  }
  const from = verb === 'save' ? savedVersion(context, version, given) : undefined
  return from === undefined
    ? inserted(context, version, given, options)
    : updated(context, version, from, given, options)
}

/**
 * What has changed of an entity that was read or written here. Undefined where that is not known or makes no
 * difference: a `ttl` concerns all of the entity.
 */
export function unsavedChanges(
  { metadata, known }: RepositoryContext,
  given: object,
  { ttl }: Options,
): readonly Difference[] | undefined {
  const tracked = known.tracked.get(given)
  if (tracked === undefined || ttl !== undefined || !known.has(metadata, given)) return undefined
  requireColumns(metadata, given)
  return differencesOf(tracked.snapshot, given, tracked.doubtful).filter(
    ({ column }) => column.property !== metadata.version?.property,
  )
}

/** True for an entity of a row that is there: read or written here, or elsewhere, as its version tells. */
export function isStored({ metadata, known }: RepositoryContext, given: object): boolean {
  if (known.has(metadata, given)) return true
  return metadata.version !== undefined && isCounted(versionOf(metadata, metadata.version, given))
}

/** True for a version that a row has; a new entity may begin with 0. */
function isCounted(version: RowVersion | undefined): version is number {
  return version !== undefined && version !== null && version !== 0
}

/** Why a write with a condition of ours was not applied; `existing` is what is stored. */
export function lockError(
  { name }: EntityMetadata,
  { plan }: BoundWrite,
  existing: unknown,
): OptimisticLockError {
  const reason =
    plan.statement.kind === 'insert' ? 'exists' : existing === null ? 'gone' : 'changed'
  return new OptimisticLockError(name, reason, existing as Values | null)
}

/** An insert of all that is set. */
function whole(context: RepositoryContext, given: object, options: Options): EntityWrite {
  const write = bindInsert(context, Object.assign({ entity: given }, options))
  return { write, applied: track(context, given, given), isLocked: false }
}

/** Of a row without a version: an update of what has changed. */
function withoutVersion(
  context: RepositoryContext,
  given: object,
  options: Options,
  differences: readonly Difference[],
): EntityWrite {
  const { metadata } = context
  const key = keyOf(metadata, given)
  const changes = changesOf(metadata, differences)
  const tracked = (write: BoundWrite): EntityWrite => ({
    write,
    applied: track(context, given, given, differences),
    isLocked: false,
  })
  if (!staysByItself(context, given, differences)) {
    const values = differences.map(({ column, to }) => [column.property, to] as const)
    const inserted = { ...key, ...Object.fromEntries(values) }
    return tracked(bindInsert(context, Object.assign({}, options, { entity: inserted })))
  }
  const isStatic = differences.every(({ column }) => column.kind === 'static')
  const where = isStatic ? pick(key, metadata.partitionKey) : key
  return tracked(bindEntityUpdate(context, Object.assign({}, options, { where, changes }), given))
}

/** A row that was never there: `IF NOT EXISTS`, with the first version. */
function inserted(
  context: RepositoryContext,
  version: ColumnMetadata,
  given: object,
  options: Options,
): EntityWrite {
  const { ifNotExists = false } = options
  const first = { ...given, [version.property]: nextVersion(null) }
  const write = bindInsert(
    context,
    Object.assign({}, options, { entity: first, ifNotExists: ifNotExists || true }),
  )
  return {
    write,
    applied: track(context, given, first),
    isLocked: !ifNotExists,
  }
}

/** A row of this version: `IF "version" = ?`, with the next. */
function updated(
  context: RepositoryContext,
  version: ColumnMetadata,
  from: RowVersion,
  given: object,
  options: Options,
): EntityWrite {
  const { metadata } = context
  const { property } = version
  requireColumns(metadata, given)
  const differences = unsavedChanges(context, given, options)
  const changes =
    differences === undefined ? allOf(metadata, given) : changesOf(metadata, differences)
  const next = { [property]: nextVersion(from) }
  const request = Object.assign({}, options, {
    where: keyOf(metadata, given),
    changes: { ...changes, ...next },
    if: { [property]: conditionOn(from) },
  })
  const write = bindEntityUpdate(context, request, given)
  return {
    write,
    applied: track(context, given, { ...given, ...next }, differences),
    isLocked: true,
  }
}

/** `IF "version" = ?`, unless the entity has none. With a condition of the caller's the result tells. */
function bindRemoval(context: RepositoryContext, given: object, options: Options): EntityWrite {
  const { metadata } = context
  const { version } = metadata
  const where = keyOf(metadata, given)
  const applied = () => undefined
  if (version === undefined) {
    const write = bindDelete(context, Object.assign({ where }, options))
    return { write, applied, isLocked: false }
  }
  const from = versionOf(metadata, version, given)
  if (from === undefined) throw unread(metadata, version, 'delete() by its key')
  const condition = { [version.property]: conditionOn(from) }
  const { if: conditions, ifExists } = options
  const asked = Object.assign({ where }, options)
  if (conditions === undefined && (ifExists === undefined || typeof ifExists === 'boolean')) {
    Object.assign(asked, { if: condition, ifExists: undefined })
  } else if (isFilled(conditions)) Object.assign(asked, { if: { ...condition, ...conditions } })
  return {
    write: bindDelete(context, asked),
    applied,
    isLocked: conditions === undefined && ifExists !== true,
  }
}

/** False for what is refused as it stands. */
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
  if (metadata.version === undefined && !metadata.tracksChanges) return
  const column = known.changedKey(metadata, given)
  if (column === undefined) return
  throw new StatementError(
    `${metadata.name}.${column.property} belongs to the primary key and has changed since the entity was read or ` +
      'written; create() an entity with the new key, save that, and remove this one under its old key',
  )
}

/** What the entity sets beside its key, whole. */
function allOf(metadata: EntityMetadata, given: Values): Values {
  const changes: Record<string, unknown> = {}
  for (const column of metadata.columns) {
    const { property } = column
    const value = given[property]
    // The date of the first write stays.
    if (value === undefined || column.isKey || column.date === 'create') continue
    if (property === metadata.version?.property) continue
    changes[property] = requireValue(metadata, property, value)
  }
  return changes
}

function changesOf(metadata: EntityMetadata, differences: readonly Difference[]): Values {
  return Object.fromEntries(
    differences.map(({ column: { property }, to, change }) => {
      requireValue(metadata, property, to)
      return [property, change] as const
    }),
  )
}

function requireValue(metadata: EntityMetadata, property: string, value: unknown): unknown {
  if (!isChange(value)) return value
  throw new StatementError(
    `${metadata.name}.${property} is given a change operator, which only update() takes; give it a value`,
  )
}

/**
 * False for a row that an update would leave without any value: it would be gone unless an insert had made it, and
 * that cannot be seen.
 */
function staysByItself(
  { metadata, known }: RepositoryContext,
  given: object,
  differences: readonly Difference[],
): boolean {
  const isRegular = ({ kind }: ColumnMetadata) => kind === 'regular'
  if (!differences.some(({ column, change }) => isRegular(column) && change === null)) return true
  const snapshot = known.tracked.get(given)?.snapshot
  return metadata.columns.filter(isRegular).some((column) => {
    const value = (given as Values)[column.property]
    if (value !== undefined) return bytesOf(column, value) !== null
    const i = snapshot?.columns.findIndex(({ property }) => property === column.property) ?? -1
    const stored = storedBytes(column, snapshot?.values[i])
    return stored !== null && stored !== undefined
  })
}

function pick(values: Values, columns: readonly ColumnMetadata[]): Values {
  return Object.fromEntries(columns.map(({ property }) => [property, values[property]]))
}

/**
 * Begins a write of an entity; what is called when it was applied. What is stored then is taken down now: the entity
 * may be changed while the write is under way.
 */
function track(
  { metadata, known }: RepositoryContext,
  given: object,
  written: object,
  differences?: readonly Difference[],
): () => void {
  const { version } = metadata
  const next = version === undefined ? undefined : (written as Values)[version.property]
  const setVersion = () => {
    if (version !== undefined) (given as Record<string, unknown>)[version.property] = next
  }
  if (!metadata.tracksChanges) return setVersion
  const before = known.has(metadata, given) ? known.tracked.get(given) : undefined
  const snapshot = takeSnapshot(metadata, written, before?.snapshot)
  const properties = (differences?.map(({ column }) => column) ?? metadata.columns)
    .map(({ property }) => property)
    .filter((property) => (given as Values)[property] !== undefined)
  const number = before?.begin(properties) ?? 0
  return () => {
    setVersion()
    if (before === undefined || known.tracked.get(given) !== before) {
      known.tracked.set(given, new TrackedState(snapshot))
    } else before.done(number, snapshot)
  }
}
