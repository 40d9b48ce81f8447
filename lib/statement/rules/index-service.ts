import type { CqlType, NativeName } from '../../cql/cql-type'
import type { EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import { type ColumnRelation, type RelationOperator, isSlice } from './relation'

export type IndexClass = 'secondary' | 'sai' | 'sasi' | 'custom'

export function classOf({ using }: IndexMetadata): IndexClass {
  if (using === undefined) return 'secondary'
  if (/(?:^|\.)(?:sai|StorageAttachedIndex)$/iu.test(using)) return 'sai'
  return /SASIIndex$/iu.test(using) ? 'sasi' : 'custom'
}

/** The types whose ranges an SAI serves; of the others only equality. */
const ranged: ReadonlySet<NativeName> = new Set<NativeName>([
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'varint',
  'decimal',
  'float',
  'double',
  'date',
  'time',
  'timestamp',
  'timeuuid',
  'inet',
])

/** What of a collection an operator asks. */
const asks = {
  contains: 'values',
  containsKey: 'keys',
  entry: 'entries',
} as const satisfies Partial<Record<RelationOperator, IndexMetadata['on']>>

/** The class of the index that serves a relation; undefined when none does. */
export function servedBy(entity: EntityMetadata, relation: ColumnRelation): IndexClass | undefined {
  return entity.indexes
    .filter(({ column }) => column === relation.column)
    .filter((index) => serves(index, relation))
    .map(classOf)[0]
}

function serves(index: IndexMetadata, relation: ColumnRelation): boolean {
  const { operator } = relation
  const { type } = index.column
  const indexClass = classOf(index)
  if (operator === 'contains' || operator === 'containsKey' || operator === 'entry') {
    return index.on === asks[operator]
  }
  if (isCollection(type) && index.on !== 'full') return false
  if (operator === 'equal') return true
  if (operator === 'like') return indexClass === 'sasi'
  if (!isSlice(relation)) return false
  return (
    (indexClass === 'sai' || indexClass === 'sasi') &&
    type.kind === 'native' &&
    ranged.has(type.name)
  )
}

function isCollection(type: CqlType): boolean {
  return type.kind === 'frozen'
    ? isCollection(type.of)
    : type.kind === 'list' || type.kind === 'set' || type.kind === 'map'
}
