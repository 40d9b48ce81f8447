import type { EntityMetadata, InheritanceMetadata } from '../../metadata/entity-metadata'
import { isChild } from '../../metadata/single-table'
import { In, isCondition } from '../../statement/condition'
import { requireProperties } from '../../statement/column-of'
import type { SelectRequest } from '../../statement/requests'
import { requireOwnValue } from './discriminate'

/** A read of one class of a table that holds several. */
export interface ClassRead {
  readonly request: SelectRequest
  /** Returns `true` for a row that belongs to the class; undefined if the statement reads no other rows. */
  readonly keep: ((item: unknown) => boolean) | undefined
}

type Values = Readonly<Record<string, unknown>>

/**
 * Adds the value of a derived class to its reads, `… AND "kind" = ?`, which the key or an index must serve. If the whole
 * primary key is given, the class of the row is checked after the read instead.
 */
export function readOfClass(metadata: EntityMetadata, request: SelectRequest): ClassRead {
  const { inheritance } = metadata
  if (inheritance === undefined || !isChild(metadata)) return { request, keep: undefined }
  const { property } = inheritance.column
  const where: unknown = request.where ?? {}
  requireProperties(metadata, where, 'where')
  if (Object.hasOwn(where, property)) {
    requireOwnValue(metadata, where[property])
    return { request, keep: undefined }
  }
  if (isOneRow(metadata, request)) return oneRow(metadata, inheritance, request)
  return {
    request: { ...request, where: { ...where, [property]: valueOf(inheritance) } },
    keep: undefined,
  }
}

/** Returns the value, or the `In` of values, of rows of the class and the classes derived from it. */
function valueOf({ classes }: InheritanceMetadata): unknown {
  const values = classes.map(({ value }) => value)
  return values.length === 1 ? values[0] : In(values)
}

function isOneRow(metadata: EntityMetadata, request: SelectRequest): boolean {
  const { key, inheritance } = metadata
  const where = (request.where ?? {}) as Values
  const isFixed = ({ property }: { readonly property: string }) => {
    const value = where[property]
    return (
      value !== undefined && value !== null && (!isCondition(value) || value.operator === 'equal')
    )
  }
  return (
    request.aggregate === undefined &&
    request.nearest === undefined &&
    request.distinct !== true &&
    inheritance?.column.isKey !== true &&
    key.every(isFixed)
  )
}

function oneRow(
  { target }: EntityMetadata,
  { column: { property } }: InheritanceMetadata,
  request: SelectRequest,
): ClassRead {
  const { select } = request
  const isHidden = Array.isArray(select) && !select.includes(property)
  return {
    request: isHidden ? { ...request, select: [...select, property] } : request,
    keep(item) {
      if (isHidden) delete (item as Record<string, unknown>)[property]
      return item instanceof target
    },
  }
}
