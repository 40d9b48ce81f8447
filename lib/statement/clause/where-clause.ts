import { identifier } from '../../cql/identifier'
import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { columnOf, requireObject } from '../column-of'
import { type Condition, type ConditionOperator, isCondition } from '../condition'
import { listOf } from './list-of'
import type { Relation, RelationOperator } from '../rules/relation'
import type { Marker, Path } from '../statement'

/** One relation of a WHERE: what the rules judge, its text and its markers. */
export type WhereRelation = Relation & {
  readonly cql: string
  readonly markers: readonly Marker[]
}

/** One character per operator in a shape; null: not an operator of WHERE. */
const shapeCodes = {
  equal: 'q',
  in: 'i',
  moreThan: '>',
  moreThanOrEqual: ']',
  lessThan: '<',
  lessThanOrEqual: '[',
  between: '~',
  and: '&',
  like: 'l',
  contains: 'c',
  containsKey: 'k',
  entry: 'm',
  at: null,
  not: null,
  isNull: null,
} as const satisfies Record<ConditionOperator, string | null>

const ifOnly = { at: 'At', not: 'Not', isNull: 'IsNull' } as const

/**
 * What a filter asks, without its values: the same for the same properties and operators in whatever order.
 * Throws `StatementError` for an unknown property, for null and undefined, and for operators that only IF has.
 */
export function shapeOfWhere(metadata: EntityMetadata, where: unknown): string {
  requireObject(metadata, where, 'where')
  const properties = Object.keys(where)
  const [only] = properties
  if (only !== undefined && properties.length === 1) return shapeOfProperty(metadata, where, only)
  return properties
    .map((property) => ({
      ordinal: columnOf(metadata, property, 'where').ordinal,
      shape: shapeOfProperty(metadata, where, property),
    }))
    .sort((a, b) => a.ordinal - b.ordinal)
    .reduce((all, { shape }) => all + shape, '')
}

function shapeOfProperty(
  metadata: EntityMetadata,
  where: Readonly<Record<string, unknown>>,
  property: string,
): string {
  const { ordinal } = columnOf(metadata, property, 'where')
  const value = where[property]
  if (value === null || value === undefined) throw noFilter(metadata, property, value)
  return `${ordinal}${isCondition(value) ? shapeOfCondition(metadata, property, value) : '='},`
}

/** Refuses a write without a filter: it would concern the whole table. */
export function requireFilter(
  metadata: EntityMetadata,
  where: unknown,
  verb: 'update' | 'delete',
): void {
  requireObject(metadata, where, 'where')
  if (Object.keys(where).length > 0) return
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

/** The operators of a condition, without its values. `label` is the property, or `token`, or `tuple`. */
export function shapeOfCondition(
  metadata: EntityMetadata,
  label: string,
  condition: Condition,
): string {
  const code = shapeCodes[condition.operator]
  if (code === null) {
    throw new StatementError(
      `${metadata.name}.${label}: ${ifOnly[condition.operator as keyof typeof ifOnly]}() exists only in the 'if' ` +
        'of a write; Cassandra has no !=, no IS NULL and no l[i] in WHERE',
    )
  }
  if (condition.operator !== 'and') return code
  let inner = ''
  for (const each of condition.value as readonly Condition[]) {
    inner += shapeOfCondition(metadata, label, each)
  }
  return `${code}${inner};`
}

/** The relations of a filter in the order of the columns, so that equal shapes give equal texts. */
export function buildWhere(metadata: EntityMetadata, where: object): readonly WhereRelation[] {
  const given = where as Readonly<Record<string, unknown>>
  return metadata.columns
    .filter(({ property }) => Object.hasOwn(given, property))
    .flatMap((column) => relationsOf(column, given[column.property], ['where', column.property]))
}

function relationsOf(column: ColumnMetadata, value: unknown, path: Path): readonly WhereRelation[] {
  return operationsOf(value, path).map(({ operator, path: at }) => relation(column, operator, at))
}

/** One operator that a filter applies, and where its value stands in the request. */
export interface Operation {
  readonly operator: RelationOperator
  readonly path: Path
}

/** What a plain value or a condition at `path` comes to: `Between` and `And` are several. */
export function operationsOf(value: unknown, path: Path): readonly Operation[] {
  if (!isCondition(value)) return [{ operator: 'equal', path }]
  const inner: Path = [...path, 'value']
  switch (value.operator) {
    case 'and':
      return (value.value as readonly Condition[]).flatMap((each, i) =>
        operationsOf(each, [...inner, i]),
      )
    case 'between':
      return [
        { operator: 'moreThanOrEqual', path: [...inner, 0] },
        { operator: 'lessThanOrEqual', path: [...inner, 1] },
      ]
    case 'at':
    case 'not':
    case 'isNull':
      return []
    default:
      return [{ operator: value.operator, path: inner }]
  }
}

/** Every operator as CQL writes it. */
export const signs = {
  equal: '=',
  in: 'IN',
  moreThan: '>',
  moreThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
  contains: 'CONTAINS',
  containsKey: 'CONTAINS KEY',
  like: 'LIKE',
  entry: '=',
} as const satisfies Record<RelationOperator, string>

function relation(column: ColumnMetadata, operator: RelationOperator, path: Path): WhereRelation {
  const name = identifier(column.name)
  const marker = (codec: Marker['codec'], at: Path = path) =>
    filterMarker(column.property, codec, at)
  if (operator === 'entry') {
    const { key = column.codec, value = column.codec } = column.codec.parts ?? {}
    return {
      kind: 'column',
      column,
      operator,
      cql: `${name}[?] = ?`,
      markers: [marker(key, [...path, 0]), marker(value, [...path, 1])],
    }
  }
  return {
    kind: 'column',
    column,
    operator,
    cql: `${name} ${signs[operator]} ?`,
    markers: [
      {
        ...marker(codecOf(column, operator)),
        ...(operator === 'equal' ? { fixes: column } : {}),
      },
    ],
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

/** Of what the operator compares. A column without such parts is refused by the rules. */
function codecOf(column: ColumnMetadata, operator: RelationOperator): Marker['codec'] {
  const { key = column.codec, value = column.codec } = column.codec.parts ?? {}
  switch (operator) {
    case 'in':
      return listOf(column.codec)
    case 'contains':
      return value
    case 'containsKey':
      return key
    default:
      return column.codec
  }
}
