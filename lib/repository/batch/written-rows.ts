import { anyOrder } from '../../codec/parameter'
import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { isChange } from '../../statement/change'
import type { ChangeKind } from '../../statement/change-operators'
import { isCondition } from '../../statement/condition'
import type { BoundWrite } from '../write/bind-write'

/** Where in one partition a write writes; keys are texts that are equal for equal keys. */
export interface WrittenRows {
  readonly write: BoundWrite
  /** The partition key, with its table. */
  readonly partition: string
  /** The clustering keys; none where a range is deleted, or statics alone are written. */
  readonly rows: readonly string[]
  /** True for a deletion of all rows of the partition, or of a range of them. */
  readonly isRange: boolean
}

type Values = Readonly<Record<string, unknown>>

/** The table that it writes to, with its keyspace. */
export function tableOf({ context: { metadata, keyspace } }: BoundWrite): string {
  return `${keyspace}.${metadata.table}`
}

/** Where it writes, one entry per partition. */
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

/** True for a delete of whole rows. */
export function deletesRows({ request }: BoundWrite): boolean {
  return (
    !('entity' in request) &&
    !('changes' in request) &&
    request.columns === undefined &&
    request.elements === undefined
  )
}

/** What a write says of a column of the key: a value or an operator; undefined for nothing. */
export function keyFilter({ request }: BoundWrite, { property }: ColumnMetadata): unknown {
  const given = 'entity' in request ? request.entity : request.where
  return (given as Values)[property] ?? undefined
}

/** The values, as bytes in hex, that a write fixes a column of the key to; undefined for a range or nothing. */
export function pointsOf(write: BoundWrite, column: ColumnMetadata): readonly string[] | undefined {
  const filter = keyFilter(write, column)
  if (filter === undefined) return undefined
  if (!isCondition(filter)) return [bytesOf(column, filter).toString('hex')]
  if (filter.operator !== 'equal' && filter.operator !== 'in') return undefined
  const values = filter.operator === 'in' ? (filter.value as readonly unknown[]) : [filter.value]
  return values.map((value) => bytesOf(column, value).toString('hex'))
}

/**
 * What a write does to a column: bytes in place of what is there, null for its deletion; `joins` where it adds to
 * what others write, `part` where it changes parts of what is there.
 */
export type Cell = Buffer | null | 'joins' | 'part'

/** What a write does to a column outside the key; undefined for nothing. */
export function cellOf(write: BoundWrite, column: ColumnMetadata): Cell | undefined {
  const { request } = write
  const { property } = column
  if (!('entity' in request) && !('changes' in request)) {
    if (request.columns?.includes(property) === true) return null
    return Object.hasOwn(request.elements ?? {}, property) ? 'part' : undefined
  }
  const values = ('entity' in request ? request.entity : request.changes) as Values
  const value = values[property]
  if (isChange(value)) return cells[value.kind]
  return value === undefined || value === null ? value : bytesOf(column, value)
}

const cells = {
  append: 'joins',
  prepend: 'joins',
  add: 'joins',
  increment: 'joins',
  decrement: 'joins',
  put: 'part',
  remove: 'part',
  setAt: 'part',
  fields: 'part',
  both: 'part',
} as const satisfies Record<ChangeKind, Cell>

function bytesOf({ codec }: ColumnMetadata, value: unknown): Buffer {
  return codec.encode(codec.check(value), anyOrder)
}

function combinations(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.reduce<readonly string[]>(
    (all, part) => all.flatMap((before) => part.map((each) => `${before}/${each}`)),
    [''],
  )
}
