import { identityOf } from '../../codec/identity'
import { anyOrder } from '../../codec/parameter'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { isCondition } from '../../statement/condition'
import type { BoundWrite } from '../write/bind-write'

/** The rows of one partition that a write concerns. Keys are texts that are equal for equal keys. */
export interface WrittenRows {
  readonly write: BoundWrite
  /** The partition key, with its table. */
  readonly partition: string
  /** The clustering keys; none where a range is deleted, or statics alone are written. */
  readonly rows: readonly string[]
  /** `true` for a deletion of all rows of the partition, or of a range of rows. */
  readonly isRange: boolean
}

type Values = Readonly<Record<string, unknown>>

/** The table that it writes to, with its keyspace. */
export function tableOf({ context: { metadata, keyspace } }: BoundWrite): string {
  return `${keyspace}.${metadata.table}`
}

/** Returns the rows that a write concerns, one entry for each partition. */
export function writtenRows(write: BoundWrite): readonly WrittenRows[] {
  const { partitionKey, clusteringKey } = write.context.metadata
  const partitions = combinations(partitionKey.map((column) => pointsOf(write, column) ?? []))
  const clustering = clusteringKey
    .map((column) => pointsOf(write, column))
    .filter((points) => points !== undefined)
  const isWhole = clustering.length === clusteringKey.length
  return partitions.map((partition) => ({
    write,
    partition: `${tableOf(write)}${partition}`,
    rows: isWhole ? combinations(clustering) : [],
    isRange: deletesRows(write) && !isWhole,
  }))
}

/** Returns `true` if the write deletes whole rows. */
export function deletesRows({ request }: BoundWrite): boolean {
  return (
    !('entity' in request) &&
    !('changes' in request) &&
    request.columns === undefined &&
    request.elements === undefined
  )
}

/** Returns the value or operator of a write for a key column; undefined if it names none. */
export function keyFilter({ request }: BoundWrite, { property }: ColumnMetadata): unknown {
  const given = 'entity' in request ? request.entity : request.where
  return (given as Values)[property] ?? undefined
}

/** The values, as texts, that a write fixes a column of the key to; undefined for a range or nothing. */
export function pointsOf(write: BoundWrite, column: ColumnMetadata): readonly string[] | undefined {
  const filter = keyFilter(write, column)
  if (filter === undefined) return undefined
  if (!isCondition(filter)) return [pointOf(column, filter)]
  if (filter.operator !== 'equal' && filter.operator !== 'in') return undefined
  const values = filter.operator === 'in' ? (filter.value as readonly unknown[]) : [filter.value]
  return values.map((value) => pointOf(column, value))
}

/**
 * A text that is equal for values that Cassandra holds to be one: of a clustering column the identity of the value, of
 * a partition key the bytes, which are what it compares there.
 */
function pointOf({ codec, kind }: ColumnMetadata, value: unknown): string {
  const bytes = codec.encode(codec.check(value), anyOrder)
  const point = kind === 'partitionKey' ? bytes.toString('latin1') : identityOf(codec, bytes)
  return `${point.length}:${point}`
}

function combinations(parts: readonly (readonly string[])[]): readonly string[] {
  const all = parts.reduce<readonly string[]>(
    (before, part) => before.flatMap((one) => part.map((each) => `${one}/${each}`)),
    [''],
  )
  return [...new Set(all)]
}
