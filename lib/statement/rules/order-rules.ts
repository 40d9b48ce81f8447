import type { ColumnMetadata } from '../../metadata/entity-metadata'
import type { Access } from './access'
import { findDisorder } from './key-order'
import { isServedBy } from './index-service'
import type { Ordering } from './read-request'
import { columnsOf, fixedBy } from './relation'
import { type Rule, isOrAre, itOrThem, listed } from './rule'

/** The limits of ORDER BY. */
export const orderRules: readonly Rule<Access>[] = [
  {
    name: 'ORDER BY is of clustering columns',
    find: ({ request: { orderBy } }) => {
      const foreign = orderBy.find(({ column }) => column.kind !== 'clustering')
      return foreign === undefined
        ? undefined
        : {
            reason: `rows can be ordered by clustering columns only, and '${foreign.column.property}' is not one`,
            remedy: 'sort the results, or make it a clustering column',
          }
    },
  },
  {
    name: 'ORDER BY needs the partition key',
    find: ({ request: { orderBy }, missing }) =>
      orderBy.length > 0 && missing.length > 0
        ? {
            reason: `orderBy needs the whole partition key by = or In(); ${listed(missing)} ${isOrAre(missing)} missing`,
            remedy: `name ${itOrThem(missing)} in where, or sort the results`,
          }
        : undefined,
  },
  {
    name: 'ORDER BY uses no index',
    find: ({ metadata, request: { orderBy, relations }, usesIndex }) => {
      if (orderBy.length === 0 || !usesIndex) return undefined
      const indexed = relations.filter((each) => isServedBy(metadata.indexes, each))
      return {
        reason: `rows that an index finds cannot be ordered: where uses the index on ${listed(indexed.flatMap(columnsOf))}, orderBy names ${listed(columnsOfOrder(orderBy))}`,
        remedy: 'leave orderBy out and sort the results',
      }
    },
  },
  {
    name: 'ORDER BY follows the order of the key',
    find: ({ metadata, request: { orderBy }, clustering }) => {
      const disorder = findDisorder(
        metadata.clusteringKey,
        columnsOfOrder(orderBy),
        fixedBy(clustering),
      )
      if (disorder === undefined) return undefined
      const { column, skipped } = disorder
      return skipped === undefined
        ? {
            reason: `orderBy must name the clustering columns in their order: ${listed(metadata.clusteringKey)}`,
            remedy: 'put them in that order',
          }
        : {
            reason: `orderBy must name the clustering columns in their order, and '${skipped.property}' comes before '${column.property}'`,
            remedy: `order by '${skipped.property}' first, or fix it by = in where`,
          }
    },
  },
  {
    name: 'ORDER BY keeps all directions or reverses them all',
    find: ({ request: { orderBy } }) => {
      const reversed = orderBy.filter(({ column, order }) => column.order !== order)
      const kept = orderBy.filter(({ column, order }) => column.order === order)
      return reversed.length === 0 || kept.length === 0
        ? undefined
        : {
            reason: `orderBy must keep all the declared directions or reverse them all: it keeps ${listed(columnsOfOrder(kept))} and reverses ${listed(columnsOfOrder(reversed))}`,
            remedy: 'reverse the others too, or sort the results',
          }
    },
  },
]

function columnsOfOrder(orderBy: readonly Ordering[]): readonly ColumnMetadata[] {
  return orderBy.map(({ column }) => column)
}
