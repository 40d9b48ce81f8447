import { StatementError } from '../../errors/errors'
import type { EntityMetadata, InheritanceMetadata } from '../../metadata/entity-metadata'
import { isChild } from '../../metadata/single-table'
import { In, isCondition } from '../../statement/condition'
import { requireProperties } from '../../statement/column-of'
import type { DeleteRequest, UpdateRequest } from '../../statement/requests'
import { requireOwnValue } from './discriminate'

type Values = Readonly<Record<string, unknown>>

/**
 * Returns the update of a class that shares its table. The update of a derived class sets the value of the class, because
 * it can create the row. With a condition, it concerns only rows of the class.
 */
export function updateOfClass(metadata: EntityMetadata, request: UpdateRequest): UpdateRequest {
  const { inheritance } = metadata
  if (inheritance === undefined) return request
  requireProperties(metadata, request.changes, 'changes')
  refuseChanges(metadata, inheritance, request.changes)
  if (!isChild(metadata)) return request
  if (inheritance.column.isKey) return { ...request, where: keyOfClass(metadata, request.where) }
  if (isConditional(request)) return { ...request, ...conditionOfClass(metadata, request) }
  const { property } = inheritance.column
  return isCreating(metadata, request)
    ? { ...request, changes: { ...request.changes, [property]: inheritance.value } }
    : request
}

/**
 * Returns the update of an entity of a class that shares its table. It sets the value of the class, because it can create
 * the row. With a condition on the version, the row exists, and must belong to the class if that is a derived one.
 */
export function updateOfEntity(
  metadata: EntityMetadata,
  request: UpdateRequest,
  given: object,
): UpdateRequest {
  const { inheritance } = metadata
  if (inheritance === undefined || inheritance.column.isKey) return request
  if (isConditional(request)) {
    return isChild(metadata) ? { ...request, ...conditionOfClass(metadata, request) } : request
  }
  const { property } = inheritance.column
  return isCreating(metadata, request)
    ? { ...request, changes: { ...request.changes, [property]: (given as Values)[property] } }
    : request
}

/** Returns the delete of a class that shares its table. A derived class deletes only its own rows. */
export function deleteOfClass(metadata: EntityMetadata, request: DeleteRequest): DeleteRequest {
  const { inheritance } = metadata
  if (inheritance === undefined) return request
  const { property } = inheritance.column
  if (Array.isArray(request.columns) && request.columns.includes(property)) {
    throw new StatementError(
      `${metadata.name}.${property} tells the class of a row and cannot be deleted alone; ` +
        'leave columns out to delete the row',
    )
  }
  if (!isChild(metadata)) return request
  if (inheritance.column.isKey) return { ...request, where: keyOfClass(metadata, request.where) }
  refuseRange(metadata, inheritance, request.where)
  return isConditional(request) ? { ...request, ...conditionOfClass(metadata, request) } : request
}

/** Refuses to empty a table of several classes by a derived class. Throws `StatementError`. */
export function refuseTruncate(metadata: EntityMetadata): void {
  if (!isChild(metadata)) return
  const base = metadata.inheritance?.base.name
  throw new StatementError(
    `${metadata.name}: truncate would delete the rows of all classes of '${metadata.table}'; ` +
      `call it on getRepository(${base})`,
  )
}

function refuseChanges(
  { name, target, byProperty }: EntityMetadata,
  { column, classes, base }: InheritanceMetadata,
  changes: Values,
): void {
  if (Object.hasOwn(changes, column.property)) {
    throw new StatementError(
      `${name}.${column.property} tells the class of a row and cannot be changed; ` +
        'remove the entity and save one of the other class',
    )
  }
  const own = classes.find((each) => each.target === target) ?? base
  for (const property of Object.keys(changes)) {
    if (byProperty[property] === undefined || own.properties.includes(property)) continue
    const other = classes.find(({ properties }) => properties.includes(property))
    throw new StatementError(
      `${name}.${property} is a column of ${other?.name}; update it with getRepository(${other?.name})`,
    )
  }
}

/** The key of rows of the class. */
function keyOfClass(metadata: EntityMetadata, where: unknown): object {
  const { inheritance } = metadata
  const property = inheritance?.column.property
  requireProperties(metadata, where, 'where')
  if (property === undefined || Object.keys(where).length === 0) return where
  if (!Object.hasOwn(where, property)) return { ...where, [property]: inheritance?.value }
  requireOwnValue(metadata, where[property])
  return where
}

function isConditional(request: UpdateRequest | DeleteRequest): boolean {
  return request.if !== undefined || request.ifExists === true
}

/** Returns `IF "kind" = ?`. A row that does not exist does not meet it. */
function conditionOfClass(
  metadata: EntityMetadata,
  request: UpdateRequest | DeleteRequest,
): object {
  const { inheritance } = metadata
  const property = inheritance?.column.property
  const given: unknown = request.if ?? {}
  requireProperties(metadata, given, 'if')
  if (property === undefined) return {}
  // An empty `if`, and one beside `ifExists`, are refused as they stand.
  if (request.if !== undefined && (Object.keys(given).length === 0 || request.ifExists === true)) {
    return {}
  }
  if (Object.hasOwn(given, property)) {
    requireOwnValue(metadata, given[property])
    return {}
  }
  const values = inheritance?.classes.map(({ value }) => value) ?? []
  const value = values.length === 1 ? values[0] : In(values)
  return { if: { ...given, [property]: value }, ifExists: undefined }
}

/**
 * Returns `true` if the update writes a value, so that the row exists afterwards. With a `ttl`, the value of the
 * class would expire too, even in a row that stays; so it is not written then. Nor is it for an update of a whole
 * partition.
 */
function isCreating({ byProperty, inheritance }: EntityMetadata, request: UpdateRequest): boolean {
  const { changes, ttl } = request
  const isLasting = ttl === undefined || ttl === null || ttl === 0
  const written = Object.entries(changes).filter(
    ([, value]) => value !== undefined && value !== null,
  )
  const isOfRows =
    inheritance?.column.kind === 'static' ||
    Object.keys(changes).some((property) => byProperty[property]?.kind !== 'static')
  return isLasting && isOfRows && written.length > 0
}

function refuseRange(metadata: EntityMetadata, inheritance: InheritanceMetadata, where: unknown) {
  if (!isObject(where) || Object.keys(where).length === 0) return
  const missing = metadata.key.filter(({ property }) => {
    const value = where[property]
    return value === undefined || (isCondition(value) && !['equal', 'in'].includes(value.operator))
  })
  if (missing.length === 0) return
  throw new StatementError(
    `${metadata.name}: delete of more than rows by their whole primary key would delete those of other classes too; ` +
      `name ${missing.map(({ property }) => `'${property}'`).join(' and ')}, ` +
      `or use getRepository(${inheritance.base.name})`,
  )
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
