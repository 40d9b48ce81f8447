import type { Codec } from '../../codec/codec'
import { codecFor } from '../../codec/codec-for'
import { setAsArrayCodec } from '../../codec/collections'
import { operandCodec } from '../../codec/transform/transformed'
import { identifier } from '../../cql/identifier'
import { printType } from '../../cql/print-type'
import { StatementError } from '../../errors/errors'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { type ColumnChange, isChange } from '../change'
import {
  type ChangeKind,
  type ChangeTarget,
  changeOperators,
  operatorsFor,
} from '../change-operators'
import { columnOf, inOrder, requireProperties } from '../column-of'
import { isCondition } from '../condition'
import { fieldPlace } from './field-place'
import { listIndex } from './list-index'
import type { Marker, Path } from '../statement'
import { valueMarker } from './value-marker'

/** The `SET` of an update. */
export interface SetClause {
  /** `"a" = ?, "b" = "b" + ?` */
  readonly cql: string
  readonly markers: readonly Marker[]
  readonly columns: readonly ColumnMetadata[]
  /** Tells if doing it twice is the same as doing it once. */
  readonly isIdempotent: boolean
}

/**
 * Returns the changes of an update without their values: the same for the same properties and operators in any order.
 * Throws `StatementError` for an unknown property, a column of the key, an operator on a column of another kind.
 */
export function shapeOfChanges(metadata: EntityMetadata, changes: unknown): string {
  requireProperties(metadata, changes, 'changes')
  const properties = Object.keys(changes)
  if (properties.length === 0) {
    throw new StatementError(
      `${metadata.name}: the update changes nothing; name at least one property`,
    )
  }
  let shape = ''
  let last = -1
  for (const property of properties) {
    const column = columnOf(metadata, property, 'changes')
    if (column.ordinal < last)
      return shapeOfChanges(metadata, inOrder(metadata, changes, 'changes'))
    last = column.ordinal
    shape += `${last}${codeOf(metadata, column, changes[property])},`
  }
  return shape
}

function codeOf(metadata: EntityMetadata, column: ColumnMetadata, value: unknown): string {
  if (column.isKey) {
    refuse(
      metadata,
      column,
      'belongs to the primary key and cannot change; ' +
        'insert the row under its new key and delete the old one',
    )
  }
  if (!isChange(value)) {
    if (isCondition(value)) refuse(metadata, column, 'is given a condition; give it a value')
    if (column.isCounter && value !== undefined) {
      refuse(metadata, column, 'is a counter and cannot be set; write Increment() or Decrement()')
    }
    return '='
  }
  if (value.kind === 'both')
    return partsOf(value)
      .map((part) => codeOf(metadata, column, part))
      .join('')
  const { name, code, changes } = changeOperators[value.kind]
  const target = targetOf(column)
  if (target === undefined || !(changes as readonly ChangeTarget[]).includes(target)) {
    refuse(metadata, column, explainMisfit(column, name, target))
  }
  return value.kind === 'fields' ? `f(${fieldsOf(metadata, column, value).join('.')})` : code
}

function refuse(metadata: EntityMetadata, { property }: ColumnMetadata, message: string): never {
  throw new StatementError(`${metadata.name}.${property} ${message}`)
}

/** Returns the kind of a column for operators; undefined if it takes whole values only. */
function targetOf({ isCounter, type }: ColumnMetadata): ChangeTarget | undefined {
  if (isCounter) return 'counter'
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
    case 'udt':
      return type.kind
    case 'native':
    case 'frozen':
    case 'tuple':
    case 'vector':
      return undefined
    default:
      return unreachable(type)
  }
}

function explainMisfit(
  { type }: ColumnMetadata,
  name: string,
  target: ChangeTarget | undefined,
): string {
  const what = target === 'counter' ? 'counter' : printType(type)
  const others = target === undefined ? [] : operatorsFor(target)
  const remedy =
    others.length === 0
      ? 'give the whole value'
      : `write ${others.slice(0, -1).join(', ')}${others.length > 1 ? ' or ' : ''}${others.at(-1)}`
  return `is a ${what}, which ${name}() cannot change; ${remedy}`
}

