import { type Codec, Refusal } from '../codec/codec'
import { codecFor } from '../codec/codec-for'
import { identifier } from '../cql/identifier'
import { printType } from '../cql/print-type'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { columnOf, requireObject } from './column-of'
import { type Condition, type ConditionOperator, isCondition } from './condition'
import { listOf } from './list-of'
import type { IfRequest, UsingRequest } from './requests'
import type { Marker, Path } from './statement'

/** The `IF` of an update or delete. */
export interface IfClause {
  /** ` IF "a" = ? AND …`, ` IF EXISTS`, or nothing. */
  readonly cql: string
  readonly markers: readonly Marker[]
  /** What the conditions name: the server answers with these when it does not apply the write. */
  readonly columns: readonly ColumnMetadata[]
  readonly isConditional: boolean
}

/**
 * Which conditions a write has, without their values; empty when it has none. Throws `StatementError` for
 * unknown properties, key columns, null and undefined, and for what excludes a condition.
 */
export function shapeOfIf(entity: EntityMetadata, request: IfRequest & UsingRequest): string {
  const ifExists = isAsked(entity, 'ifExists', request.ifExists)
  if (request.if === undefined) {
    if (ifExists) refuseTimestamp(entity, request)
    return ifExists ? '|e' : ''
  }
  const conditions: unknown = request.if
  requireObject(entity, conditions, 'if')
  if (ifExists) {
    throw new StatementError(
      `${entity.entity}: if and ifExists exclude each other; keep the if, which no absent row meets ` +
        'unless it says Not() or IsNull()',
    )
  }
  refuseTimestamp(entity, request)
  const parts = Object.keys(conditions).map((property) => {
    const column = conditionColumn(entity, property)
    return { ordinal: column.ordinal, code: codeOf(entity, property, conditions[property]) }
  })
  if (parts.length === 0) {
    throw new StatementError(
      `${entity.entity}: an empty if would be no condition; name at least one property, or use ifExists`,
    )
  }
  parts.sort((a, b) => a.ordinal - b.ordinal)
  return `|?${parts.map(({ ordinal, code }) => `${ordinal}${code}`).join(',')}`
}

/** True when an option that is on or off is on. Throws `StatementError` for anything but a boolean. */
export function isAsked(
  entity: EntityMetadata,
  option: 'ifExists' | 'ifNotExists',
  value: unknown,
): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true
  throw new StatementError(`${entity.entity}: ${option} must be true or false`)
}

/** Refuses a timestamp beside a condition: the time of such a write is that of its Paxos round. */
export function refuseTimestamp(entity: EntityMetadata, { timestamp }: UsingRequest): void {
  if (timestamp === undefined) return
  throw new StatementError(
    `${entity.entity}: a conditional write takes no timestamp, since Cassandra gives it its own; ` +
      'leave timestamp out',
  )
}

/** Its text and markers, in the order of the columns, so that equal shapes give equal texts. */
export function buildIf(entity: EntityMetadata, request: IfRequest): IfClause {
  if (request.if === undefined) {
    const isConditional = request.ifExists === true
    return { cql: isConditional ? ' IF EXISTS' : '', markers: [], columns: [], isConditional }
  }
  const given = request.if as Readonly<Record<string, unknown>>
  const columns = entity.columns.filter(({ property }) => Object.hasOwn(given, property))
  const comparisons = columns.flatMap((column) =>
    comparisonsOf(subjectOf(entity, column), given[column.property], ['if', column.property]),
  )
  return {
    cql: ` IF ${comparisons.map(({ cql }) => cql).join(' AND ')}`,
    markers: comparisons.flatMap(({ markers }) => markers),
    columns,
    isConditional: true,
  }
}

function conditionColumn(entity: EntityMetadata, property: string): ColumnMetadata {
  const column = columnOf(entity, property, 'if')
  if (column.kind === 'partitionKey' || column.kind === 'clustering') {
    throw new StatementError(
      `${entity.entity}.${property} belongs to the primary key, which the where gives already; ` +
        'leave it out of if',
    )
  }
  return column
}

/** One character per operator in a shape; the composed ones are written by `codeOf`. */
const shapeCodes = {
  equal: 'q',
  in: 'i',
  moreThan: '>',
  moreThanOrEqual: ']',
  lessThan: '<',
  lessThanOrEqual: '[',
  between: '~',
  contains: 'c',
  containsKey: 'k',
  isNull: '0',
  and: null,
  entry: null,
  at: null,
  not: null,
  like: null,
} as const satisfies Record<ConditionOperator, string | null>

function codeOf(entity: EntityMetadata, property: string, value: unknown): string {
  if (value === undefined || value === null) {
    throw new StatementError(`${entity.entity}.${property}: ${absent[String(value) as 'null']}`)
  }
  if (!isCondition(value)) return '='
  switch (value.operator) {
    case 'and': {
      const all = value.value as readonly unknown[]
      return `&${all.map((each) => codeOf(entity, property, each)).join('')};`
    }
    case 'entry':
      return `m${codeOf(entity, property, partOf(value))}`
    case 'at':
      return `a${codeOf(entity, property, partOf(value))}`
    case 'not':
      if (isNothing(value.value)) return 'N'
      if (!isCondition(value.value)) return '!'
      throw new StatementError(`${entity.entity}.${property}: Not() takes a value, or null`)
    case 'like':
      throw new StatementError(
        `${entity.entity}.${property}: Like() exists only in where; Cassandra has no LIKE in IF`,
      )
    default:
      return shapeCodes[value.operator]
  }
}

