import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import { classOf } from '../../metadata/index-class'
import { hasAttachedIndex, indexGroups, isServedBy } from './index-service'
import type { ReadRequest } from './read-request'
import {
  type ColumnRelation,
  type Relation,
  columnsOf,
  isAboutElements,
  isList,
  isPoint,
  isSlice,
} from './relation'

/** A clustering column whose relation cannot be reached, and the column before it that is in the way. */
interface Gap {
  readonly column: ColumnMetadata
  readonly before: ColumnMetadata
  readonly isSliced: boolean
}

/** The way in which the server would read: the part that the key finds, and the part left to an index or to filtering. */
export interface Access {
  readonly metadata: EntityMetadata
  readonly request: ReadRequest
  /** Relations on columns of the partition key, on clustering columns, and on static and regular ones. */
  readonly partition: readonly ColumnRelation[]
  readonly clustering: readonly Relation[]
  readonly others: readonly ColumnRelation[]
  /** Components of the partition key that no = or IN fixes; empty: the read is of whole partitions. */
  readonly missing: readonly ColumnMetadata[]
  /** The read goes over a range of partitions. */
  readonly isRange: boolean
  readonly hasPartitionIn: boolean
  readonly hasToken: boolean
  readonly gap: Gap | undefined
  /** The server will use an index, for one of these relations or for ANN. */
  readonly usesIndex: boolean
  /** The relations that the key does not find: one group of indexes must serve all of them, or the server must filter. */
  readonly left: readonly Relation[]
  /** The clustering relations among them that the key does not find by itself. */
  readonly filtered: readonly Relation[]
  /** Nothing is left to filter, or one group of indexes serves it. */
  readonly isServed: boolean
}

export function accessOf(metadata: EntityMetadata, request: ReadRequest): Access {
  const { relations, nearest } = request
  const columns = relations.filter((relation) => relation.kind === 'column')
  const partition = columns.filter(({ column }) => column.kind === 'partitionKey')
  const others = columns.filter(({ column }) => !column.isKey)
  const clustering = inKeyOrder(
    metadata,
    relations.filter((each) => columnsOf(each)[0]?.kind === 'clustering'),
  )
  const missing = metadata.partitionKey.filter(
    (column) => !partition.some((relation) => relation.column === column && isPoint(relation)),
  )
  const isRange = missing.length > 0
  const gap = findGap(metadata, clustering)
  const filtersPartition = isRange && partition.length > 0
  const filtersClustering =
    gap !== undefined || clustering.some((each) => !isPoint(each) && !isSlice(each))

  const isIndexed = (each: Relation) => isServedBy(metadata.indexes, each)
  const hasIndex =
    relations.some(isIndexed) || (nearest !== undefined && hasAttachedIndex(metadata, nearest))
  const hasToken = relations.some(({ kind }) => kind === 'token')
  const scansIndex = hasIndex && isRange && (filtersPartition || !hasToken)
  const usesIndex =
    hasIndex &&
    (scansIndex ||
      filtersClustering ||
      others.length > 0 ||
      nearest !== undefined ||
      (isRange && clustering.some(isIndexed)))
  const isClusteringLeft =
    scansIndex || filtersClustering || (isRange && clustering.some(isIndexed))
  const left = [
    ...(scansIndex || filtersPartition ? partition : []),
    ...(isClusteringLeft ? clustering : []),
    ...others,
  ]
  return {
    metadata,
    request,
    partition,
    clustering,
    others,
    missing,
    isRange,
    hasPartitionIn: partition.some(isList),
    hasToken,
    gap,
    usesIndex,
    left,
    filtered: isClusteringLeft ? beyondKey(metadata, clustering) : [],
    isServed:
      left.length === 0
        ? !isRange || clustering.length === 0 || nearest !== undefined
        : indexGroups(metadata).some((group) => isServedByGroup(group, left, nearest)),
  }
}

function isServedByGroup(
  group: readonly IndexMetadata[],
  left: readonly Relation[],
  nearest: ColumnMetadata | undefined,
): boolean {
  return (
    left.every((relation) => isServedInGroup(group, relation, left)) &&
    (nearest === undefined || group.some(({ column }) => column === nearest))
  )
}

/**
 * Tells if a group of indexes serves a relation. All columns of a tuple must be indexed. The server takes several
 * Contains() and Entry() on one column for one: a storage-attached index serves all of them if it serves one, another
 * index serves only one.
 */
function isServedInGroup(
  group: readonly IndexMetadata[],
  relation: Relation,
  left: readonly Relation[],
): boolean {
  if (relation.kind === 'tuple') {
    const { operator } = relation
    return relation.columns.every((column) =>
      isServedBy(group, { kind: 'column', column, operator }),
    )
  }
  if (relation.kind === 'token' || !isAboutElements(relation)) return isServedBy(group, relation)
  const together = left.filter(
    (each) => each.kind === 'column' && each.column === relation.column && isAboutElements(each),
  )
  return (
    together.some((each) => isServedBy(group, each)) &&
    (together.length === 1 || group.some((index) => classOf(index) === 'sai'))
  )
}

/** Returns the relations that an index or filtering must find, since the key or an index before them does not lead there. */
function beyondKey(metadata: EntityMetadata, clustering: readonly Relation[]): readonly Relation[] {
  let next = 0
  return clustering.filter((relation) => {
    const columns = columnsOf(relation)
    if (positionIn(metadata, columns[0]) !== next || isServedBy(metadata.indexes, relation))
      return true
    if (!isSlice(relation)) next = positionIn(metadata, columns.at(-1)) + 1
    return false
  })
}

function inKeyOrder(metadata: EntityMetadata, relations: readonly Relation[]): readonly Relation[] {
  const positionOf = (relation: Relation) => positionIn(metadata, columnsOf(relation)[0])
  return [...relations].sort((a, b) => positionOf(a) - positionOf(b))
}

function positionIn(metadata: EntityMetadata, column: ColumnMetadata | undefined): number {
  return column === undefined ? -1 : metadata.clusteringKey.indexOf(column)
}

/** Clustering columns are reached in their order, by = or IN, the last by a range if wanted. */
function findGap(metadata: EntityMetadata, clustering: readonly Relation[]): Gap | undefined {
  let next = 0
  let sliced: ColumnMetadata | undefined
  for (const relation of clustering) {
    const columns = columnsOf(relation)
    const first = columns[0]
    const last = columns.at(-1)
    const before = metadata.clusteringKey[next]
    if (first === undefined || last === undefined || before === undefined) continue
    if (first !== before) return { column: first, before, isSliced: before === sliced }
    if (isSlice(relation)) sliced = first
    else if (isPoint(relation)) next = positionIn(metadata, last) + 1
  }
  return undefined
}
