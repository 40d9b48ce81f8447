import { identifier, qualified } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { columnOf, requireProperties } from './column-of'
import {
  buildNearest,
  maxNearest,
  shapeOfNearest,
  similaritySelector,
} from './clause/nearest-clause'
import type { SelectRequest } from './requests'
import { requireServed } from './rules/analyze-where'
import type { Ordering } from './rules/read-request'
import { buildSelectors, shapeOfSelectors } from './clause/selectors'
import type { Marker, Statement } from './statement'
import { buildToken, shapeOfToken } from './clause/token-relation'
import { buildTuple, shapeOfTuple } from './clause/tuple-relation'
import { limitMarker } from './clause/using-clause'
import { type WhereRelation, buildWhere, listsOf, shapeOfWhere } from './clause/where-clause'

/**
 * The key of a read's plan: everything that changes its text, and no value. Computed on every call, it looks
 * only at the options that are there.
 */
export function shapeOfSelect(metadata: EntityMetadata, request: SelectRequest): string {
  let [distinct, where, token, tuple, groupBy, orderBy, nearest] = ['', '', '', '', '', '', '']
  let [selectors, perPartitionLimit, limit, filtering] = ['', '', '', '']
  for (const option of Object.keys(request) as (keyof SelectRequest)[]) {
    switch (option) {
      case 'where':
        if (request.where !== undefined) where = `|w${shapeOfWhere(metadata, request.where)}`
        break
      case 'select':
      case 'aggregate':
        selectors = shapeOfSelectors(metadata, request)
        break
      case 'limit':
        if (request.limit !== undefined) limit = '|l'
        break
      case 'perPartitionLimit':
        if (request.perPartitionLimit !== undefined) perPartitionLimit = '|p'
        break
      case 'orderBy':
        if (request.orderBy !== undefined) orderBy = `|o${shapeOfOrder(metadata, request.orderBy)}`
        break
      case 'groupBy':
        if (request.groupBy !== undefined) {
          groupBy = `|g${ordinals(groupOf(metadata, request.groupBy))}`
        }
        break
      case 'distinct':
        if (flag(metadata, request, option)) distinct = '|d'
        break
      case 'allowFiltering':
        if (flag(metadata, request, option)) filtering = '|f'
        break
      case 'token':
        token = `|k${shapeOfToken(metadata, request.token)}`
        break
      case 'tuple':
        tuple = `|t${shapeOfTuple(metadata, request.tuple)}`
        break
      case 'nearest':
        if (request.nearest !== undefined)
          nearest = `|n${shapeOfNearest(metadata, request.nearest)}`
    }
  }
  return `S${selectors}${distinct}${where}${token}${tuple}${groupBy}${orderBy}${nearest}${perPartitionLimit}${limit}${filtering}`
}

function shapeOfOrder(metadata: EntityMetadata, orderBy: object): string {
  let shape = ''
  for (const { column, order } of orderOf(metadata, orderBy)) {
    shape += `${column.ordinal}${order === 'asc' ? 'a' : 'd'}`
  }
  return shape
}

/**
 * `SELECT DISTINCT "a", "b" FROM "ks"."table" WHERE … GROUP BY … ORDER BY … PER PARTITION LIMIT ? LIMIT ?
 * ALLOW FILTERING`
 */
