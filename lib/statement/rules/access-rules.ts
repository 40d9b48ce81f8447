import type { Access } from './access'
import { isServedBy } from './index-service'
import { columnsOf, isList, isSlice } from './relation'
import { type Rule, listed } from './rule'

/** The limits of keys and indexes together, also with ALLOW FILTERING. */
export const accessRules: readonly Rule<Access>[] = [
  {
    name: 'an index does not go with IN on the partition key',
    find: ({ metadata, usesIndex, hasPartitionIn, request }) => {
      if (!usesIndex || !hasPartitionIn) return undefined
      const indexed = request.relations.filter((each) => isServedBy(metadata.indexes, each))
      return {
        reason: 'an index cannot be used together with In() on the partition key',
        remedy:
          indexed.length === 0
            ? 'read each partition by itself'
            : 'read each partition by itself, or leave the indexed column out',
      }
    },
  },
  {
    name: 'ranges and lists of tuples cannot filter',
    find: ({ filtered }) => {
      const tuple = filtered.find(
        (each) =>
          each.kind === 'tuple' && (isSlice(each) || (isList(each) && each.columns.length > 1)),
      )
      return tuple === undefined
        ? undefined
        : {
            reason: `the key cannot find the ${isSlice(tuple) ? 'range' : 'list'} of ${listed(columnsOf(tuple))} here, and tuples cannot filter`,
            remedy:
              'fix what comes before them in the primary key by =, or compare each column in where',
          }
    },
  },
]
