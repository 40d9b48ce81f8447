import type { CqlType, NativeName } from '../../cql/cql-type'
import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import { type IndexClass, classOf } from '../../metadata/index-class'
import {
  type ColumnRelation,
  type Relation,
  type RelationOperator,
  columnsOf,
  isAboutElements,
  isSlice,
} from './relation'

/**
 * The indexes that answer a query together: all storage-attached ones of a table are one group, any other
 * index is alone.
 */
export function indexGroups(metadata: EntityMetadata): readonly (readonly IndexMetadata[])[] {
  const attached = metadata.indexes.filter((index) => classOf(index) === 'sai')
  const alone = metadata.indexes.filter((index) => classOf(index) !== 'sai').map((index) => [index])
  return attached.length === 0 ? alone : [attached, ...alone]
}

/** The native types whose ranges an SAI and a SASI index serve. */
const ranges = {
  ascii: [],
  bigint: ['sai', 'sasi'],
  blob: ['sasi'],
  boolean: ['sasi'],
  counter: [],
  date: ['sai', 'sasi'],
  decimal: ['sai', 'sasi'],
  double: ['sai', 'sasi'],
  duration: [],
  float: ['sai', 'sasi'],
  inet: ['sai', 'sasi'],
  int: ['sai', 'sasi'],
  smallint: ['sai', 'sasi'],
  text: [],
  time: ['sai', 'sasi'],
  timestamp: ['sai', 'sasi'],
  timeuuid: ['sai', 'sasi'],
  tinyint: ['sai', 'sasi'],
  uuid: ['sasi'],
  varint: ['sai', 'sasi'],
} as const satisfies Record<NativeName, readonly IndexClass[]>

/** What of a collection an operator asks. */
const asks = {
  contains: 'values',
  containsKey: 'keys',
  entry: 'entries',
} as const satisfies Partial<Record<RelationOperator, IndexMetadata['on']>>

/** Whether one of these indexes serves a relation; of a tuple, one on any of its columns does. */
export function isServedBy(indexes: readonly IndexMetadata[], relation: Relation): boolean {
  const columns = columnsOf(relation)
  return indexes.some((index) => columns.includes(index.column) && serves(index, relation.operator))
}

function serves(index: IndexMetadata, operator: RelationOperator): boolean {
  const indexClass = classOf(index)
  if (indexClass === 'custom') return true
  const { type } = index.column
  if (operator === 'in' || type.kind === 'vector') return false
  if (operator === 'contains' || operator === 'containsKey' || operator === 'entry') {
    return index.on === asks[operator]
  }
  if (operator === 'like') return indexClass === 'sasi' && isText(type)
  if (isUnfrozenCollection(type)) return false
  if (isSlice({ operator })) {
    const classes: readonly IndexClass[] = type.kind === 'native' ? ranges[type.name] : []
    return classes.includes(indexClass)
  }
  return !isTokenized(index)
}

/** A SASI index over words does not know the whole value. */
function isTokenized(index: IndexMetadata): boolean {
  return (
    classOf(index) === 'sasi' &&
    /(?:Standard|Delimiter)Analyzer$/u.test(String(index.options['analyzer_class'] ?? ''))
  )
}

function isText(type: CqlType): boolean {
  return type.kind === 'native' && (type.name === 'text' || type.name === 'ascii')
}

/** A list, set or map that is not frozen: it has elements, and no value as a whole. */
export function isUnfrozenCollection(type: CqlType): boolean {
  return type.kind === 'list' || type.kind === 'set' || type.kind === 'map'
}

/** What of its column an index must be on to serve a relation; undefined for a column that is no collection. */
export function targetOf({ column: { type }, operator }: ColumnRelation): IndexMetadata['on'] {
  if (operator === 'contains' || operator === 'containsKey' || operator === 'entry') {
    return asks[operator]
  }
  return type.kind === 'frozen' && isUnfrozenCollection(type.of) ? 'full' : undefined
}

/** Whether an index of a kind that serves a relation may be created. */
export function canIndex(
  { kind, partitionKey }: EntityMetadata,
  { column, operator }: ColumnRelation,
  using: 'sai' | undefined,
): boolean {
  if (kind === 'view') return false
  const { type } = column
  if (partitionKey.length === 1 && partitionKey[0] === column) return false
  if (type.kind === 'vector' || type.kind === 'udt') return false
  if (type.kind === 'frozen') return !isAboutElements({ operator })
  if (type.kind !== 'native') return true
  if (type.name === 'duration' || type.name === 'counter') return false
  return !(using === 'sai' && type.name === 'blob')
}

/** True for a column with an SAI: the only kind that finds nearest neighbours. */
export function hasAttachedIndex(metadata: EntityMetadata, column: ColumnMetadata): boolean {
  return metadata.indexes.some((index) => index.column === column && classOf(index) === 'sai')
}
