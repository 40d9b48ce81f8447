import type { CqlType } from '../../cql/cql-type'
import { nativeType } from '../../cql/native-types'
import { isCollection } from '../../cql/type-tree'
import { unreachable } from '../../errors/unreachable'
import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import { type IndexClass, classOf } from '../../metadata/index-class'
import { type RelationOperator, operators } from '../operators'
import { type ColumnRelation, type Relation, columnsOf, isAboutElements } from './relation'

/**
 * The indexes that answer a query together: all storage-attached ones of a table are one group, any other
 * index is alone.
 */
export function indexGroups(metadata: EntityMetadata): readonly (readonly IndexMetadata[])[] {
  const attached = metadata.indexes.filter((index) => classOf(index) === 'sai')
  const alone = metadata.indexes.filter((index) => classOf(index) !== 'sai').map((index) => [index])
  return attached.length === 0 ? alone : [attached, ...alone]
}

/** The part of a collection that an operator asks; undefined if it asks for the whole value. */
function indexedPart(operator: RelationOperator): IndexMetadata['on'] {
  const row = operators[operator]
  return 'indexed' in row ? row.indexed : undefined
}

/** Tells if one of these indexes serves a relation; of a tuple, one on any of its columns does. */
export function isServedBy(indexes: readonly IndexMetadata[], relation: Relation): boolean {
  const columns = columnsOf(relation)
  return indexes.some((index) => columns.includes(index.column) && serves(index, relation.operator))
}

function serves(index: IndexMetadata, operator: RelationOperator): boolean {
  const indexClass = classOf(index)
  if (indexClass === 'custom') return true
  const { type } = index.column
  if (type.kind === 'vector') return false
  const { nature } = operators[operator]
  switch (nature) {
    case 'points':
      return false
    case 'elements':
      return index.on === indexedPart(operator)
    case 'pattern':
      return indexClass === 'sasi' && isText(type)
    case 'lower':
    case 'upper': {
      const classes: readonly IndexClass[] =
        type.kind === 'native' ? nativeType(type.name).rangeIndexes : []
      return classes.includes(indexClass)
    }
    case 'point':
      return !isCollection(type) && !isTokenized(index)
    default:
      return unreachable(nature)
  }
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

/** The part of its column that an index must be on to serve a relation; undefined for a column that is no collection. */
export function targetOf({ column: { type }, operator }: ColumnRelation): IndexMetadata['on'] {
  const part = indexedPart(operator)
  if (part !== undefined) return part
  return type.kind === 'frozen' && isCollection(type.of) ? 'full' : undefined
}

/** Tells if an index of a kind that serves a relation may be created. */
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
  return nativeType(type.name).indexes.includes(using ?? 'secondary')
}

/** Tells if a column has an SAI, the only kind that finds nearest neighbors. */
export function hasAttachedIndex(metadata: EntityMetadata, column: ColumnMetadata): boolean {
  return metadata.indexes.some((index) => index.column === column && classOf(index) === 'sai')
}
