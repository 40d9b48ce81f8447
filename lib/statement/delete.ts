import { identifier, qualified } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { columnOf } from './column-of'
import { buildIf, shapeOfIf } from './if-clause'
import type { DeleteRequest } from './requests'
import { requireConditionalKey, requireDeleteKey } from './rules/analyse-key'
import type { Statement } from './statement'
import { buildUsing, shapeOfUsing } from './using-clause'
import { buildWhere, requireFilter, shapeOfWhere } from './where-clause'

/** The key of a delete's plan. Throws `StatementError` for unknown properties. */
export function shapeOfDelete(entity: EntityMetadata, request: DeleteRequest): string {
  requireFilter(entity, request.where, 'delete')
  const columns = deleted(entity, request.columns).map(({ ordinal }) => ordinal)
  return `D${shapeOfWhere(entity, request.where)}|${columns.join(',')}|${shapeOfUsing(request)}${shapeOfIf(entity, request)}`
}

/** `DELETE "a", … FROM "ks"."table" USING TIMESTAMP ? WHERE "id" = ? IF "a" = ?` */
export function buildDelete(
  entity: EntityMetadata,
  keyspace: string,
  request: DeleteRequest,
): Statement {
  const columns = deleted(entity, request.columns)
  const relations = buildWhere(entity, request.where)
  const condition = buildIf(entity, request)
  if (condition.isConditional) {
    const named = [...columns, ...condition.columns]
    requireConditionalKey(entity, relations, 'delete', {
      staticOnly: columns.length > 0 && named.every(({ kind }) => kind === 'static'),
    })
  } else requireDeleteKey(entity, relations, { columns })
  const using = buildUsing({ timestamp: request.timestamp })
  const names = columns.map(({ name }) => identifier(name)).join(', ')
  return {
    kind: 'delete',
    cql:
      `DELETE ${names === '' ? '' : `${names} `}FROM ${qualified(keyspace, entity.table)}${using.cql} ` +
      `WHERE ${relations.map(({ cql }) => cql).join(' AND ')}${condition.cql}`,
    markers: [
      ...using.markers,
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

function deleted(
  entity: EntityMetadata,
  properties: readonly string[] | undefined,
): readonly ColumnMetadata[] {
  if (properties === undefined) return []
  if (!Array.isArray(properties) || properties.length === 0) {
    throw new StatementError(
      `${entity.entity}: columns must name at least one property; leave it out to delete whole rows`,
    )
  }
  const columns = new Set(
    properties.map((property: string) => columnOf(entity, String(property), 'columns')),
  )
  for (const { kind, property } of columns) {
    if (kind === 'partitionKey' || kind === 'clustering') {
      throw new StatementError(
        `${entity.entity}.${property} belongs to the primary key and cannot be deleted alone; ` +
          'leave columns out to delete the row',
      )
    }
  }
  return [...columns].sort((a, b) => a.ordinal - b.ordinal)
}
