import { identifier, qualified } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { columnOf, requireObject } from './column-of'
import { buildIf, shapeOfIf } from './if-clause'
import { valueMarker } from './insert'
import type { UpdateRequest } from './requests'
import { requireConditionalKey, requireUpdateKey } from './rules/analyse-key'
import type { Statement } from './statement'
import { buildUsing, shapeOfUsing } from './using-clause'
import { buildWhere, requireFilter, shapeOfWhere } from './where-clause'

/** The key of an update's plan. Throws `StatementError` for unknown properties and key columns among the changes. */
export function shapeOfUpdate(entity: EntityMetadata, request: UpdateRequest): string {
  requireFilter(entity, request.where, 'update')
  requireObject(entity, request.changes, 'changes')
  const ordinals = changed(entity, request.changes).map(({ ordinal }) => ordinal)
  return `U${shapeOfWhere(entity, request.where)}|${ordinals.join(',')}|${shapeOfUsing(request)}${shapeOfIf(entity, request)}`
}

/** `UPDATE "ks"."table" USING TTL ? AND TIMESTAMP ? SET "a" = ?, … WHERE "id" = ? IF "a" = ?` */
export function buildUpdate(
  entity: EntityMetadata,
  keyspace: string,
  request: UpdateRequest,
): Statement {
  const columns = changed(entity, request.changes)
  const relations = buildWhere(entity, request.where)
  const condition = buildIf(entity, request)
  const staticOnly = [...columns, ...condition.columns].every(({ kind }) => kind === 'static')
  if (condition.isConditional) requireConditionalKey(entity, relations, 'update', { staticOnly })
  else requireUpdateKey(entity, relations, { staticOnly })
  const using = buildUsing(request)
  return {
    kind: 'update',
    cql:
      `UPDATE ${qualified(keyspace, entity.table)}${using.cql} ` +
      `SET ${columns.map(({ name }) => `${identifier(name)} = ?`).join(', ')} ` +
      `WHERE ${relations.map(({ cql }) => cql).join(' AND ')}${condition.cql}`,
    markers: [
      ...using.markers,
      ...columns.map((column) => valueMarker(column, 'changes')),
      ...relations.flatMap(({ markers }) => markers),
      ...condition.markers,
    ],
    selectors: condition.columns,
    isProjection: true,
    isIdempotent: !condition.isConditional,
    isConditional: condition.isConditional,
    lists: relations
      .filter(({ operator }) => operator === 'in')
      .flatMap(({ markers }) => markers.map(({ path }) => path)),
    isPageable: false,
  }
}

/** The columns that an update names, in the order of the entity. */
function changed(entity: EntityMetadata, changes: object): readonly ColumnMetadata[] {
  const columns = Object.keys(changes).map((property) => columnOf(entity, property, 'changes'))
  if (columns.length === 0) {
    throw new StatementError(
      `${entity.entity}: the update changes nothing; name at least one property`,
    )
  }
  for (const { kind, property } of columns) {
    if (kind === 'partitionKey' || kind === 'clustering') {
      throw new StatementError(
        `${entity.entity}.${property} belongs to the primary key and cannot change; ` +
          'insert the row under its new key and delete the old one',
      )
    }
  }
  return columns.sort((a, b) => a.ordinal - b.ordinal)
}
