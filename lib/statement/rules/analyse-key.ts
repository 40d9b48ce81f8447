import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { type Write, keyRules } from './key-rules'
import type { Relation } from './relation'
import { firstFinding } from './rule'

/**
 * An update names rows by their whole key, each part by = or IN; of static columns alone it names
 * partitions. Throws `StatementError` naming the column.
 */
export function requireUpdateKey(
  entity: EntityMetadata,
  where: readonly Relation[],
  { staticOnly }: { readonly staticOnly: boolean },
): void {
  const reach = staticOnly ? 'partition' : 'row'
  requireKey({ entity, where, verb: 'update', reach, isConditional: false })
}

/**
 * A delete names partitions, then clustering columns in order, the last of them by a range if wanted.
 * Of single columns it names whole keys; of static ones alone partitions. Throws `StatementError`.
 */
export function requireDeleteKey(
  entity: EntityMetadata,
  where: readonly Relation[],
  { columns }: { readonly columns: readonly ColumnMetadata[] },
): void {
  const isOfStatics = columns.every(({ kind }) => kind === 'static')
  requireKey({
    entity,
    where,
    verb: columns.length === 0 || isOfStatics ? 'delete' : 'delete of columns',
    reach: columns.length === 0 ? 'range' : isOfStatics ? 'partition' : 'row',
    isConditional: false,
  })
}

/**
 * A conditional write names one row, each part of its key by =; of static columns alone, with conditions on
 * static columns alone, one partition. Throws `StatementError` naming the column.
 */
export function requireConditionalKey(
  entity: EntityMetadata,
  where: readonly Relation[],
  verb: 'update' | 'delete',
  { staticOnly }: { readonly staticOnly: boolean },
): void {
  const reach = staticOnly ? 'partition' : 'row'
  requireKey({ entity, where, verb, reach, isConditional: true })
}

function requireKey(write: Write): void {
  const found = firstFinding(keyRules, write)
  if (found !== undefined) throw new StatementError(`${write.entity.entity}: ${found}`)
}
