import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { isChange } from './change'
import { requireProperties } from './column-of'
import { requireColumns } from './insert'
import type { InsertRequest, UpdateRequest } from './requests'
import { shapeOfWrittenWhere } from './clause/where-clause'

/*
 * USING TTL concerns a whole statement. Columns with a TTL of their own are therefore written by statements beside
 * the one of the others, one for each TTL, and all are sent together.
 */

type Given = Readonly<Record<string, unknown>>

/**
 * An insert in parts: of the columns without a TTL of their own, undefined when nothing is left for it, and of
 * each TTL that some given values have. (`buildInsert` leaves the columns of the latter out.)
 */
export function splitInsert(
  metadata: EntityMetadata,
  request: InsertRequest,
): { readonly insert: InsertRequest | undefined; readonly updates: readonly UpdateRequest[] } {
  requireColumns(metadata, request.entity)
  const given = request.entity
  const isGiven = ({ property }: ColumnMetadata) => given[property] !== undefined
  const expiring = metadata.columns.filter((column) => column.ttl !== undefined && isGiven(column))
  const operator = expiring.find(({ property }) => isChange(given[property]))
  if (operator !== undefined) {
    throw new StatementError(
      `${metadata.name}.${operator.property} is given a change operator, which only update() takes; give it a value`,
    )
  }
  const updates = groupByTtl(metadata, expiring.map(propertyOf)).map(
    ({ ttl, properties }): UpdateRequest => ({
      where: pick(given, keyOf(metadata, isStatic(metadata, properties))),
      changes: pick(given, properties),
      ttl,
      timestamp: request.timestamp,
    }),
  )
  if (!isOnlyExpiringStatics(metadata, isGiven)) return { insert: request, updates }
  if (request.ifNotExists === true) {
    throw new StatementError(
      `${metadata.name}: ifNotExists has nothing to stand on, since only statics with a ttl of their own are given; ` +
        'give the clustering key too',
    )
  }
  return { insert: undefined, updates }
}

/** Tells if statics alone are given, and every static of the class has a TTL: an INSERT would name no other column. */
function isOnlyExpiringStatics(
  { columns, clusteringKey }: EntityMetadata,
  isGiven: (column: ColumnMetadata) => boolean,
): boolean {
  return (
    clusteringKey.length > 0 &&
    columns.some((column) => column.kind === 'static' && isGiven(column)) &&
    columns.every((column) =>
      column.kind === 'static'
        ? column.ttl !== undefined
        : isGiven(column) === (column.kind === 'partitionKey'),
    )
  )
}

/** An update in parts, the first of which has the condition if there is one. */
export function splitUpdate(
  metadata: EntityMetadata,
  request: UpdateRequest,
): readonly UpdateRequest[] {
  // The parts may have fewer properties than the whole.
  shapeOfWrittenWhere(metadata, request.where, 'update')
  requireProperties(metadata, request.changes, 'changes')
  const given = request.changes
  const isUnset = (property: string) =>
    given[property] === undefined && metadata.byProperty[property]?.ttl !== undefined
  const properties = Object.keys(given)
  const groups = groupByTtl(
    metadata,
    properties.filter((property) => !isUnset(property)),
  )
  if (groups.length === 0) return [request]
  // A part of statics alone takes the partition alone, although the whole named rows.
  const isAllStatic = isStatic(metadata, properties)
  return groups.map(({ ttl, properties }, i) => ({
    where:
      !isAllStatic && isStatic(metadata, properties)
        ? pick(request.where as Given, keyOf(metadata, true))
        : request.where,
    changes: pick(given, properties),
    ttl: ttl ?? request.ttl,
    timestamp: request.timestamp,
    if: i === 0 ? request.if : undefined,
    ifExists: i === 0 ? request.ifExists : undefined,
  }))
}

interface Group {
  readonly ttl: number | undefined
  readonly properties: readonly string[]
}

/** Properties by the TTL of their columns: rows before statics alone, and those without one first. */
function groupByTtl(metadata: EntityMetadata, properties: readonly string[]): readonly Group[] {
  const byTtl = new Map<number | undefined, string[]>()
  for (const property of properties) {
    const ttl = metadata.byProperty[property]?.ttl
    byTtl.set(ttl, [...(byTtl.get(ttl) ?? []), property])
  }
  return [...byTtl]
    .map(([ttl, of]) => ({ ttl, properties: of }))
    .sort(
      (a, b) =>
        Number(isStatic(metadata, a.properties)) - Number(isStatic(metadata, b.properties)) ||
        Number(a.ttl !== undefined) - Number(b.ttl !== undefined),
    )
}

function isStatic(metadata: EntityMetadata, properties: readonly string[]): boolean {
  return properties.every((property) => metadata.byProperty[property]?.kind === 'static')
}

function keyOf({ partitionKey, key }: EntityMetadata, ofPartition: boolean): readonly string[] {
  return (ofPartition ? partitionKey : key).map(propertyOf)
}

function propertyOf({ property }: ColumnMetadata): string {
  return property
}

function pick(given: Given, properties: readonly string[]): Given {
  return Object.fromEntries(properties.map((property) => [property, given[property]]))
}
