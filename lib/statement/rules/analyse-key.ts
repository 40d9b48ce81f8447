import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { type ColumnRelation, type Relation, isColumnRelation, isPoint, isSlice } from './relation'
import { findConflict } from './conflict-rules'
import { findImpossibleRelation } from './relation-rules'

/**
 * An update names rows by their whole key, each part by = or IN; of static columns alone it names
 * partitions. Throws `StatementError` naming the column.
 */
export function requireUpdateKey(
  entity: EntityMetadata,
  where: readonly Relation[],
  { staticOnly }: { readonly staticOnly: boolean },
): void {
  const relations = keyRelations(entity, where, 'update')
  requirePoints(entity, relations, entity.partitionKey, 'update')
  if (!staticOnly) {
    requirePoints(entity, relations, entity.clusteringKey, 'update')
    return
  }
  const clustering = relations.find(({ column }) => column.kind === 'clustering')
  if (clustering !== undefined) {
    refuse(
      entity,
      `an update of static columns alone concerns the partition; leave '${clustering.column.property}' out of where`,
    )
  }
}

/**
 * A delete names partitions, then clustering columns in order, the last of them by a range if wanted.
 * Of single columns it names whole keys; of static ones partitions. Throws `StatementError`.
 */
export function requireDeleteKey(
  entity: EntityMetadata,
  where: readonly Relation[],
  { columns }: { readonly columns: readonly ColumnMetadata[] },
): void {
  const relations = keyRelations(entity, where, 'delete')
  requirePoints(entity, relations, entity.partitionKey, 'delete')
  if (columns.length > 0) {
    const statics = columns.filter(({ kind }) => kind === 'static')
    if (statics.length > 0 && statics.length < columns.length) {
      refuse(
        entity,
        `'${statics[0]?.property}' is static and the others are not; delete them one after the other`,
      )
    }
    if (statics.length === 0) {
      requirePoints(entity, relations, entity.clusteringKey, 'delete of columns')
      return
    }
    const clustering = relations.find(({ column }) => column.kind === 'clustering')
    if (clustering !== undefined) {
      refuse(
        entity,
        `a delete of static columns concerns the partition; leave '${clustering.column.property}' out of where`,
      )
    }
    return
  }
  requirePrefix(entity, relations)
}

/**
 * A conditional write is about one row, named by = alone; about static columns alone, with conditions on
 * static columns alone, it is about one partition. In place of `requireUpdateKey` and `requireDeleteKey`.
 * Throws `StatementError` naming the column.
 */
export function requireConditionalKey(
  entity: EntityMetadata,
  where: readonly Relation[],
  { verb, columns, conditions }: ConditionalWrite,
): void {
  const written = [...columns, ...conditions]
  if (verb === 'update') {
    requireUpdateKey(entity, where, { staticOnly: written.every(isStatic) })
  } else {
    requireDeleteKey(entity, where, { columns })
  }
}

/** What a conditional write is about. */
export interface ConditionalWrite {
  readonly verb: 'update' | 'delete'
  /** Set by an update or deleted by a delete; of a delete of rows none. */
  readonly columns: readonly ColumnMetadata[]
  /** Named in IF; of IF EXISTS none. */
  readonly conditions: readonly ColumnMetadata[]
}

function isStatic({ kind }: ColumnMetadata): boolean {
  return kind === 'static'
}

function requirePrefix(entity: EntityMetadata, relations: readonly ColumnRelation[]): void {
  let broken: { readonly column: ColumnMetadata; readonly how: string } | undefined
  for (const column of entity.clusteringKey) {
    const ofColumn = relations.filter((relation) => relation.column === column)
    if (broken !== undefined && ofColumn.length > 0) {
      refuse(
        entity,
        `'${column.property}' cannot be in the where of a delete while the clustering column '${broken.column.property}' before it ${broken.how}`,
      )
    }
    if (!ofColumn.some(isPoint)) {
      broken ??= { column, how: ofColumn.some(isSlice) ? 'has a range' : 'is missing' }
    }
  }
}

function keyRelations(
  entity: EntityMetadata,
  where: readonly Relation[],
  verb: string,
): readonly ColumnRelation[] {
  const relations = where.filter(isColumnRelation)
  const impossible = findImpossibleRelation(entity, relations) ?? findConflict(entity, relations)
  if (impossible !== undefined) refuse(entity, `${impossible.reason}; ${impossible.remedy}`)
  for (const { column, operator } of relations) {
    if (column.kind !== 'partitionKey' && column.kind !== 'clustering') {
      refuse(
        entity,
        `the where of the ${verb} takes the key only, and '${column.property}' is not in it; find the rows first`,
      )
    }
    if (operator === 'contains' || operator === 'containsKey' || operator === 'entry') {
      refuse(entity, `'${column.property}' must be given by = or In() in the where of a write`)
    }
  }
  return relations
}

function requirePoints(
  entity: EntityMetadata,
  relations: readonly ColumnRelation[],
  columns: readonly ColumnMetadata[],
  verb: string,
): void {
  for (const column of columns) {
    const ofColumn = relations.filter((relation) => relation.column === column)
    if (ofColumn.length === 0) {
      refuse(entity, `the where of the ${verb} needs '${column.property}', a part of the key`)
    }
    if (!ofColumn.every(isPoint)) {
      refuse(entity, `'${column.property}' must be given by = or In() in the where of the ${verb}`)
    }
  }
}

function refuse(entity: EntityMetadata, message: string): never {
  throw new StatementError(`${entity.entity}: ${message}`)
}
