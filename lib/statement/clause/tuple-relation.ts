import { type Codec, Refusal } from '../../codec/codec'
import { listCodec } from '../../codec/collections'
import { tupleCodec } from '../../codec/tuples'
import { identifier } from '../../cql/identifier'
import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { columnOf, requireObject } from '../column-of'
import { isCondition } from '../condition'
import { type TupleOperator, namesOf, operators } from '../operators'
import { leadingBound, rangeBound } from './range-bound'
import { isList } from '../rules/relation'
import type { Marker } from '../statement'
import { type WhereRelation, filterMarker, operationsOf, shapeOfCondition } from './where-clause'

/**
 * Returns the columns of `tuple` and its operators, without values.
 * Throws `StatementError` when it is not `{ columns, is }`, or when a value has not one component for each column.
 */
export function shapeOfTuple(metadata: EntityMetadata, tuple: unknown): string {
  const columns = columnsOf(metadata, tuple)
  const { is } = tuple as { readonly is: unknown }
  const shape = isCondition(is) ? shapeOfCondition(metadata, 'tuple', is) : '='
  for (const { operator, path } of operationsOf(is, [])) {
    if (!operators[operator].stands.tuple) {
      throw new StatementError(`${metadata.name}: tuple takes an array, ${namesOf('tuple')}`)
    }
    if (!isList({ operator })) requireComponents(metadata, columns, valueAt(is, path))
  }
  return `${columns.map(({ ordinal }) => ordinal).join(',')}${shape}`
}

/** `("a", "b") > (?, ?)`, and `("a", "b") IN ?` with a list of tuples. */
export function buildTuple(metadata: EntityMetadata, tuple: unknown): readonly WhereRelation[] {
  const columns = columnsOf(metadata, tuple)
  const names = columns.map(({ name }) => identifier(name)).join(', ')
  const operations = operationsOf((tuple as { readonly is: unknown }).is, ['tuple', 'is'])
  return operations.map(({ operator, path }) => {
    const hasList = isList({ operator })
    const { sign } = operators[operator]
    const right = hasList ? '?' : `(${columns.map(() => '?').join(', ')})`
    return {
      kind: 'tuple',
      columns,
      operator: operator as TupleOperator,
      cql: `(${names}) ${sign} ${right}`,
      markers: hasList
        ? [filterMarker('tuple', listOfTuples(columns), path)]
        : columns.map(({ property, codec }, i) => {
            const bound = i === columns.length - 1 ? rangeBound : leadingBound
            return filterMarker(property, bound(codec, sign), [...path, i])
          }),
    }
  })
}

function columnsOf(metadata: EntityMetadata, tuple: unknown): readonly ColumnMetadata[] {
  requireObject(metadata, tuple, 'tuple')
  const { columns, is, ...others } = tuple
  const other = Object.keys(others)[0]
  if (other !== undefined || is === undefined || is === null) {
    throw new StatementError(
      `${metadata.name}: tuple takes { columns, is }, ` +
        (other === undefined ? `and is is ${String(is)}` : `and no '${other}'`),
    )
  }
  if (!Array.isArray(columns) || columns.length === 0) {
    throw new StatementError(`${metadata.name}: tuple needs columns, an array of properties`)
  }
  return columns.map((property: unknown) => columnOf(metadata, String(property), 'tuple'))
}

function requireComponents(
  metadata: EntityMetadata,
  columns: readonly ColumnMetadata[],
  value: unknown,
): void {
  if (Array.isArray(value) && value.length === columns.length) return
  throw new StatementError(
    `${metadata.name}: tuple compares ${columns.length} columns and needs an array of ${columns.length} values` +
      (Array.isArray(value) ? `, got ${value.length}` : ''),
  )
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value
  for (const step of path) at = (at as Record<string | number, unknown>)[step]
  return at
}

/** The list after IN: every tuple has a value for each column, by the column's own codec. */
function listOfTuples(columns: readonly ColumnMetadata[]): Marker['codec'] {
  const checkTuple = (value: unknown, i: number) => {
    if (!Array.isArray(value) || value.length !== columns.length) {
      throw new Refusal(
        `element ${i} of In() needs to be an array of ${columns.length} values, one for each column`,
      )
    }
    return columns.map(({ property, codec }, j) => {
      const component: unknown = value[j]
      const place = `element ${i} of In(), '${property}',`
      if (component === null || component === undefined) {
        throw new Refusal(`${place} is ${String(component)} and would not filter`)
      }
      try {
        return codec.check(component)
      } catch (error) {
        throw error instanceof Refusal ? new Refusal(`${place} ${error.message}`) : error
      }
    })
  }
  const tuple = tupleCodec(
    { kind: 'tuple', of: columns.map(({ type }) => type) },
    columns.map(({ codec }) => codec),
  )
  const { type, toDriver, encode } = listCodec(
    { kind: 'list', of: tuple.type },
    tuple as Codec,
  ) as Codec
  return {
    type,
    check(input) {
      if (!Array.isArray(input)) throw new Refusal('In() takes an array of arrays')
      return Array.from(input, checkTuple)
    },
    toDriver,
    encode,
  }
}
