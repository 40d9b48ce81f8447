import type { Codec } from '../../codec/codec'
import { codecFor } from '../../codec/codec-for'
import type { CqlType } from '../../cql/cql-type'
import { nativeType } from '../../cql/native-types'
import { identifier } from '../../cql/identifier'
import { printType } from '../../cql/print-type'
import { StatementError } from '../../errors/errors'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { columnOf } from '../column-of'
import type { AggregateRequest } from '../requests'
import type { Selector, Selectors } from '../statement'

const codes = {
  count: 'C',
  sum: 's',
  average: 'a',
  minimum: 'n',
  maximum: 'x',
} as const satisfies Record<AggregateRequest['kind'], string>

const countSelector: Selector = {
  name: 'count',
  property: 'count',
  codec: codecFor({ kind: 'native', name: 'bigint' }, 'number'),
}

/** Throws `StatementError` for an unknown property, and for one that has no sum or no order. */
export function shapeOfAggregate(metadata: EntityMetadata, request: AggregateRequest): string {
  return request.kind === 'count'
    ? codes.count
    : `${codes[request.kind]}${aggregated(metadata, request).ordinal}`
}

/**
 * `count(*) AS "count"` · `sum(CAST("a" AS varint)) AS "value", max("a") AS "typed"` · `min("a") AS "value"`; of an average the sum and
 * the count, since the server's own keeps the scale of what it sums. Always aliased: bare names depend on the server.
 */
export function buildAggregate(metadata: EntityMetadata, request: AggregateRequest): Selectors {
  if (request.kind === 'count') {
    return { names: ['count(*) AS "count"'], selectors: [countSelector], selected: [] }
  }
  const column = aggregated(metadata, request)
  const name = identifier(column.name)
  const selector = (property: string, codec: Codec): Selector => ({
    name: property,
    property,
    codec,
    typeOf: column.property,
  })
  const selected = [column]
  const sum = sumOf(column)
  // A cast hides the type of the column, which must be compared with the declared one.
  const typed = sum.isCast
    ? { name: [`max(${name}) AS "typed"`], selector: [selector('typed', codecFor(column.type))] }
    : { name: [], selector: [] }
  switch (request.kind) {
    case 'minimum':
    case 'maximum':
      return {
        names: [`${request.kind === 'minimum' ? 'min' : 'max'}(${name}) AS "value"`],
        selectors: [selector('value', column.codec)],
        selected,
      }
    case 'sum':
      return {
        names: [`${sum.cql} AS "value"`, ...typed.name],
        selectors: [selector('value', sumCodec(column)), ...typed.selector],
        selected,
      }
    case 'average':
      return {
        names: [`${sum.cql} AS "value"`, `count(${name}) AS "count"`, ...typed.name],
        selectors: [
          selector('value', codecFor(sumType(column), isDouble(column) ? 'native' : 'string')),
          countSelector,
          ...typed.selector,
        ],
        selected,
      }
    default:
      return unreachable(request)
  }
}

/** The codec of a column's sum: a number of whole numbers up to 2 ** 53, else the column's own kind of number. */
export function sumCodec(column: ColumnMetadata): Codec {
  const type = sumType(column)
  if (isDouble(column)) return codecFor(type)
  const isNumber =
    column.type.kind === 'native' && nativeType(column.type.name).property === 'number'
  return codecFor(type, isNumber ? 'number' : column.codec.form)
}

function isDouble(column: ColumnMetadata): boolean {
  return sumType(column).name === 'double'
}

function sumOf(column: ColumnMetadata): { readonly cql: string; readonly isCast: boolean } {
  const name = identifier(column.name)
  const type = sumType(column)
  const isCast = column.type.kind !== 'native' || column.type.name !== type.name
  return { cql: `sum(${isCast ? `CAST(${name} AS ${type.name})` : name})`, isCast }
}

/**
 * Returns the type that a column is cast to and summed in: `sum` of a column has the column's own type and wraps, and
 * `avg` drops the fraction.
 */
function sumType({ type }: ColumnMetadata): Extract<CqlType, { kind: 'native' }> {
  const name = type.kind === 'native' ? nativeType(type.name).sum : undefined
  return { kind: 'native', name: name ?? 'varint' }
}

/** The column of an aggregate, which must have a sum or an order. */
export function aggregated(
  metadata: EntityMetadata,
  { kind, property }: Exclude<AggregateRequest, { kind: 'count' }>,
): ColumnMetadata {
  const column = columnOf(metadata, String(property), kind)
  const { type } = column
  if (kind === 'sum' || kind === 'average') {
    if (type.kind === 'native' && nativeType(type.name).sum !== undefined) return column
    throw new StatementError(
      `${metadata.name}.${property} is a ${printType(type)} and has no ${kind}; only numbers have one`,
    )
  }
  if (type.kind === 'native' && nativeType(type.name).isOrdered) return column
  throw new StatementError(
    `${metadata.name}.${property} is a ${printType(type)} and has no ${kind}; only scalars with an order have one`,
  )
}
