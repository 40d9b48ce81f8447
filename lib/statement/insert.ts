import { identifier, qualified } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import { didYouMean } from '../errors/did-you-mean'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { learnConstructed } from '../metadata/learn-constructed'
import { ownStateOf } from '../metadata/own-state'
import { requireObject } from './column-of'
import { isAsked, refuseTimestamp } from './clause/if-clause'
import type { InsertRequest } from './requests'
import { requireInsertable } from './rules/counter-rules'
import { buildUsing, shapeOfUsing } from './clause/using-clause'
import { valueMarker } from './clause/value-marker'
import type { Statement } from './statement'

/**
 * The key of an insert's plan. Which properties are undefined does not belong to it: they are sent as unset,
 * with one prepared statement for all. Only a row of statics alone, without a clustering key, is another text.
 * Throws `StatementError` for a property that is neither a column nor declared by the class.
 */
export function shapeOfInsert(metadata: EntityMetadata, request: InsertRequest): string {
  requireInsertable(metadata)
  const given: unknown = request.entity
  requireColumns(metadata, given)
  const isConditional = isAsked(metadata, 'ifNotExists', request.ifNotExists)
  if (isConditional) refuseTimestamp(metadata, request)
  return `I${shapeOfUsing(request)}${isStaticOnly(metadata, given) ? '|s' : ''}${isConditional ? '|n' : ''}`
}

/** Refuses what is no entity, and a property that is neither a column nor declared by the class. */
export function requireColumns(
  metadata: EntityMetadata,
  given: unknown,
): asserts given is Readonly<Record<string, unknown>> {
  requireObject(metadata, given, 'an entity')
  for (const property of Object.keys(given)) {
    if (metadata.byProperty[property] === undefined && !isKnown(metadata, property, given)) {
      throw new StatementError(
        `${metadata.name}.${property} is not a column and would not be saved` +
          `${didYouMean(property, Object.keys(metadata.byProperty))}; ` +
          'state that is not stored is declared with an initializer, as #private or as a getter',
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
  metadata: EntityMetadata,
  keyspace: string,
  request: InsertRequest,
): Statement {
  const isStatic = isStaticOnly(metadata, request.entity as Readonly<Record<string, unknown>>)
  const columns = metadata.columns.filter(
    ({ kind, ttl }) =>
      ttl === undefined && (!isStatic || kind === 'partitionKey' || kind === 'static'),
  )
  const using = buildUsing(request)
  const isConditional = request.ifNotExists === true
  return {
    kind: 'insert',
    cql:
      `INSERT INTO ${qualified(keyspace, metadata.table)} ` +
      `(${columns.map(({ name }) => identifier(name)).join(', ')}) ` +
      `VALUES (${columns.map(() => '?').join(', ')})${isConditional ? ' IF NOT EXISTS' : ''}${using.cql}`,
    markers: [...columns.map((column) => valueMarker(column, 'entity')), ...using.markers],
    // When it is not applied the server answers with the whole row.
    selectors: isConditional ? metadata.columns.filter(({ selected }) => selected) : [],
    isProjection: false,
    isIdempotent: !isConditional,
    isConditional,
    lists: [],
    isPageable: false,
  }
}

/** Tells if an entity can hold a property that is not stored: a computed column, or state that the class declares. */
function isKnown(metadata: EntityMetadata, property: string, given: object): boolean {
  return (
    learnConstructed(metadata, given) ||
    metadata.computed.some((computed) => computed.property === property) ||
    ownStateOf(metadata.target).has(property) ||
    (metadata.inheritance?.classes.some(({ target }) => ownStateOf(target).has(property)) ?? false)
  )
}

/** Tells if only statics are set and no part of the clustering key: Cassandra then wants the partition key alone. */
function isStaticOnly(metadata: EntityMetadata, given: Readonly<Record<string, unknown>>): boolean {
  if (metadata.clusteringKey.length === 0) return false
  let hasStatic = false
  for (const { kind, property } of metadata.columns) {
    if (kind === 'partitionKey' || given[property] === undefined) continue
    if (kind !== 'static') return false
    hasStatic = true
  }
  return hasStatic
}
