import { codecFor } from '../codec/codec-for'
import { identifier, qualified } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { columnOf, requireObject } from './column-of'
import type { SelectRequest } from './requests'
import { requireServed } from './rules/analyse-where'
import type { Marker, Selector, Statement } from './statement'
import { limitMarker } from './using-clause'
import { buildWhere, shapeOfWhere } from './where-clause'

const countSelector: Selector = {
  name: 'count',
  property: 'count',
  codec: codecFor({ kind: 'native', name: 'bigint' }, 'number'),
}

/** The key of a read's plan: everything that changes its text, and no value. */
export function shapeOfSelect(entity: EntityMetadata, request: SelectRequest): string {
  let shape = request.count === true ? 'C' : 'S'
  if (request.where !== undefined) shape += shapeOfWhere(entity, request.where)
  if (request.select !== undefined) shape += `|c${ordinals(selected(entity, request.select))}`
  if (request.orderBy !== undefined) {
    shape += '|o'
    for (const { column, order } of orderOf(entity, request.orderBy)) {
      shape += `${column.ordinal}${order === 'asc' ? 'a' : 'd'}`
    }
  }
  if (request.perPartitionLimit !== undefined) shape += '|p'
  if (request.limit !== undefined) shape += '|l'
  if (request.allowFiltering === true) shape += '|f'
  return shape
}

/** `SELECT "a", "b" FROM "ks"."table" WHERE … ORDER BY … PER PARTITION LIMIT ? LIMIT ? ALLOW FILTERING` */
export function buildSelect(
  entity: EntityMetadata,
  keyspace: string,
  request: SelectRequest,
): Statement {
  const relations = request.where === undefined ? [] : buildWhere(entity, request.where)
  const orderBy = request.orderBy === undefined ? [] : orderOf(entity, request.orderBy)
  const columns =
    request.select === undefined
      ? entity.columns.filter((column) => column.selected)
      : selected(entity, request.select)
  const { inOnePage } = requireServed(entity, {
    relations,
    orderBy,
    nearest: undefined,
    groupBy: [],
    distinct: false,
    selected: request.count === true ? [] : columns,
    isAggregate: request.count === true,
    hasLimit: request.limit !== undefined,
    hasPerPartitionLimit: request.perPartitionLimit !== undefined,
    allowFiltering: request.allowFiltering === true,
  })
  const markers: Marker[] = relations.flatMap((relation) => relation.markers)
  let cql =
    request.count === true
      ? 'SELECT count(*) AS "count"'
      : `SELECT ${columns.map(({ name }) => identifier(name)).join(', ')}`
  cql += ` FROM ${qualified(keyspace, entity.table)}`
  if (relations.length > 0)
    cql += ` WHERE ${relations.map((relation) => relation.cql).join(' AND ')}`
  if (orderBy.length > 0) {
    cql += ` ORDER BY ${orderBy.map(({ column, order }) => `${identifier(column.name)} ${order.toUpperCase()}`).join(', ')}`
  }
  if (request.perPartitionLimit !== undefined) {
    cql += ' PER PARTITION LIMIT ?'
    markers.push(limitMarker('perPartitionLimit'))
  }
  if (request.limit !== undefined) {
    cql += ' LIMIT ?'
    markers.push(limitMarker('limit'))
  }
  if (request.allowFiltering === true) cql += ' ALLOW FILTERING'
  return {
    kind: 'select',
    cql,
    markers,
    selectors:
      request.count === true
        ? [countSelector]
        : columns.map(({ name, property, codec }) => ({ name, property, codec })),
    isProjection: request.count === true || request.select !== undefined,
    isIdempotent: true,
    isConditional: false,
    lists: relations
      .filter(({ operator }) => operator === 'in')
      .flatMap((relation) => relation.markers.map(({ path }) => path)),
    isPageable: !inOnePage,
  }
}

/** The columns of `select`, each once, in the order of the entity. */
function selected(entity: EntityMetadata, select: readonly string[]): readonly ColumnMetadata[] {
  if (!Array.isArray(select) || select.length === 0) {
    throw new StatementError(
      `${entity.entity}: select must name at least one property; leave it out to read all`,
    )
  }
  const columns = new Set(
    select.map((property: string) => columnOf(entity, String(property), 'select')),
  )
  return [...columns].sort((a, b) => a.ordinal - b.ordinal)
}

function ordinals(columns: readonly ColumnMetadata[]): string {
  return columns.map(({ ordinal }) => ordinal).join(',')
}

function orderOf(
  entity: EntityMetadata,
  orderBy: unknown,
): readonly { readonly column: ColumnMetadata; readonly order: 'asc' | 'desc' }[] {
  requireObject(entity, orderBy, 'orderBy')
  return Object.entries(orderBy).map(([property, order]) => {
    const column = columnOf(entity, property, 'orderBy')
    if (order !== 'asc' && order !== 'desc') {
      throw new StatementError(`${entity.entity}.${property}: orderBy takes 'asc' or 'desc'`)
    }
    return { column, order }
  })
}
