import type { ColumnMetadata } from '../../metadata/entity-metadata'
import type { Access } from './access'
import { isServedBy } from './index-service'
import { columnsOf, isPoint, isSlice } from './relation'
import { hasOrHave, isOrAre, listed } from './rule'

interface Cause {
  readonly name: string
  readonly find: (access: Access) => string | undefined
}

/** The reasons why a read would filter. */
const causes: readonly Cause[] = [
  {
    name: 'the partition key is not whole',
    find: ({ metadata, partition, clustering, missing }) => {
      const byKey = [...partition, ...clustering]
      if (missing.length === 0 || byKey.every((each) => isServedBy(metadata.indexes, each))) {
        return undefined
      }
      const ranged = missing.filter((column) =>
        partition.some((relation) => relation.column === column && isSlice(relation)),
      )
      const absent = missing.filter((column) => !ranged.includes(column))
      const faults = [
        ...(absent.length === 0 ? [] : [`${listed(absent)} ${isOrAre(absent)} missing`]),
        ...(ranged.length === 0 ? [] : [`${listed(ranged)} ${hasOrHave(ranged)} a range`]),
      ]
      return `the partition key needs ${listed(metadata.partitionKey)} by = or In(), and ${faults.join(' and ')}`
    },
  },
  {
    name: 'a gap in the clustering key',
    find: ({ gap, missing }) =>
      gap === undefined || missing.length > 0
        ? undefined
        : `'${gap.column.property}' cannot be restricted while the clustering column '${gap.before.property}' before it ${gap.isSliced ? 'has a range' : 'is not'}`,
  },
  {
    name: 'columns without an index',
    find: ({ metadata, others }) => {
      const plain = others.map(({ column }) => column).filter((each) => !hasIndex(metadata, each))
      return plain.length === 0
        ? undefined
        : `${listed(plain)} ${isOrAre(plain)} neither in the primary key nor indexed`
    },
  },
  {
    name: 'an index that does not serve the operator',
    find: ({ metadata, others }) => {
      const unserved = others
        .filter(({ column }) => hasIndex(metadata, column))
        .filter((each) => !isServedBy(metadata.indexes, each))
      return unserved.length === 0
        ? undefined
        : `the index on ${listed(unserved.flatMap(columnsOf))} does not serve this condition`
    },
  },
  {
    name: 'a condition that the clustering key does not serve',
    find: ({ metadata, clustering }) => {
      const unserved = clustering
        .filter((each) => !isPoint(each) && !isSlice(each))
        .filter((each) => !isServedBy(metadata.indexes, each))
      return unserved.length === 0
        ? undefined
        : `the clustering key does not serve the condition on ${listed(unserved.flatMap(columnsOf))}`
    },
  },
]

/** Returns every reason why a read would filter. */
export function explainFiltering(access: Access): string {
  const found = causes.flatMap(({ find }) => find(access) ?? [])
  if (found.length > 0) return found.join(', and ')
  return `no index serves the conditions on ${listed(access.left.flatMap(columnsOf))} together`
}

function hasIndex(metadata: Access['metadata'], column: ColumnMetadata): boolean {
  return metadata.indexes.some((index) => index.column === column)
}
