import type { Access } from './access'
import { findDisorder } from './key-order'
import { fixedBy } from './relation'
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
    find: ({ request: { orderBy }, usesIndex }) =>
      orderBy.length > 0 && usesIndex
        ? {
            reason: 'rows that an index finds cannot be ordered',
            remedy: 'leave orderBy out and sort the results',
          }
        : undefined,
  },
  {
    name: 'ORDER BY follows the order of the key',
    find: ({ metadata, request: { orderBy }, clustering }) => {
      const disorder = findDisorder(
        metadata.clusteringKey,
        orderBy.map(({ column }) => column),
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
      const reversed = orderBy.filter(({ column, order }) => column.order !== order).length
      return reversed === 0 || reversed === orderBy.length
        ? undefined
        : {
            reason: 'orderBy must keep all the declared directions or reverse them all',
            remedy: 'turn the others round too, or sort the results',
          }
    },
  },
]
