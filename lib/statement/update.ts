import { qualified } from '../cql/identifier'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { buildSet, shapeOfChanges } from './clause/assignment'
import { buildIf, shapeOfIf } from './clause/if-clause'
import type { UpdateRequest } from './requests'
import { requireConditionalKey, requireUpdateKey } from './rules/analyze-key'
import { refuseOnCounters } from './rules/counter-rules'
import type { Statement } from './statement'
import { buildUsing, shapeOfUsing } from './clause/using-clause'
import { buildWhere, listsOf, shapeOfWrittenWhere } from './clause/where-clause'

/** The key of an update's plan. Throws `StatementError` for unknown properties and key columns among the changes. */
export function shapeOfUpdate(metadata: EntityMetadata, request: UpdateRequest): string {
  const where = shapeOfWrittenWhere(metadata, request.where, 'update')
  refuseOnCounters(metadata, request)
  const changes = shapeOfChanges(metadata, request.changes)
  return `U${where}|${changes}|${shapeOfUsing(request)}${shapeOfIf(metadata, request)}`
}

/** `UPDATE "ks"."table" USING TTL ? AND TIMESTAMP ? SET "a" = ?, … WHERE "id" = ? IF "a" = ?` */
export function buildUpdate(
  metadata: EntityMetadata,
  keyspace: string,
  request: UpdateRequest,
): Statement {
  const assignments = buildSet(metadata, request.changes)
  const relations = buildWhere(metadata, request.where)
  const condition = buildIf(metadata, request)
  if (condition.isConditional) {
    requireConditionalKey(metadata, relations, {
      verb: 'update',
      columns: assignments.columns,
      conditions: condition.columns,
    })
  } else {
    requireUpdateKey(metadata, relations, {
      staticOnly: assignments.columns.every(({ kind }) => kind === 'static'),
    })
  }
  const using = buildUsing(request)
  return {
    kind: 'update',
    cql:
      `UPDATE ${qualified(keyspace, metadata.table)}${using.cql} SET ${assignments.cql} ` +
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
    lists: listsOf(relations),
    isPageable: false,
  }
}
