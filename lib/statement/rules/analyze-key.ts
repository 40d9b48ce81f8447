import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { findConflict } from './conflict-rules'
import { type Write, writeRules } from './key-rules'
import type { Relation } from './relation'
import { findImpossibleRelation } from './relation-rules'
import { firstFinding } from './rule'

/**
 * An update names rows by their whole key, each part by = or IN; of static columns alone it names
 * partitions. Throws `StatementError` naming the column.
 */
export function requireUpdateKey(
  metadata: EntityMetadata,
  where: readonly Relation[],
  { staticOnly }: { readonly staticOnly: boolean },
): void {
  requireKey({ metadata, where, verb: 'update', reach: staticOnly ? 'partition' : 'row' })
}

/**
 * A delete names partitions, then clustering columns in order, the last of them by a range if wanted.
 * A delete of single columns names whole keys, one of static columns alone names partitions. Throws `StatementError`.
 */
export function requireDeleteKey(
  metadata: EntityMetadata,
  where: readonly Relation[],
  { columns }: { readonly columns: readonly ColumnMetadata[] },
): void {
  requireKey({ metadata, where, verb: 'delete', reach: reachOf(columns) ?? 'range' })
}

/** The columns of a conditional write. */
export interface ConditionalWrite {
  readonly verb: 'update' | 'delete'
  /** The columns that an update sets or a delete deletes; empty for a delete of rows. */
  readonly columns: readonly ColumnMetadata[]
  /** The columns that IF names; empty for IF EXISTS. */
  readonly conditions: readonly ColumnMetadata[]
}

/**
 * A conditional write is about one row, its key given by = alone; when it writes static columns alone, with
 * conditions on static columns alone, it is about one partition. In place of `requireUpdateKey` and
 * `requireDeleteKey`. Throws `StatementError` naming the column.
 */
export function requireConditionalKey(
  metadata: EntityMetadata,
  where: readonly Relation[],
  { verb, columns, conditions }: ConditionalWrite,
): void {
  const reach = columns.length === 0 ? 'row' : reachOf([...columns, ...conditions])
  requireKey({ metadata, where, verb, reach: reach ?? 'row', isConditional: true })
}

function reachOf(columns: readonly ColumnMetadata[]): 'row' | 'partition' | undefined {
  if (columns.length === 0) return undefined
  return columns.every(({ kind }) => kind === 'static') ? 'partition' : 'row'
}

function requireKey(write: Write): void {
  const { metadata, where } = write
  const found =
    firstFinding(writeRules.ofColumns, write) ??
    findImpossibleRelation(metadata, where) ??
    findConflict(metadata, where) ??
    firstFinding(writeRules.ofKeys, write)
  if (found !== undefined) {
    throw new StatementError(`${metadata.name}: ${found.reason}; ${found.remedy}`)
  }
}
