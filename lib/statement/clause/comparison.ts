import type { Codec } from '../../codec/codec'
import { identifier } from '../../cql/identifier'
import { printType } from '../../cql/print-type'
import { thaw } from '../../cql/type-tree'
import { StatementError } from '../../errors/errors'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { isChange } from '../change'
import { type Condition, isCondition } from '../condition'
import { operators } from '../operators'
import { listIndex } from './list-index'
import { listOf } from './list-of'
import { rangeBound } from './range-bound'
import type { Marker, Path } from '../statement'

/** One comparison of an IF: its text and its markers. */
export interface Comparison {
  readonly cql: string
  readonly markers: readonly Marker[]
}

/** The reasons why null and undefined are refused in an `if`. */
export const absent = {
  null: 'null in an if is written IsNull(), or Not(null) for the opposite',
  undefined: 'undefined in an if would be no condition; give a value, or leave the property out',
} as const

/** Tells if `Not` of a value is `!= null`. */
export function isNothing(value: unknown): boolean {
  return value === null || (isCondition(value) && value.operator === 'isNull')
}

/** Returns the value that an entry of a map or an element of a list is compared with. */
export function partOf(condition: Condition): unknown {
  return (condition.value as readonly [unknown, unknown])[1]
}

/** The left side of a comparison: a column, or a part of one with the markers that address it. */
interface Subject {
  readonly column: ColumnMetadata
  readonly isPart: boolean
  readonly cql: string
  readonly address: readonly Marker[]
  readonly codec: Codec
  readonly refuse: (message: string) => never
}

function subjectOf({ name }: EntityMetadata, column: ColumnMetadata): Subject {
  return {
    column,
    isPart: false,
    cql: identifier(column.name),
    address: [],
    codec: column.codec,
    refuse: (message) => {
      throw new StatementError(`${name}.${column.property}: ${message}`)
    },
  }
}

/** Returns the comparisons of a condition on a column. Throws `StatementError` for those that its type does not have. */
export function comparisonsOf(
  metadata: EntityMetadata,
  column: ColumnMetadata,
  value: unknown,
): readonly Comparison[] {
  return compareAll(subjectOf(metadata, column), value, ['if', column.property])
}

function compareAll(subject: Subject, value: unknown, path: Path): readonly Comparison[] {
  const inner: Path = [...path, 'value']
  if (isChange(value)) return compareFields(subject, value.value as object, inner)
  if (!isCondition(value)) return [compare(subject, '=', path)]
  const { name, nature, operand, sign } = operators[value.operator]
  switch (operand) {
    case 'several':
      return (value.value as readonly unknown[]).flatMap((each, i) =>
        compareAll(subject, each, [...inner, i]),
      )
    case 'ends':
      return [
        compareInOrder(subject, '>=', [...inner, 0]),
        compareInOrder(subject, '<=', [...inner, 1]),
      ]
    case 'list':
      return [compare(subject, sign, inner, listOf(subject.codec))]
    case 'nothing':
      return [compareWithNull(subject, sign)]
    case 'valueOrNull':
      return [
        isNothing(value.value) ? compareWithNull(subject, sign) : compare(subject, sign, inner),
      ]
    case 'element':
      return [compare(subject, sign, inner, partsOf(subject, name).value)]
    case 'key':
      return [compare(subject, sign, inner, keyOf(subject, name))]
    case 'entry':
      return compareAll(entryOf(subject, name, inner), partOf(value), [...inner, 1])
    case 'index':
      return compareAll(elementOf(subject, name, inner), partOf(value), [...inner, 1])
    case 'value':
      return [
        nature === 'point' ? compare(subject, sign, inner) : compareInOrder(subject, sign, inner),
      ]
    default:
      return unreachable(operand)
  }
}

/** `"address"."zip" = ?`, for each field. */
function compareFields(subject: Subject, given: object, path: Path): readonly Comparison[] {
  if (subject.isPart) subject.refuse('Fields() asks a column, and cannot be inside of one')
  return [...(subject.codec.fields ?? [])]
    .filter(([field]) => Object.hasOwn(given, field))
    .flatMap(([field, { name, codec }]) => {
      const cql = `${subject.cql}.${identifier(name)}`
      const value = (given as Readonly<Record<string, unknown>>)[field]
      return compareAll({ ...subject, isPart: true, cql, codec }, value, [...path, field])
    })
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

function compareInOrder(subject: Subject, sign: string, path: Path): Comparison {
  const { type } = subject.codec
  if (type.kind === 'native' && type.name === 'duration') {
    subject.refuse('is a duration, which has no order; compare it with a plain value')
  }
  return compare(subject, sign, path, rangeBound(subject.codec, sign))
}

function compareWithNull({ cql, address }: Subject, sign: string): Comparison {
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

/** The index of an element: one beyond the end of the list reads as null. */
const atIndex = listIndex('At()')

/** Returns an entry of a map, `m[?]`. */
function entryOf(subject: Subject, operator: string, path: Path): Subject {
  const { value } = partsOf(subject, operator)
  return addressed(subject, value, keyOf(subject, operator), path)
}

/** Returns an element of a list, `l[?]`. */
function elementOf(subject: Subject, operator: string, path: Path): Subject {
  const { value } = partsOf(subject, operator)
  if (kindOf(subject.codec) !== 'list') {
    subject.refuse(`${operator}() asks a list, and this is a ${printType(subject.codec.type)}`)
  }
  return addressed(subject, value, atIndex, path)
}

function addressed(subject: Subject, codec: Codec, address: Marker['codec'], path: Path): Subject {
  return {
    ...subject,
    isPart: true,
    cql: `${subject.cql}[?]`,
    address: [markerOf(subject.column, [...path, 0], address)],
    codec,
  }
}

/** The codecs of a collection's parts; only a column has parts in IF, not an element of it. */
function partsOf(subject: Subject, operator: string): NonNullable<Codec['parts']> {
  const { parts, type } = subject.codec
  if (subject.isPart) {
    return subject.refuse(`${operator}() asks a column, and cannot be inside of a part of one`)
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
  return thaw(type).kind
}
