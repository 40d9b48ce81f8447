import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { requireSettable } from '../../metadata/set-property'
import { isChange } from '../../statement/change'
import { requireProperties } from '../../statement/column-of'
import { requireColumns } from '../../statement/insert'
import { updateOfEntity } from '../inheritance/class-write'
import { dependsOnStored } from '../hooks/behavior'
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
import {
  type EntityVerb,
  type EntityWriteOptions,
  bindRemove,
  keyOf,
  partitionKeyOf,
} from './bind-entity'
import { type BoundWrite, bindDelete, bindInsert, bindParts } from './bind-write'
import { isStaticRow, markWritten, writtenEntity } from './written-entity'

/** A bound write of an entity that may have a version, or whose changes may be tracked. */
export interface StoredWrite {
  readonly write: BoundWrite
  /** The condition on the version is ours: a write that is not applied is an `OptimisticLockError`. */
  readonly isLocked: boolean
  /** Records that the write was applied: the entity's version, and what is stored of it. */
  readonly markApplied: () => void
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
  const { metadata } = context
  const { version } = metadata
  if (verb !== 'insert') refuseNewKey(context, given)
  if (verb === 'remove') return bindRemoval(context, given, options)
  const entity = { given, written: writtenEntity(context, given) }
  // A row of static columns alone has no version.
  if (version === undefined || isStaticRow(context, given)) {
    return differences === undefined
      ? bindAll(context, entity, options)
      : bindDifferences(context, entity, options, differences)
  }
  requireSettable(metadata, given, version.property)
  const from = verb === 'save' ? savedVersion(context, version, given) : undefined
  return from === undefined
    ? bindFirst(context, version, entity, options)
    : bindNext(context, version, from, entity, options, differences)
}

/** An entity, and what is written of it: see `writtenEntity`. */
interface Written {
  readonly given: object
  readonly written: object
}

/** `INSERT …` of all that is set. */
function bindAll(
  context: RepositoryContext,
  entity: Written,
  options: EntityWriteOptions,
): StoredWrite {
  const write = bindInsert(context, Object.assign({ entity: entity.written }, options))
  return { write, isLocked: false, markApplied: prepareMark(context, entity, {}) }
}

/** `UPDATE … SET` of what has changed, or an `INSERT` of it where an update could leave no row. */
function bindDifferences(
  context: RepositoryContext,
  entity: Written,
  options: EntityWriteOptions,
  differences: readonly Difference[],
): StoredWrite {
  const { metadata } = context
  const key = keyOf(metadata, entity.given)
  const changes = changesOf(metadata, differences)
  const snapshot = snapshotAfter(context, entity, {}, differences)
  const write =
    snapshot === undefined || staysByItself(snapshot, differences)
      ? bindChanges(context, entity.given, changes, options)
      : bindInsert(
          context,
          Object.assign({}, options, { entity: { ...key, ...valuesOf(differences) } }),
        )
  const markApplied = prepareMark(context, entity, {}, differences, snapshot)
  return { write, isLocked: false, markApplied }
}

function bindChanges(
  context: RepositoryContext,
  given: object,
  changes: Values,
  options: EntityWriteOptions,
): BoundWrite {
  const { metadata } = context
  const isStatic = Object.keys(changes).every(
    (property) => metadata.byProperty[property]?.kind === 'static',
  )
  const where = isStatic ? partitionKeyOf(metadata, given) : keyOf(metadata, given)
  const request = Object.assign({}, options, { where, changes })
  return bindParts(context, updateOfEntity(metadata, request, given))
}

/** `INSERT … IF NOT EXISTS`, with the first version. */
function bindFirst(
  context: RepositoryContext,
  { property }: ColumnMetadata,
  entity: Written,
  options: EntityWriteOptions,
): StoredWrite {
  const { ifNotExists = false } = options
  const first = { [property]: nextVersion(null) }
  const request = { entity: { ...entity.written, ...first }, ifNotExists: ifNotExists || true }
  const write = bindInsert(context, Object.assign({}, options, request))
  return { write, isLocked: !ifNotExists, markApplied: prepareMark(context, entity, first) }
}

