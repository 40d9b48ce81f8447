import { isCollection, isUnordered, thaw } from '../../cql/type-tree'
import { printType } from '../../cql/print-type'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { hasAttachedIndex, isServedBy } from './index-service'
import { operators } from '../operators'
import { type ColumnRelation, type Relation, isPattern, isPoint, isSlice } from './relation'
import { type Explanation, type Rule, firstFinding } from './rule'

interface Asked {
  readonly metadata: EntityMetadata
  readonly relation: ColumnRelation
}

/** The limits of a single relation. */
const relationRules: readonly Rule<Asked>[] = [
  {
    name: 'CONTAINS asks a collection',
    find: ({ relation: { column, operator } }) => {
      const { name, operand } = operators[operator]
      return operand === 'element' && !isCollection(thaw(column.type))
        ? {
            reason: `${name}() asks a list, set or map, and '${column.property}' is of type ${printType(column.type)}`,
            remedy: 'compare the value itself',
          }
        : undefined
    },
  },
  {
    name: 'CONTAINS KEY and m[k] ask a map',
    find: ({ relation: { column, operator } }) => {
      const { name, operand } = operators[operator]
      return (operand === 'key' || operand === 'entry') && thaw(column.type).kind !== 'map'
        ? {
            reason: `${name}() asks a map, and '${column.property}' is of type ${printType(column.type)}`,
            remedy: 'use Contains() or compare the value itself',
          }
        : undefined
    },
  },
  {
    name: 'm[k] asks an unfrozen map',
    find: ({ relation: { column, operator } }) =>
      operators[operator].operand === 'entry' && column.type.kind === 'frozen'
        ? {
            reason: `the entries of '${column.property}' cannot be asked one by one, since the map is frozen`,
            remedy: 'compare the whole map, or use Contains() or ContainsKey()',
          }
        : undefined,
  },
  {
    name: 'an unfrozen collection is not compared as a whole',
    find: ({ relation }) =>
      (isPoint(relation) || isSlice(relation)) && isCollection(relation.column.type)
        ? {
            reason: `'${relation.column.property}' is a ${printType(relation.column.type)}, which cannot be compared as a whole`,
            remedy: 'use Contains(), ContainsKey() or Entry(), or make the column frozen',
          }
        : undefined,
  },
  {
    name: 'an unfrozen user-defined type is not asked at all',
    find: ({ relation: { column } }) =>
      column.type.kind === 'udt'
        ? {
            reason: `'${column.property}' is a ${printType(column.type)}, which is not frozen and cannot be in a where`,
            remedy: 'make the column frozen',
          }
        : undefined,
  },
  {
    name: 'durations have no order',
    find: ({ relation }) =>
      isSlice(relation) && isUnordered(relation.column.type)
        ? {
            reason: `'${relation.column.property}' is a ${printType(relation.column.type)}, and durations have no order`,
            remedy: 'compare it with a plain value',
          }
        : undefined,
  },
  {
    name: 'LIKE needs a SASI index',
    find: ({ relation, metadata }) =>
      isPattern(relation) && !isServedBy(metadata.indexes, relation)
        ? {
            reason: `Like() on '${relation.column.property}' needs a SASI index`,
            remedy: `give it @Index({ using: 'org.apache.cassandra.index.sasi.SASIIndex' })`,
          }
        : undefined,
  },
  {
    name: 'an indexed vector is found by ANN alone',
    find: ({ relation: { column }, metadata }) =>
      column.type.kind === 'vector' && hasAttachedIndex(metadata, column)
        ? {
            reason: `'${column.property}' is an indexed vector, which finds nearest neighbors and nothing else`,
            remedy: 'use findNearest()',
          }
        : undefined,
  },
]

/** Finds a relation on one column that no server answers. */
export function findImpossibleRelation(
  metadata: EntityMetadata,
  relations: readonly Relation[],
): Explanation | undefined {
  for (const relation of relations) {
    if (relation.kind !== 'column') continue
    const found = firstFinding(relationRules, { metadata, relation })
    if (found !== undefined) return found
  }
  return undefined
}
