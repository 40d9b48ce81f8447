import { printType } from '../../cql/print-type'
import { StatementError } from '../../errors/errors'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { type ColumnChange, isChange } from '../change'
import { columnOf, requireProperties } from '../column-of'
import { absent, comparisonsOf, isNothing, partOf } from './comparison'
import { isCondition, joinedBy } from '../condition'
import { operators } from '../operators'
import { fieldPlace } from './field-place'
import type { IfRequest, UsingRequest } from '../requests'
import type { Marker } from '../statement'

type Given = Readonly<Record<string, unknown>>

/** The `IF` of an update or delete. */
export interface IfClause {
  /** ` IF "a" = ? AND …`, ` IF EXISTS`, or nothing. */
  readonly cql: string
  readonly markers: readonly Marker[]
  /** The columns that the conditions name: the server answers with them if it does not apply the write. */
  readonly columns: readonly ColumnMetadata[]
  readonly isConditional: boolean
}

/**
 * Returns the conditions of a write without their values; empty if there are no conditions. Throws `StatementError` for
 * unknown properties, key columns, null and undefined, and for what excludes a condition.
 */
export function shapeOfIf(metadata: EntityMetadata, request: IfRequest & UsingRequest): string {
  const ifExists = isAsked(metadata, 'ifExists', request.ifExists)
  if (request.if === undefined) {
    if (ifExists) refuseTimestamp(metadata, request)
    return ifExists ? '|e' : ''
  }
  const conditions: unknown = request.if
  requireProperties(metadata, conditions, 'if')
  if (ifExists) {
    throw new StatementError(
      `${metadata.name}: if and ifExists exclude each other; keep the if, which no absent row meets ` +
        'unless it says Not() or IsNull()',
    )
  }
  refuseTimestamp(metadata, request)
  const parts = Object.keys(conditions).map((property) => {
    const column = conditionColumn(metadata, property)
    return { ordinal: column.ordinal, code: codeOf(metadata, column, conditions[property]) }
  })
  if (parts.length === 0) {
    throw new StatementError(
      `${metadata.name}: an empty if would be no condition; name at least one property, or use ifExists`,
    )
  }
  parts.sort((a, b) => a.ordinal - b.ordinal)
  return `|?${parts.map(({ ordinal, code }) => `${ordinal}${code}`).join(',')}`
}

/** Tells if an option that is on or off is on. Throws `StatementError` for anything but a boolean. */
export function isAsked(
  metadata: EntityMetadata,
  option: 'ifExists' | 'ifNotExists',
  value: unknown,
): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true
  throw new StatementError(`${metadata.name}: ${option} must be true or false`)
}

/** Refuses a timestamp beside a condition: the time of such a write is that of its Paxos round. */
export function refuseTimestamp(metadata: EntityMetadata, { timestamp }: UsingRequest): void {
  if (timestamp === undefined) return
  throw new StatementError(
    `${metadata.name}: a conditional write takes no timestamp, since Cassandra gives it its own; ` +
      'leave timestamp out',
  )
}

/** Returns its text and markers, in the order of the columns, so that equal shapes have equal texts. */
export function buildIf(metadata: EntityMetadata, request: IfRequest): IfClause {
  if (request.if === undefined) {
    const isConditional = request.ifExists === true
    return { cql: isConditional ? ' IF EXISTS' : '', markers: [], columns: [], isConditional }
  }
  const given = request.if as Given
  const columns = metadata.columns.filter(({ property }) => Object.hasOwn(given, property))
  const comparisons = columns.flatMap((column) =>
    comparisonsOf(metadata, column, given[column.property]),
  )
  return {
    cql: ` IF ${comparisons.map(({ cql }) => cql).join(' AND ')}`,
    markers: comparisons.flatMap(({ markers }) => markers),
    columns,
    isConditional: true,
  }
}

function conditionColumn(metadata: EntityMetadata, property: string): ColumnMetadata {
  const column = columnOf(metadata, property, 'if')
  if (column.isKey) {
    throw new StatementError(
      `${metadata.name}.${property} belongs to the primary key, which the where gives already; ` +
        'leave it out of if',
    )
  }
  return column
}

function codeOf(metadata: EntityMetadata, column: ColumnMetadata, value: unknown): string {
  const { property } = column
  const refuse = (message: string): never => {
    throw new StatementError(`${metadata.name}.${property}: ${message}`)
  }
  if (value === undefined || value === null) return refuse(absent[String(value) as 'null'])
  if (isChange(value)) return codeOfFields(metadata, column, value)
  if (!isCondition(value)) return '='
  const { code, name, operand, stands } = operators[value.operator]
  if (!stands.if) {
    refuse(
      `${name}() exists only in where, since Cassandra has no such operator in IF; compare the whole value`,
    )
  }
  switch (operand) {
    case 'several': {
      const codes = joinedBy(value, refuse).map((each) => codeOf(metadata, column, each))
      return `${code}${codes.join('')};`
    }
    case 'entry':
    case 'index':
      return `${code}${codeOf(metadata, column, partOf(value))}`
    case 'valueOrNull':
      if (isNothing(value.value)) return 'N'
      return isCondition(value.value) ? refuse(`${name}() takes a value, or null`) : code
    case 'value':
    case 'list':
    case 'ends':
    case 'element':
    case 'key':
    case 'nothing':
      return code
    default:
      return unreachable(operand)
  }
}

/** Returns the operators of the fields of a user-defined type, in the order of the type. */
function codeOfFields(
  metadata: EntityMetadata,
  column: ColumnMetadata,
  change: ColumnChange,
): string {
  const refuse = (message: string): never => {
    throw new StatementError(`${metadata.name}.${column.property}: ${message}`)
  }
  if (change.kind !== 'fields') return refuse('is given a change in if; give it what it must be')
  if (column.codec.fields === undefined) {
    return refuse(
      `Fields() asks a user-defined type, and this is a ${printType(column.codec.type)}`,
    )
  }
  requireProperties(metadata, change.value, 'Fields()')
  const given = change.value
  const fields = Object.keys(given)
  if (fields.length === 0) refuse('Fields() of nothing would be no condition; name at least one')
  const parts = fields.map((field) => ({
    place: fieldPlace(metadata, column, field),
    code: codeOf(metadata, column, given[field]),
  }))
  parts.sort((a, b) => a.place - b.place)
  return `f${parts.map(({ place, code }) => `${place}${code}`).join('.')};`
}
