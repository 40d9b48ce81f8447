import type { ColumnMetadata } from '../../metadata/entity-metadata'
import type { Relation } from './relation'

/** One column of ORDER BY. */
export interface Ordering {
  readonly column: ColumnMetadata
  readonly order: 'asc' | 'desc'
}

/** A read as the rules see it. */
export interface ReadRequest {
  readonly relations: readonly Relation[]
  readonly orderBy: readonly Ordering[]
  /** The vector column of `ORDER BY … ANN OF ?`. */
  readonly nearest: ColumnMetadata | undefined
  /** Empty: no GROUP BY. */
  readonly groupBy: readonly ColumnMetadata[]
  readonly distinct: boolean
  /** Every column that is read, alone or inside a function; `count(*)` reads no column. */
  readonly selected: readonly ColumnMetadata[]
  /** count, sum, average, minimum, maximum: one row for all, or for each group. */
  readonly isAggregate: boolean
  readonly hasLimit: boolean
  readonly hasPerPartitionLimit: boolean
}