export function buildSelect(
  metadata: EntityMetadata,
  keyspace: string,
  request: SelectRequest,
): Statement {
  const relations = relationsOf(metadata, request)
  const groupBy = request.groupBy === undefined ? [] : groupOf(metadata, request.groupBy)
  const orderBy = request.orderBy === undefined ? [] : orderOf(metadata, request.orderBy)
  const nearest =
    request.nearest === undefined ? undefined : buildNearest(metadata, request.nearest)
  const { names, selectors, selected } = buildSelectors(metadata, request)
  const { inOnePage } = requireServed(metadata, {
    relations,
    orderBy,
    nearest: nearest?.column,
    groupBy,
    distinct: request.distinct === true,
    selected,
    isAggregate: request.aggregate !== undefined,
    hasLimit: request.limit !== undefined,
    hasPerPartitionLimit: request.perPartitionLimit !== undefined,
    allowFiltering: request.allowFiltering === true,
  })
  const markers: Marker[] = []
  const clauses: string[] = []
  const clause = (cql: string, of: readonly Marker[] = []) => {
    clauses.push(cql)
    markers.push(...of)
  }
  clause(
    `SELECT ${request.distinct === true ? 'DISTINCT ' : ''}` +
      [...names, ...(nearest === undefined ? [] : [nearest.similarity])].join(', '),
    nearest === undefined ? [] : [nearest.marker],
  )
  clause(`FROM ${qualified(keyspace, metadata.table)}`)
  if (relations.length > 0) {
    clause(
      `WHERE ${relations.map(({ cql }) => cql).join(' AND ')}`,
      relations.flatMap((relation) => relation.markers),
    )
  }
  if (groupBy.length > 0) {
    clause(`GROUP BY ${groupBy.map(({ name }) => identifier(name)).join(', ')}`)
  }
  if (orderBy.length > 0) {
    clause(
      `ORDER BY ${orderBy.map(({ column, order }) => `${identifier(column.name)} ${order.toUpperCase()}`).join(', ')}`,
    )
  }
  if (nearest !== undefined) clause(nearest.orderBy, [nearest.marker])
  if (request.perPartitionLimit !== undefined) {
    clause('PER PARTITION LIMIT ?', [limitMarker('perPartitionLimit')])
  }
  if (request.limit !== undefined) {
    clause('LIMIT ?', [limitMarker('limit', nearest === undefined ? undefined : maxNearest)])
  }
  if (request.allowFiltering === true) clause('ALLOW FILTERING')
  return {
    kind: 'select',
    cql: clauses.join(' '),
    markers,
    selectors,
    beside: nearest === undefined ? undefined : similaritySelector(metadata),
    isProjection: request.aggregate !== undefined || request.select !== undefined,
    isIdempotent: true,
    isConditional: false,
    lists: listsOf(relations),
    isPageable: !inOnePage && nearest === undefined,
  }
}

function relationsOf(metadata: EntityMetadata, request: SelectRequest): readonly WhereRelation[] {
  return [
    ...(request.where === undefined ? [] : buildWhere(metadata, request.where)),
    ...('token' in request ? buildToken(metadata, request.token) : []),
    ...('tuple' in request ? buildTuple(metadata, request.tuple) : []),
  ]
}

/** Tells if an option is on. Throws `StatementError` for anything but a boolean, which would be taken for off. */
function flag(
  metadata: EntityMetadata,
  request: SelectRequest,
  option: 'distinct' | 'allowFiltering',
): boolean {
  const value: unknown = request[option]
  if (value !== undefined && typeof value !== 'boolean') {
    throw new StatementError(`${metadata.name}: ${option} must be true or false`)
  }
  return value === true
}

/** The columns of `groupBy`, in its order. */
function groupOf(metadata: EntityMetadata, groupBy: unknown): readonly ColumnMetadata[] {
  if (!Array.isArray(groupBy) || groupBy.length === 0) {
    throw new StatementError(
      `${metadata.name}: groupBy must be an array with at least one property of the primary key`,
    )
  }
  return groupBy.map((property: unknown) => columnOf(metadata, String(property), 'groupBy'))
}

function ordinals(columns: readonly ColumnMetadata[]): string {
  return columns.map(({ ordinal }) => ordinal).join(',')
}

function orderOf(metadata: EntityMetadata, orderBy: unknown): readonly Ordering[] {
  requireProperties(metadata, orderBy, 'orderBy')
  return Object.entries(orderBy).map(([property, order]) => {
    const column = columnOf(metadata, property, 'orderBy')
    if (order !== 'asc' && order !== 'desc') {
      throw new StatementError(`${metadata.name}.${property}: orderBy takes 'asc' or 'desc'`)
    }
    return { column, order }
  })
}
