import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { findConflict } from './conflict-rules'
import { type Relation, columnsOf, fixedBy, isPoint, isSlice } from './relation'
import { findImpossibleRelation } from './relation-rules'
import { type Explanation, type Rule, listed } from './rule'

/** An update or a delete as the rules see it. */
export interface Write {
  readonly entity: EntityMetadata
  readonly where: readonly Relation[]
  readonly verb: 'update' | 'delete' | 'delete of columns'
  /**
   * What its key must name: rows by their whole key, partitions for static columns alone, or whatever the
   * first columns of the key span.
   */
  readonly reach: 'row' | 'partition' | 'range'
  readonly isConditional: boolean
}

/** What the where of a write cannot be, told as a whole. */
export const keyRules: readonly Rule<Write, string>[] = [
  {
    name: 'a write names columns',
    find: ({ where }) =>
      where.every(({ kind }) => kind === 'column')
        ? undefined
        : 'token and tuple belong to reads; name the columns of the key one by one',
  },
  {
    name: 'one relation by itself',
    find: ({ entity, where }) => told(findImpossibleRelation(entity, where)),
  },
  {
    name: 'relations that exclude each other',
    find: ({ entity, where }) => told(findConflict(entity, where)),
  },
  {
    name: 'a write names key columns',
    find: ({ where, verb }) => {
      const foreign = where
        .flatMap(columnsOf)
        .find(({ kind }) => kind !== 'partitionKey' && kind !== 'clustering')
      return (
        foreign &&
        `the where of the ${verb} takes the key only, and '${foreign.property}' is not in it; find the rows first`
      )
    },
  },
  {
    name: 'a write compares',
    find: ({ where }) => {
      const asked = where.find((relation) => !isPoint(relation) && !isSlice(relation))
      return (
        asked && `${listed(columnsOf(asked))} must be given by = or In() in the where of a write`
      )
    },
  },
  {
    name: 'a conditional write is about one row or one partition',
    find: ({ entity, where, verb, reach, isConditional }) => {
      if (!isConditional) return undefined
      const key = [...entity.partitionKey, ...(reach === 'row' ? entity.clusteringKey : [])]
      const fixed = fixedBy(where)
      const open = key.find((column) => !fixed.includes(column))
      return (
        open &&
        `a conditional ${verb} concerns one ${reach}; give '${open.property}' by a plain value in where`
      )
    },
  },
  {
    name: 'a write needs the partition key',
    find: (write) => explainOpen(write, write.entity.partitionKey),
  },
  {
    name: 'a write of a row needs the clustering key',
    find: (write) =>
      write.reach === 'row' ? explainOpen(write, write.entity.clusteringKey) : undefined,
  },
  {
    name: 'static columns belong to the partition',
    find: ({ where, verb, reach, isConditional }) => {
      const clustering = where.flatMap(columnsOf).find(({ kind }) => kind === 'clustering')
      if (reach !== 'partition' || clustering === undefined) return undefined
      const write = isConditional
        ? `a conditional ${verb}`
        : verb === 'update'
          ? 'an update'
          : 'a delete'
      return `${write} of static columns alone concerns the partition; leave '${clustering.property}' out of where`
    },
  },
  {
    name: 'a range of rows follows the order of the key',
    find: ({ entity, where, reach }) => {
      if (reach !== 'range') return undefined
      let broken: { readonly column: ColumnMetadata; readonly how: string } | undefined
      for (const column of entity.clusteringKey) {
        const ofColumn = where.filter((relation) => columnsOf(relation).includes(column))
        if (broken !== undefined && ofColumn.length > 0) {
          return `'${column.property}' cannot be in the where of a delete while the clustering column '${broken.column.property}' before it ${broken.how}`
        }
        if (!ofColumn.some(isPoint)) {
          broken ??= { column, how: ofColumn.some(isSlice) ? 'has a range' : 'is missing' }
        }
      }
      return undefined
    },
  },
]

function told(explanation: Explanation | undefined): string | undefined {
  return explanation && `${explanation.reason}; ${explanation.remedy}`
}

/** The first of some columns that is missing, or not given by = or IN. */
function explainOpen(
  { where, verb }: Write,
  columns: readonly ColumnMetadata[],
): string | undefined {
  for (const column of columns) {
    const ofColumn = where.filter((relation) => columnsOf(relation).includes(column))
    if (ofColumn.length === 0) {
      return `the where of the ${verb} needs '${column.property}', a part of the key`
    }
    if (!ofColumn.every(isPoint)) {
      return `'${column.property}' must be given by = or In() in the where of the ${verb}`
    }
  }
  return undefined
}
