import { identifier, qualified } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { ownStateOf } from '../metadata/own-state'
import { requireObject } from './column-of'
import { isAsked, refuseTimestamp } from './if-clause'
import type { InsertRequest } from './requests'
import { requireInsertable } from './rules/counter-rules'
import type { Marker, Statement } from './statement'
import { buildUsing, shapeOfUsing } from './using-clause'

/**
 * The key of an insert's plan. Which properties are undefined does not belong to it: they are sent as unset,
 * with one prepared statement for all. Only a row of statics alone, without a clustering key, is another text.
 * Throws `StatementError` for a property that is neither a column nor declared by the class.
 */
export function shapeOfInsert(entity: EntityMetadata, request: InsertRequest): string {
  requireInsertable(entity)
  const given: unknown = request.entity
  requireColumns(entity, given)
  const isConditional = isAsked(entity, 'ifNotExists', request.ifNotExists)
  if (isConditional) refuseTimestamp(entity, request)
  return `I${shapeOfUsing(request)}${isStaticOnly(entity, given) ? '|s' : ''}${isConditional ? '|n' : ''}`
}

/** Refuses what is no entity, and a property that is neither a column nor declared by the class. */
export function requireColumns(
  entity: EntityMetadata,
  given: unknown,
): asserts given is Readonly<Record<string, unknown>> {
  requireObject(entity, given, 'an entity')
  for (const property of Object.keys(given)) {
    if (entity.byProperty[property] === undefined && !isKnown(entity, property)) {
      throw new StatementError(
        `${entity.entity}.${property} is not a column and would not be saved` +
          `${didYouMean(property, Object.keys(entity.byProperty))}; ` +
          'state that is not stored is declared with an initialiser, as #private or as a getter',
      )
    }
  }
}

/**
 * `INSERT INTO "ks"."table" ("id", …) VALUES (?, …) IF NOT EXISTS USING TTL ? AND TIMESTAMP ?`
 *
 * Columns with a TTL of their own are not in it: see `splitInsert`.
 */
export function buildInsert(
  entity: EntityMetadata,
  keyspace: string,
  request: InsertRequest,
): Statement {
  const isStatic = isStaticOnly(entity, request.entity as Readonly<Record<string, unknown>>)
  const columns = entity.columns.filter(
    ({ kind, ttl }) =>
      ttl === undefined && (!isStatic || kind === 'partitionKey' || kind === 'static'),
  )
  const using = buildUsing(request)
  const isConditional = request.ifNotExists === true
  return {
    kind: 'insert',
    cql:
      `INSERT INTO ${qualified(keyspace, entity.table)} ` +
      `(${columns.map(({ name }) => identifier(name)).join(', ')}) ` +
      `VALUES (${columns.map(() => '?').join(', ')})${isConditional ? ' IF NOT EXISTS' : ''}${using.cql}`,
    markers: [...columns.map((column) => valueMarker(column, 'entity')), ...using.markers],
    // When it is not applied the server answers with the whole row.
    selectors: isConditional ? entity.columns.filter(({ selected }) => selected) : [],
    isProjection: false,
    isIdempotent: !isConditional,
    isConditional,
    lists: [],
    isPageable: false,
  }
}

/** The marker of a column's value: of a key it must be there, elsewhere undefined is unset and null deletes. */
export function valueMarker(column: ColumnMetadata, source: 'entity' | 'changes'): Marker {
  const isKey = column.kind === 'partitionKey' || column.kind === 'clustering'
  const refusal = isKey ? 'belongs to the primary key and needs a value' : undefined
  return {
    path: [source, column.property],
    label: column.property,
    codec: column.codec,
    ...(source === 'entity' ? { fixes: column } : {}),
    undefinedRefusal: refusal,
    nullRefusal: refusal,
  }
}

/** What an entity may hold without its being stored: what the server computes, and state that the class declares. */
function isKnown(entity: EntityMetadata, property: string): boolean {
  return (
    entity.computed.some((computed) => computed.property === property) ||
    ownStateOf(entity.target).has(property) ||
    (entity.inheritance?.classes.some(({ target }) => ownStateOf(target).has(property)) ?? false)
  )
}

/** True when only statics are set and no part of the clustering key: Cassandra then wants the partition key alone. */
function isStaticOnly(entity: EntityMetadata, given: Readonly<Record<string, unknown>>): boolean {
  if (entity.clusteringKey.length === 0) return false
  let hasStatic = false
  for (const { kind, property } of entity.columns) {
    if (kind === 'partitionKey' || given[property] === undefined) continue
    if (kind !== 'static') return false
    hasStatic = true
  }
  return hasStatic
}