/** `UPDATE … IF "version" = ?`, with the next version. */
function bindNext(
  context: RepositoryContext,
  { property }: ColumnMetadata,
  from: RowVersion,
  entity: Written,
  options: EntityWriteOptions,
  differences: readonly Difference[] | undefined,
): StoredWrite {
  const { metadata } = context
  const { given } = entity
  requireColumns(metadata, given)
  const changes =
    differences === undefined ? allOf(metadata, entity) : changesOf(metadata, differences)
  const next = { [property]: nextVersion(from) }
  const request = Object.assign({}, options, {
    where: keyOf(metadata, given),
    changes: { ...changes, ...next },
    if: { [property]: conditionOn(from) },
  })
  const write = bindParts(context, updateOfEntity(metadata, request, given))
  const markApplied = prepareMark(context, entity, next, differences)
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
  const markApplied = () => undefined
  if (version === undefined || isStaticRow(context, given)) {
    return { write: bindRemove(context, given, options), isLocked: false, markApplied }
  }
  const where = keyOf(metadata, given)
  const from = versionOf(metadata, version, given)
  if (from === undefined) throw unread(metadata, version, 'delete() by its key')
  const ours = { [version.property]: conditionOn(from) }
  const { if: asked, ifExists } = options
  const request = Object.assign({ where }, options)
  if (asked === undefined && (ifExists === undefined || typeof ifExists === 'boolean')) {
    Object.assign(request, { if: ours, ifExists: undefined })
  } else if (isFilled(asked)) {
    requireProperties(metadata, asked, 'if')
    Object.assign(request, { if: { ...ours, ...asked } })
  }
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

/** Everything that the entity sets beside its key, as whole values. A property that is left unset is undefined. */
function allOf(metadata: EntityMetadata, { given, written }: Written): Values {
  const changes: Record<string, unknown> = {}
  for (const column of metadata.columns) {
    const { property } = column
    const value = (written as Values)[property]
    // The date of the first write stays.
    if ((given as Values)[property] === undefined || column.isKey || column.date === 'create')
      continue
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

function valuesOf(differences: readonly Difference[]): Values {
  return Object.fromEntries(differences.map(({ column, to }) => [column.property, to]))
}

/** Returns the values that are stored after the write; undefined unless changes are tracked. */
function snapshotAfter(
  { metadata, known }: RepositoryContext,
  { given, written }: Written,
  set: Values,
  differences: readonly Difference[] | undefined,
): Snapshot | undefined {
  if (!metadata.tracksChanges) return undefined
  const before = known.has(metadata, given) ? known.tracked.get(given)?.snapshot : undefined
  if (before === undefined || differences === undefined) {
    return takeSnapshot(metadata, { ...written, ...set }, before, given)
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
  entity: Written,
  set: Values,
  differences?: readonly Difference[],
  snapshot = snapshotAfter(context, entity, set, differences),
): () => void {
  const { metadata, known } = context
  const { given, written } = entity
  const before = known.has(metadata, given) ? known.tracked.get(given) : undefined
  const number =
    snapshot === undefined || before === undefined
      ? 0
      : before.begin(propertiesOf(metadata, written, differences))
  return () => {
    Object.assign(given, set)
    markWritten(context, given, written)
    if (snapshot === undefined) return
    if (before === undefined || known.tracked.get(given) !== before) {
      known.tracked.set(given, new TrackedState(snapshot))
    } else before.markApplied(number, snapshot)
  }
}

/** The properties that a write concerns. */
function propertiesOf(
  { columns }: EntityMetadata,
  written: object,
  differences: readonly Difference[] | undefined,
): readonly string[] {
  return (differences?.map(({ column }) => column) ?? columns)
    .map(({ property }) => property)
    .filter((property) => (written as Values)[property] !== undefined)
}
