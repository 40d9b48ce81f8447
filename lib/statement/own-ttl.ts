import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import type { InsertRequest, UpdateRequest } from './requests'

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
  entity: EntityMetadata,
  request: InsertRequest,
): { readonly insert: InsertRequest | undefined; readonly updates: readonly UpdateRequest[] } {
  const given = request.entity as Given
  const expiring = entity.columns.filter(
    ({ property, ttl }) => ttl !== undefined && given[property] !== undefined,
  )
  const key = [...entity.partitionKey, ...entity.clusteringKey]
  const updates = groupByTtl(entity, expiring.map(propertyOf)).map(
    ({ ttl, properties }): UpdateRequest => ({
      where: pick(
        given,
        isStatic(entity, properties) ? entity.partitionKey.map(propertyOf) : key.map(propertyOf),
      ),
      changes: pick(given, properties),
      ttl,
      timestamp: request.timestamp,
    }),
  )
  const isPartition =
    entity.clusteringKey.length > 0 &&
    entity.clusteringKey.every(({ property }) => given[property] === undefined)
  const isRest = ({ kind, ttl }: ColumnMetadata) => kind === 'static' && ttl === undefined
  const isNothingLeft = isPartition && updates.length > 0 && !entity.columns.some(isRest)
  return { insert: isNothingLeft ? undefined : request, updates }
}

/** An update in parts, the first of which has the condition if there is one. */
export function splitUpdate(
  entity: EntityMetadata,
  request: UpdateRequest,
): readonly UpdateRequest[] {
  const given = request.changes as Given
  const isUnset = (property: string) =>
    given[property] === undefined && entity.byProperty[property]?.ttl !== undefined
  const properties = Object.keys(given)
  const groups = groupByTtl(
    entity,
    properties.filter((property) => !isUnset(property)),
  )
  if (groups.length === 0) return [request]
  // A part of statics alone takes the partition alone, although the whole named rows.
  const isAllStatic = isStatic(entity, properties)
  const partitionKey = entity.partitionKey.map(propertyOf)
  return groups.map(({ ttl, properties }, i) => ({
    where:
      !isAllStatic && isStatic(entity, properties)
        ? pick(request.where as Given, partitionKey)
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

/** Properties by the TTL of their columns; those of rows come before those of partitions, statics. */
function groupByTtl(entity: EntityMetadata, properties: readonly string[]): readonly Group[] {
  const byTtl = new Map<number | undefined, string[]>()
  for (const property of properties) {
    const ttl = entity.byProperty[property]?.ttl
    byTtl.set(ttl, [...(byTtl.get(ttl) ?? []), property])
  }
  return [...byTtl]
    .map(([ttl, of]) => ({ ttl, properties: of }))
    .sort((a, b) => Number(isStatic(entity, a.properties)) - Number(isStatic(entity, b.properties)))
}

function isStatic(entity: EntityMetadata, properties: readonly string[]): boolean {
  return properties.every((property) => entity.byProperty[property]?.kind === 'static')
}

function propertyOf({ property }: ColumnMetadata): string {
  return property
}

function pick(given: Given, properties: readonly string[]): Given {
  return Object.fromEntries(properties.map((property) => [property, given[property]]))
}
