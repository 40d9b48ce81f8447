import type { CqlType } from '../../cql/cql-type'
import { printType } from '../../cql/print-type'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { servedBy } from './index-service'
import { type ColumnRelation, boundOf, isPoint, isSlice } from './relation'

/** Why a filter cannot be said at all, and what to say instead. */
export interface Impossibility {
  readonly reason: string
  readonly remedy: string
}

type Rule = (relation: ColumnRelation, entity: EntityMetadata) => Impossibility | undefined

/** What no server answers, of one relation alone. */
const rules: readonly Rule[] = [
  ({ column, operator }) =>
    operator === 'contains' && elementsOf(column.type) === undefined
      ? {
          reason: `Contains() asks a list, set or map, and '${column.property}' is a ${printType(column.type)}`,
          remedy: 'compare the value itself',
        }
      : undefined,
  ({ column, operator }) =>
    (operator === 'containsKey' || operator === 'entry') && elementsOf(column.type) !== 'map'
      ? {
          reason: `${operator === 'entry' ? 'Entry' : 'ContainsKey'}() asks a map, and '${column.property}' is a ${printType(column.type)}`,
          remedy: 'use Contains() or compare the value itself',
        }
      : undefined,
  ({ column, operator }) =>
    operator === 'entry' && column.type.kind === 'frozen'
      ? {
          reason: `the entries of '${column.property}' cannot be asked one by one, since the map is frozen`,
          remedy: 'compare the whole map, or use Contains() or ContainsKey()',
        }
      : undefined,
  (relation) =>
    (isPoint(relation) || isSlice(relation)) && isUnfrozenCollection(relation.column.type)
      ? {
          reason: `'${relation.column.property}' is a ${printType(relation.column.type)}, which cannot be compared as a whole`,
          remedy: 'use Contains(), ContainsKey() or Entry(), or make the column frozen',
        }
      : undefined,
  (relation) =>
    isSlice(relation) &&
    relation.column.type.kind === 'native' &&
    relation.column.type.name === 'duration'
      ? {
          reason: `'${relation.column.property}' is a duration, which has no order`,
          remedy: 'compare it with a plain value',
        }
      : undefined,
  (relation, entity) =>
    relation.operator === 'like' && servedBy(entity, relation) === undefined
      ? {
          reason: `Like() on '${relation.column.property}' needs a SASI index`,
          remedy: `give it @Index({ using: 'org.apache.cassandra.index.sasi.SASIIndex' })`,
        }
      : undefined,
]

/** What no server answers: of each relation, and of several on one column. */
export function findImpossible(
  entity: EntityMetadata,
  relations: readonly ColumnRelation[],
): Impossibility | undefined {
  for (const relation of relations) {
    for (const rule of rules) {
      const found = rule(relation, entity)
      if (found !== undefined) return found
    }
  }
  for (const { column } of relations) {
    const found = findConflict(relations.filter((relation) => relation.column === column))
    if (found !== undefined) {
      return {
        reason: `'${column.property}' ${found}`,
        remedy: 'leave one of the conditions out',
      }
    }
  }
  return undefined
}

function findConflict(ofColumn: readonly ColumnRelation[]): string | undefined {
  if (ofColumn.length < 2) return undefined
  if (ofColumn.some(isPoint)) return 'has another condition beside its = or In()'
  for (const end of ['lower', 'upper'] as const) {
    if (ofColumn.filter((relation) => boundOf(relation) === end).length > 1) {
      return `has two ${end} bounds`
    }
  }
  return undefined
}

function elementsOf(type: CqlType): 'list' | 'set' | 'map' | undefined {
  switch (type.kind) {
    case 'frozen':
      return elementsOf(type.of)
    case 'list':
    case 'set':
    case 'map':
      return type.kind
    default:
      return undefined
  }
}

function isUnfrozenCollection(type: CqlType): boolean {
  return type.kind === 'list' || type.kind === 'set' || type.kind === 'map'
}
