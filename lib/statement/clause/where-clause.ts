import { identifier } from '../../cql/identifier'
import { StatementError } from '../../errors/errors'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { columnOf, inOrder, requireProperties } from '../column-of'
import { type Condition, isCondition, joinedBy } from '../condition'
import { type RelationOperator, isRelationOperator, operators } from '../operators'
import { listOf } from './list-of'
import { rangeBound } from './range-bound'
import { isServedBy } from '../rules/index-service'
import { type Relation, isList } from '../rules/relation'
import { comparedCodec } from '../rules/wrong-answers'
import type { Marker, Path } from '../statement'

/** One relation of a WHERE: what the rules judge, its text and its markers. */
export type WhereRelation = Relation & {
  readonly cql: string
  readonly markers: readonly Marker[]
}

/**
 * Returns the relations of a filter without their values: the same for the same properties and operators in any order.
 * Throws `StatementError` for an unknown property, for null and undefined, and for operators that only IF has.
 */
export function shapeOfWhere(metadata: EntityMetadata, where: unknown): string {
  requireProperties(metadata, where, 'where')
  let shape = ''
  let last = -1
  for (const property of Object.keys(where)) {
    const column = columnOf(metadata, property, 'where')
    if (column.ordinal < last) return shapeOfWhere(metadata, inOrder(metadata, where, 'where'))
    last = column.ordinal
    const value = where[property]
    if (value === null || value === undefined) throw noFilter(metadata, property, value)
    const code = isCondition(value) ? shapeOfCondition(metadata, property, value, column) : '='
    shape += `${last}${code},`
  }
  return shape
}

/** Does the same for a write, and refuses an empty filter: the write would concern the whole table. */
export function shapeOfWrittenWhere(
  metadata: EntityMetadata,
  where: unknown,
  verb: 'update' | 'delete',
): string {
  const shape = shapeOfWhere(metadata, where)
  if (shape !== '') return shape
  throw new StatementError(
    `${metadata.name}: ${verb} with an empty where would concern the whole table; name the key` +
      (verb === 'delete' ? ', or call truncate()' : ''),
  )
}

function noFilter(metadata: EntityMetadata, property: string, value: null | undefined) {
  return new StatementError(
    `${metadata.name}.${property}: ${String(value)} in a where would not filter; ` +
      'give a value, or leave the property out to read without it',
  )
}

/**
 * Returns the operators of a condition, without its values. `label` is the property, or `token`, or `tuple`. Throws
 * `StatementError` for operators that only IF has.
 */
export function shapeOfCondition(
  metadata: EntityMetadata,
  label: string,
  condition: Condition,
  column?: ColumnMetadata,
): string {
  const { code, stands, operand, name } = operators[condition.operator]
  if (!stands.where) {
    throw new StatementError(
      `${metadata.name}.${label}: ${name}() exists only in the 'if' of a write, since Cassandra has no such ` +
        'operator in WHERE; leave it out and filter the results',
    )
  }
  if (operand === 'list') return isEqual(metadata, column, condition) ? `${code}1` : code
  if (operand !== 'several') return code
  let inner = ''
  const joined = joinedBy(condition, (message) => {
    throw new StatementError(`${metadata.name}.${label}: ${message}`)
  })
  for (const each of joined) inner += shapeOfCondition(metadata, label, each, column)
  return `${code}${inner};`
}

/**
 * Tells if an `In` has one element, and an index serves it as `=`: none serves IN. Elsewhere lists of any length are one
 * statement.
 */
function isEqual(
  { indexes }: EntityMetadata,
  column: ColumnMetadata | undefined,
  { value }: Condition,
): boolean {
  return (
    column !== undefined &&
    Array.isArray(value) &&
    value.length === 1 &&
    isServedBy(indexes, { kind: 'column', column, operator: 'equal' })
  )
}

/** The relations of a filter in the order of the columns, so that equal shapes give equal texts. */
export function buildWhere(metadata: EntityMetadata, where: object): readonly WhereRelation[] {
  const given = where as Readonly<Record<string, unknown>>
  return metadata.columns
    .filter(({ property }) => Object.hasOwn(given, property))
    .flatMap((column) => {
      const value = given[column.property]
      const path = ['where', column.property]
      return operationsOf(value, path, (list) => isEqual(metadata, column, list)).map(
        ({ operator, path: at }) => relation(metadata, column, operator, at),
      )
    })
}

/** One operator that a filter applies, and where its value stands in the request. */
export interface Operation {
  readonly operator: RelationOperator
  readonly path: Path
}

/**
 * Returns the operations of a plain value or a condition at `path`: `Between` and `And` are several. `isEqual` tells if a
 * list is served as `=`.
 */
export function operationsOf(
  value: unknown,
  path: Path,
  isEqual: (list: Condition) => boolean = () => false,
): readonly Operation[] {
  if (!isCondition(value)) return [{ operator: 'equal', path }]
  const inner: Path = [...path, 'value']
  const { operator } = value
  const { operand } = operators[operator]
  switch (operand) {
    case 'several':
      return (value.value as readonly Condition[]).flatMap((each, i) =>
        operationsOf(each, [...inner, i], isEqual),
      )
    case 'ends':
      return [
        { operator: 'moreThanOrEqual', path: [...inner, 0] },
        { operator: 'lessThanOrEqual', path: [...inner, 1] },
      ]
    case 'list':
      return isEqual(value)
        ? [{ operator: 'equal', path: [...inner, 0] }]
        : [{ operator: 'in', path: inner }]
    case 'value':
    case 'valueOrNull':
    case 'nothing':
    case 'element':
    case 'key':
    case 'entry':
    case 'index':
      return isRelationOperator(operator) ? [{ operator, path: inner }] : []
    default:
      return unreachable(operand)
  }
}

/** Returns the paths of the lists of IN: an empty one matches nothing. */
export function listsOf(relations: readonly WhereRelation[]): readonly Path[] {
  return relations.filter(isList).flatMap(({ markers }) => markers.map(({ path }) => path))
}

function relation(
  metadata: EntityMetadata,
  column: ColumnMetadata,
  operator: RelationOperator,
  path: Path,
): WhereRelation {
  const name = identifier(column.name)
  const { sign, operand, nature } = operators[operator]
  const marker = (codec: Marker['codec'], at: Path = path) =>
    filterMarker(column.property, codec, at)
  // A column without such parts is refused by the rules.
  const { key = column.codec, value = column.codec } = column.codec.parts ?? {}
  const compared = (codec: Marker['codec']): WhereRelation => ({
    kind: 'column',
    column,
    operator,
    cql: `${name} ${sign} ?`,
    markers: [{ ...marker(codec), ...(nature === 'point' ? { fixes: column } : {}) }],
  })
  switch (operand) {
    case 'value':
      return compared(rangeBound(comparedCodec(metadata, column, operator, column.codec), sign))
    case 'list':
      return compared(comparedCodec(metadata, column, operator, listOf(column.codec)))
    case 'element':
      return compared(value)
    case 'key':
      return compared(key)
    case 'entry':
      return {
        kind: 'column',
        column,
        operator,
        cql: `${name}[?] ${sign} ?`,
        markers: [marker(key, [...path, 0]), marker(value, [...path, 1])],
      }
    default:
      return unreachable(operand)
  }
}

/** The marker of a value that a filter compares with: it must be there. */
export function filterMarker(label: string, codec: Marker['codec'], path: Path): Marker {
  return {
    path,
    label,
    codec,
    undefinedRefusal: 'undefined in a where would not filter; give a value',
    nullRefusal: 'null in a where would not filter; give a value',
  }
}