const absent = {
  null: 'null in an if is written IsNull(), or Not(null) for the opposite',
  undefined: 'undefined in an if would be no condition; give a value, or leave the property out',
} as const

function isNothing(value: unknown): boolean {
  return value === null || (isCondition(value) && value.operator === 'isNull')
}

/** What is compared in an entry of a map or an element of a list. */
function partOf(condition: Condition): unknown {
  return (condition.value as readonly [unknown, unknown])[1]
}

/** What is compared: a column, or a part of one with the markers that address it. */
interface Subject {
  readonly column: ColumnMetadata
  readonly cql: string
  readonly address: readonly Marker[]
  readonly codec: Codec
  readonly refuse: (message: string) => never
}

interface Comparison {
  readonly cql: string
  readonly markers: readonly Marker[]
}

function subjectOf({ entity }: EntityMetadata, column: ColumnMetadata): Subject {
  return {
    column,
    cql: identifier(column.name),
    address: [],
    codec: column.codec,
    refuse: (message) => {
      throw new StatementError(`${entity}.${column.property}: ${message}`)
    },
  }
}

const signs = {
  equal: '=',
  not: '!=',
  moreThan: '>',
  moreThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
} as const

function comparisonsOf(subject: Subject, value: unknown, path: Path): readonly Comparison[] {
  if (!isCondition(value)) return [compare(subject, '=', path)]
  const inner: Path = [...path, 'value']
  switch (value.operator) {
    case 'and':
      return (value.value as readonly unknown[]).flatMap((each, i) =>
        comparisonsOf(subject, each, [...inner, i]),
      )
    case 'between':
      return [ordered(subject, '>=', [...inner, 0]), ordered(subject, '<=', [...inner, 1])]
    case 'in':
      return [compare(subject, 'IN', inner, listOf(subject.codec))]
    case 'isNull':
      return [isNull(subject, '=')]
    case 'not':
      return [isNothing(value.value) ? isNull(subject, '!=') : compare(subject, '!=', inner)]
    case 'contains':
      return [compare(subject, 'CONTAINS', inner, partsOf(subject, 'Contains').value)]
    case 'containsKey':
      return [compare(subject, 'CONTAINS KEY', inner, keyOf(subject, 'ContainsKey'))]
    case 'entry':
    case 'at':
      return comparisonsOf(elementOf(subject, value.operator, inner), partOf(value), [...inner, 1])
    case 'equal':
      return [compare(subject, signs.equal, inner)]
    case 'like':
      return []
    default:
      return [ordered(subject, signs[value.operator], inner)]
  }
}

function compare(
  { cql, address, codec, column }: Subject,
  sign: string,
  path: Path,
  compared: Marker['codec'] = codec,
): Comparison {
  return {
    cql: `${cql} ${sign} ?`,
    markers: [...address, markerOf(column, path, compared)],
  }
}

function ordered(subject: Subject, sign: string, path: Path): Comparison {
  const { type } = subject.codec
  if (type.kind === 'native' && type.name === 'duration') {
    subject.refuse('is a duration, which has no order; compare it with a plain value')
  }
  return compare(subject, sign, path)
}

function isNull({ cql, address }: Subject, sign: '=' | '!='): Comparison {
  return { cql: `${cql} ${sign} null`, markers: address }
}

function markerOf({ property }: ColumnMetadata, path: Path, codec: Marker['codec']): Marker {
  return {
    path,
    label: property,
    codec,
    undefinedRefusal: absent.undefined,
    nullRefusal: absent.null,
  }
}

/** An entry of a map, `m[?]`, or an element of a list, `l[?]`. */
function elementOf(subject: Subject, operator: 'entry' | 'at', path: Path): Subject {
  const parts = partsOf(subject, operator === 'entry' ? 'Entry' : 'At')
  const isList = kindOf(subject.codec) === 'list'
  if (operator === 'at' && !isList) {
    subject.refuse(`At() asks a list, and this is a ${printType(subject.codec.type)}`)
  }
  const address = operator === 'at' ? listIndex : keyOf(subject, 'Entry')
  return {
    ...subject,
    cql: `${subject.cql}[?]`,
    address: [markerOf(subject.column, [...path, 0], address)],
    codec: parts.value,
  }
}

/** The codecs of a collection's parts; only a column has parts in IF, not an element of it. */
function partsOf(subject: Subject, operator: string): NonNullable<Codec['parts']> {
  const { parts, type } = subject.codec
  if (subject.address.length > 0) {
    return subject.refuse(`${operator}() asks a column, and cannot be inside of Entry() or At()`)
  }
  return (
    parts ?? subject.refuse(`${operator}() asks a collection, and this is a ${printType(type)}`)
  )
}

function keyOf(subject: Subject, operator: string): Codec {
  const { key } = partsOf(subject, operator)
  return (
    key ??
    subject.refuse(`${operator}() asks a map, and this is a ${printType(subject.codec.type)}`)
  )
}

function kindOf({ type }: Codec): string {
  return type.kind === 'frozen' ? type.of.kind : type.kind
}

const int = codecFor({ kind: 'native', name: 'int' })

/** The server refuses an index below 0; one beyond the end reads as null. */
const listIndex: Marker['codec'] = {
  ...int,
  check(input) {
    const index = int.check(input) as number
    if (index < 0) throw new Refusal('At() takes an index from 0')
    return index
  },
}
