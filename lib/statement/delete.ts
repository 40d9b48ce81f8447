import { identifier, qualified } from '../cql/identifier'
import { StatementError } from '../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { columnOf } from './column-of'
import { buildIf, shapeOfIf } from './clause/if-clause'
import type { DeleteRequest } from './requests'
import { buildRemovals, shapeOfRemovals } from './clause/removals'
import { requireConditionalKey, requireDeleteKey } from './rules/analyze-key'
import { refuseOnCounters } from './rules/counter-rules'
import type { Statement } from './statement'
import { buildUsing, shapeOfUsing } from './clause/using-clause'
import { buildWhere, listsOf, shapeOfWrittenWhere } from './clause/where-clause'

/** The key of a delete's plan. Throws `StatementError` for unknown properties. */
export function shapeOfDelete(metadata: EntityMetadata, request: DeleteRequest): string {
  const where = shapeOfWrittenWhere(metadata, request.where, 'delete')
  refuseOnCounters(metadata, request)
  const columns = deleted(metadata, request.columns).map(({ ordinal }) => ordinal)
  const elements =
    request.elements === undefined ? '' : `[${shapeOfRemovals(metadata, request.elements)}]`
  return `D${where}|${columns.join(',')}${elements}|${shapeOfUsing(request)}${shapeOfIf(metadata, request)}`
}

/**
 * `DELETE "a", … FROM "ks"."table" USING TIMESTAMP ? WHERE "id" = ? IF "a" = ?`; of elements
 * `UPDATE "ks"."table" USING TIMESTAMP ? SET "attrs" = "attrs" - ?, "a" = null WHERE …`, which is the same, with one
 * text for any number of keys.
 */
export function buildDelete(
  metadata: EntityMetadata,
  keyspace: string,
  request: DeleteRequest,
): Statement {
  const whole = deleted(metadata, request.columns)
  const removals =
    request.elements === undefined ? undefined : buildRemovals(metadata, request.elements)
  const columns = [...whole, ...(removals?.columns ?? [])]
  const twice = whole.find((column) => removals?.columns.includes(column))
  if (twice !== undefined) {
    throw new StatementError(
      `${metadata.name}.${twice.property} is in columns and in elements; keep it in one of them`,
    )
  }
  const relations = buildWhere(metadata, request.where)
  const condition = buildIf(metadata, request)
  if (condition.isConditional) {
    requireConditionalKey(metadata, relations, {
      verb: 'delete',
      columns,
      conditions: condition.columns,
    })
  } else requireDeleteKey(metadata, relations, { columns })
  const using = buildUsing({ timestamp: request.timestamp })
  const table = qualified(keyspace, metadata.table)
  const names = whole.map(({ name }) => identifier(name))
  const sets = [
    ...names.map((name) => `${name} = null`),
    ...(removals?.assignments ?? []).map(({ cql }) => cql),
  ]
  const head =
    removals === undefined
      ? `DELETE ${names.length === 0 ? '' : `${names.join(', ')} `}FROM ${table}${using.cql}`
      : `UPDATE ${table}${using.cql} SET ${sets.join(', ')}`
  return {
    kind: 'delete',
    cql: `${head} WHERE ${relations.map(({ cql }) => cql).join(' AND ')}${condition.cql}`,
    markers: [
      ...using.markers,
      ...(removals?.assignments ?? []).flatMap(({ markers }) => markers),
      ...relations.flatMap(({ markers }) => markers),
      ...condition.markers,
    ],
    selectors: condition.columns,
    isProjection: true,
    isIdempotent: removals?.isIdempotent !== false && !condition.isConditional,
    isConditional: condition.isConditional,
    lists: listsOf(relations),
    isPageable: false,
    deletedKey:
      columns.length > 0
        ? undefined
        : {
            entity: metadata.name,
            keyspace,
            table: metadata.table,
            columns: metadata.key.map(({ name }) => name),
          },
  }
}

function deleted(
  metadata: EntityMetadata,
  properties: readonly string[] | undefined,
): readonly ColumnMetadata[] {
  if (properties === undefined) return []
  if (!Array.isArray(properties) || properties.length === 0) {
    throw new StatementError(
      `${metadata.name}: columns must name at least one property; leave it out to delete whole rows`,
    )
  }
  const columns = new Set(
    properties.map((property: string) => columnOf(metadata, String(property), 'columns')),
  )
  for (const { isKey, property } of columns) {
    if (isKey) {
      throw new StatementError(
        `${metadata.name}.${property} belongs to the primary key and cannot be deleted alone; ` +
          'leave columns out to delete the row',
      )
    }
  }
  return [...columns].sort((a, b) => a.ordinal - b.ordinal)
}
