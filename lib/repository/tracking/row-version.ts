import { Refusal } from '../../codec/codec'
import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { valueError } from '../../plan/value-error'
import { IsNull, isCondition } from '../../statement/condition'
import { requireProperties } from '../../statement/column-of'
import type { UpdateRequest } from '../../statement/requests'

type Values = Readonly<Record<string, unknown>>

/** The version that a row must have to be written; null for one that was written before it had any. */
export type RowVersion = number | null

/** Returns the version of a row after its next write. */
export function nextVersion(version: RowVersion): number {
  return (version ?? 0) + 1
}

/** The condition on a version in `if`. */
export function conditionOn(version: RowVersion): unknown {
  return version ?? IsNull()
}

/**
 * Returns the version of an entity; undefined if it was never written. Throws `ValueError` if the value is not a
 * version.
 */
export function versionOf(
  { name }: EntityMetadata,
  column: ColumnMetadata,
  given: object,
): RowVersion | undefined {
  const value = (given as Values)[column.property]
  if (value === undefined || value === null) return value
  try {
    return column.codec.check(value) as number
  } catch (error) {
    throw error instanceof Refusal ? valueError(name, column.property, error) : error
  }
}

/** Returns true for the version of a row that was written; a new entity may begin with 0. */
export function isCounted(version: RowVersion | undefined): version is number {
  return version !== undefined && version !== null && version !== 0
}

/** Returns the update of a caller with the next version. Throws `StatementError` if its `if` does not name one. */
export function updateOfVersion(metadata: EntityMetadata, request: UpdateRequest): UpdateRequest {
  const { version } = metadata
  if (version === undefined) return request
  const { property } = version
  requireProperties(metadata, request.changes, 'changes')
  if (Object.hasOwn(request.changes, property)) {
    throw new StatementError(
      `${metadata.name}.${property} is counted by the repository; leave it out of changes`,
    )
  }
  const conditions: unknown = request.if
  const isGiven = conditions !== undefined && conditions !== null
  if (isGiven) requireProperties(metadata, conditions, 'if')
  const given = isGiven ? conditions[property] : undefined
  const expected = isCondition(given) ? expectedBy(given) : given
  if (expected === undefined) {
    throw new StatementError(
      `${metadata.name}.${property} is a version, so an update must say which one it changes; write ` +
        `update(where, changes, { if: { ${property}: … } }), or read the entity and save() it`,
    )
  }
  const from = versionOf(metadata, version, { [property]: expected }) ?? null
  return { ...request, changes: { ...request.changes, [property]: nextVersion(from) } }
}

/** Returns the version that a condition asks for; undefined if several versions meet it. */
function expectedBy({ operator, value }: { operator: string; value: unknown }): unknown {
  if (operator === 'equal') return value
  return operator === 'isNull' ? null : undefined
}