/** The fields that `Fields` names, as places in the type. */
function fieldsOf(
  metadata: EntityMetadata,
  column: ColumnMetadata,
  { value }: ColumnChange,
): readonly number[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(metadata, column, 'needs an object of fields in Fields()')
  }
  requireProperties(metadata, value, `Fields() of '${column.property}'`)
  const places = Object.keys(value).map((field) => fieldPlace(metadata, column, field))
  if (places.length === 0)
    refuse(metadata, column, 'is given no field; name at least one in Fields()')
  return places.sort((a, b) => a - b)
}

/** One part of a SET. */
export interface Assignment {
  readonly cql: string
  readonly markers: readonly Marker[]
}

/** Returns its text and markers, in the order of the columns, so that equal shapes have equal texts. */
export function buildSet(metadata: EntityMetadata, changes: object): SetClause {
  const given = changes as Readonly<Record<string, unknown>>
  const columns = metadata.columns.filter(({ property }) => Object.hasOwn(given, property))
  const assignments = columns.flatMap((column) => assignmentsOf(column, given[column.property]))
  return {
    cql: assignments.map(({ cql }) => cql).join(', '),
    markers: assignments.flatMap(({ markers }) => markers),
    columns,
    isIdempotent: columns.every(({ isCounter, property }) => {
      const value = given[property]
      return isChange(value) ? changeOperators[value.kind].isIdempotent : !isCounter
    }),
  }
}

/** Returns the two operators of a `Both`. */
function partsOf({ value }: ColumnChange): readonly ColumnChange[] {
  return value as readonly ColumnChange[]
}

function assignmentsOf(
  column: ColumnMetadata,
  value: unknown,
  at: Path = ['changes', column.property],
): readonly Assignment[] {
  const name = identifier(column.name)
  if (!isChange(value)) {
    // A counter is never set; its undefined is a change by nothing.
    const cql = column.isCounter ? `${name} = ${name} + ?` : `${name} = ?`
    return [{ cql, markers: [valueMarker(column, 'changes')] }]
  }
  const path: Path = [...at, 'value']
  const operand = operandMarker(column, value.kind)
  const whole = operandCodec(column.codec)
  switch (value.kind) {
    case 'append':
    case 'add':
    case 'put':
      return [{ cql: `${name} = ${name} + ?`, markers: [operand(path, whole)] }]
    case 'prepend':
      return [{ cql: `${name} = ? + ${name}`, markers: [operand(path, whole)] }]
    case 'remove':
      return [{ cql: `${name} = ${name} - ?`, markers: [operand(path, removed(whole))] }]
    case 'setAt':
      return [
        {
          cql: `${name}[?] = ?`,
          markers: [
            operand([...path, 0], listIndex('SetAt()')),
            operand([...path, 1], column.codec.parts?.value ?? column.codec),
          ],
        },
      ]
    case 'fields':
      return fieldAssignments(column, value.value as object)
    case 'increment':
      return [{ cql: `${name} = ${name} + ?`, markers: [operand(path, delta)] }]
    case 'decrement':
      return [{ cql: `${name} = ${name} - ?`, markers: [operand(path, delta)] }]
    case 'both':
      return partsOf(value).flatMap((part, i) => assignmentsOf(column, part, [...path, i]))
    default:
      return unreachable(value.kind)
  }
}

function fieldAssignments(column: ColumnMetadata, given: object): readonly Assignment[] {
  return [...(column.codec.fields ?? [])]
    .filter(([field]) => Object.hasOwn(given, field))
    .map(([field, { name, codec }]) => ({
      cql: `${identifier(column.name)}.${identifier(name)} = ?`,
      markers: [
        {
          path: ['changes', column.property, 'value', field],
          label: `${column.property}.${field}`,
          codec,
          undefinedRefusal: undefined,
          nullRefusal: undefined,
        },
      ],
    }))
}

/** The marker of what an operator was given: absent it would be another change than the one that was written. */
function operandMarker({ property }: ColumnMetadata, kind: ChangeKind) {
  const { name, insteadOfNull } = changeOperators[kind]
  return (path: Path, codec: Marker['codec']): Marker => ({
    path,
    label: property,
    codec,
    undefinedRefusal: `${name}() is given undefined; leave the property out to change nothing`,
    nullRefusal: `${name}() is given null; ${insteadOfNull}`,
  })
}

/** Returns the codec of elements to take away: of a map these are its keys, bound as a set. */
export function removed(codec: Codec): Codec {
  const key = codec.parts?.key
  return key === undefined ? codec : (setAsArrayCodec({ kind: 'set', of: key.type }, key) as Codec)
}

const delta = codecFor({ kind: 'native', name: 'counter' })
