import type { ColumnMetadata } from '../../metadata/entity-metadata'
import { printType } from '../../cql/print-type'
import { isFloatVector } from '../../cql/type-tree'
import type { Access } from './access'
import { hasAttachedIndex } from './index-service'
import { columnsOf } from './relation'
import { type Explanation, type Rule, listed } from './rule'

type Nearest = Access & { readonly nearest: ColumnMetadata }

function rule(
  name: string,
  find: (access: Nearest) => Explanation | undefined | false,
): Rule<Access> {
  return {
    name,
    find: (access) => {
      const { nearest } = access.request
      return nearest === undefined ? undefined : find({ ...access, nearest }) || undefined
    },
  }
}

/** The limits of a search for nearest neighbors, `ORDER BY … ANN OF ?`. */
export const nearestRules: readonly Rule<Access>[] = [
  rule(
    'ANN is of a float vector',
    ({ nearest: { type, property } }) =>
      !isFloatVector(type) && {
        reason: `nearest neighbors are found by a vector<float, n>, and '${property}' is of type ${printType(type)}`,
        remedy: 'declare it as one, with an SAI',
      },
  ),
  rule(
    'ANN needs an SAI',
    ({ nearest, metadata }) =>
      !hasAttachedIndex(metadata, nearest) && {
        reason: `nearest neighbors need a storage-attached index, and '${nearest.property}' does not have one`,
        remedy: `give it @Index({ using: 'sai', similarity: 'cosine' })`,
      },
  ),
  rule(
    'ANN needs a limit',
    ({ request }) =>
      !request.hasLimit && {
        reason: 'nearest neighbors need a limit',
        remedy: 'give limit, from 1 to 1000',
      },
  ),
  rule(
    'ANN is the only order',
    ({ request }) =>
      request.orderBy.length > 0 && {
        reason: `nearest neighbors come by their similarity, and orderBy of ${listed(request.orderBy.map(({ column }) => column))} does not go with it`,
        remedy: 'leave orderBy out and sort the results',
      },
  ),
  rule(
    'ANN has no PER PARTITION LIMIT',
    ({ request }) =>
      request.hasPerPartitionLimit && {
        reason: 'perPartitionLimit does not go with nearest neighbors',
        remedy: 'leave it out',
      },
  ),
  rule(
    'ANN has no groups, aggregates or DISTINCT',
    ({ request: { isAggregate, groupBy, distinct } }) =>
      (isAggregate || groupBy.length > 0 || distinct) && {
        reason:
          'nearest neighbors are rows, and aggregates, groupBy and distinct do not go with them',
        remedy: 'leave them out',
      },
  ),
  rule(
    'ANN needs whole partitions or all of them',
    ({ partition, missing }) =>
      partition.length > 0 &&
      missing.length > 0 && {
        reason: `nearest neighbors are found in whole partitions or in the whole table, and ${listed(missing)} is missing`,
        remedy: `name ${listed(missing)} in where, or leave ${listed(partition.map(({ column }) => column))} out`,
      },
  ),
  rule(
    'ANN filters by indexed columns',
    ({ metadata, nearest, others, clustering, gap, missing, hasToken }) => {
      const isIndexed = (column: ColumnMetadata) =>
        column !== nearest && metadata.indexes.some((index) => index.column === column)
      const plain = others.map(({ column }) => column).filter((column) => !isIndexed(column))
      const isKeyed = (missing.length === 0 || hasToken) && gap === undefined
      const unreached = isKeyed
        ? []
        : clustering.flatMap(columnsOf).filter((column) => !isIndexed(column))
      const unindexed = [...plain, ...unreached]
      return (
        unindexed.length > 0 && {
          reason: `nearest neighbors are filtered by indexed columns only, and ${listed(unindexed)} has no index`,
          remedy: `add @Index({ using: 'sai' }) to ${listed(unindexed)}, or filter the results`,
        }
      )
    },
  ),
]
