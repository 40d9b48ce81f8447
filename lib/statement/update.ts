import { qualified } from '../cql/identifier'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { buildSet, shapeOfChanges } from './assignment'
import { buildIf, shapeOfIf } from './if-clause'
import type { UpdateRequest } from './requests'
import { requireConditionalKey, requireUpdateKey } from './rules/analyse-key'
import { refuseOnCounters } from './rules/counter-rules'
import type { Statement } from './statement'
import { buildUsing, shapeOfUsing } from './using-clause'
import { buildWhere, requireFilter, shapeOfWhere } from './where-clause'

/** The key of an update's plan. Throws `StatementError` for unknown properties and key columns among the changes. */
export function shapeOfUpdate(entity: EntityMetadata, request: UpdateRequest): string {
  requireFilter(entity, request.where, 'update')
  refuseOnCounters(entity, request)
  const changes = shapeOfChanges(entity, request.changes)
  return `U${shapeOfWhere(entity, request.where)}|${changes}|${shapeOfUsing(request)}${shapeOfIf(entity, request)}`
}

/** `UPDATE "ks"."table" USING TTL ? AND TIMESTAMP ? SET "a" = ?, … WHERE "id" = ? IF "a" = ?` */
export function buildUpdate(
  entity: EntityMetadata,
  keyspace: string,
  request: UpdateRequest,
): Statement {
  const assignments = buildSet(entity, request.changes)
  const relations = buildWhere(entity, request.where)
  const condition = buildIf(entity, request)
  if (condition.isConditional) {
    requireConditionalKey(entity, relations, {
      verb: 'update',
      columns: assignments.columns,
      conditions: condition.columns,
    })
  } else {
    requireUpdateKey(entity, relations, {
      staticOnly: assignments.columns.every(({ kind }) => kind === 'static'),
    })
  }
  const using = buildUsing(request)
  return {
    kind: 'update',
    cql:
      `UPDATE ${qualified(keyspace, entity.table)}${using.cql} SET ${assignments.cql} ` +
      `WHERE ${relations.map(({ cql }) => cql).join(' AND ')}${condition.cql}`,
    markers: [
      ...using.markers,
      ...assignments.markers,
      ...relations.flatMap(({ markers }) => markers),
      ...condition.markers,
    ],
    selectors: condition.columns,
    isProjection: true,
    isIdempotent: assignments.isIdempotent && !condition.isConditional,
    isConditional: condition.isConditional,
    lists: relations
      .filter(({ operator }) => operator === 'in')
      .flatMap(({ markers }) => markers.map(({ path }) => path)),
    isPageable: false,
  }
}
