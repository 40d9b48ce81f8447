import type { Access } from './access'
import { findDisorder } from './key-order'
import { columnsOf, fixedBy } from './relation'
import { type Rule, listed } from './rule'

/** The limits of DISTINCT, GROUP BY, aggregates and selected columns. */
export const resultRules: readonly Rule<Access>[] = [
  {
    name: 'static columns alone are read of partitions',
    find: ({ request: { selected }, clustering }) => {
      const restricted = clustering.flatMap(columnsOf)
      const isStaticOnly =
        selected.some(({ kind }) => kind === 'static') &&
        selected.every(({ kind }) => kind === 'static' || kind === 'partitionKey')
      return isStaticOnly && restricted.length > 0
        ? {
            reason: `only static columns are selected, which concern the partition, and where names ${listed(restricted)}`,
            remedy: `leave ${listed(restricted)} out of where, or select another column too`,
          }
        : undefined
    },
  },
  {
    name: 'DISTINCT is filtered by partition key and static columns',
    find: ({ request: { distinct }, clustering, others }) => {
      const foreign = [
        ...clustering.flatMap(columnsOf),
        ...others.map(({ column }) => column).filter(({ kind }) => kind !== 'static'),
      ]
      return distinct && foreign.length > 0
        ? {
            reason: `distinct finds partitions, and ${listed(foreign)} cannot be in its where`,
            remedy: 'filter by the partition key and static columns only, or leave distinct out',
          }
        : undefined
    },
  },
  {
    name: 'DISTINCT reads partition key and static columns',
    find: ({ request: { distinct, selected } }) => {
      const foreign = selected.filter(({ kind }) => kind !== 'partitionKey' && kind !== 'static')
      return distinct && foreign.length > 0
        ? {
            reason: `distinct finds partitions, and ${listed(foreign)} cannot be selected`,
            remedy: 'select partition key and static columns only, or leave distinct out',
          }
        : undefined
    },
  },
  {
    name: 'DISTINCT over many partitions reads the whole partition key',
    find: ({ metadata, request: { distinct, selected }, isRange }) => {
      const unread = metadata.partitionKey.filter((column) => !selected.includes(column))
      return distinct && isRange && unread.length > 0
        ? {
            reason: `distinct needs the whole partition key, and ${listed(unread)} is not selected`,
            remedy: `select ${listed(unread)} too`,
          }
        : undefined
    },
  },
  {
    name: 'DISTINCT has no PER PARTITION LIMIT',
    find: ({ request: { distinct, hasPerPartitionLimit } }) =>
      distinct && hasPerPartitionLimit
        ? {
            reason: 'distinct finds each partition once, and perPartitionLimit does not go with it',
            remedy: 'leave perPartitionLimit out',
          }
        : undefined,
  },
  {
    name: 'DISTINCT groups no clustering columns',
    find: ({ request: { distinct, groupBy } }) => {
      const clustering = groupBy.filter(({ kind }) => kind === 'clustering')
      return distinct && clustering.length > 0
        ? {
            reason: `distinct finds partitions, and ${listed(clustering)} cannot group them`,
            remedy: 'leave distinct out',
          }
        : undefined
    },
  },
  {
    name: 'DISTINCT over a list of partitions has no ORDER BY',
    find: ({ request: { distinct, orderBy }, hasPartitionIn }) =>
      distinct && orderBy.length > 0 && hasPartitionIn
        ? {
            reason: `distinct finds partitions, and ${listed(orderBy.map(({ column }) => column))} in orderBy orders nothing in a list of them`,
            remedy: 'leave orderBy out',
          }
        : undefined,
  },
  {
    name: 'an aggregate of everything has no PER PARTITION LIMIT',
    find: ({ request: { isAggregate, groupBy, hasPerPartitionLimit } }) =>
      isAggregate && groupBy.length === 0 && hasPerPartitionLimit
        ? {
            reason:
              'an aggregate of all rows is one row, and perPartitionLimit does not go with it',
            remedy: 'leave perPartitionLimit out, or give groupBy',
          }
        : undefined,
  },
  {
    name: 'GROUP BY is of key columns',
    find: ({ request: { groupBy } }) => {
      const foreign = groupBy.find(({ isKey }) => !isKey)
      return foreign === undefined
        ? undefined
        : {
            reason: `rows can be grouped by primary key columns only, and '${foreign.property}' is not one`,
            remedy: 'group the results, or make it part of the primary key',
          }
    },
  },
  {
    name: 'GROUP BY follows the order of the key',
    find: ({ metadata, request: { groupBy }, partition, clustering }) => {
      const { key } = metadata
      const fixed = fixedBy([...partition, ...clustering])
      const disorder = findDisorder(key, groupBy, fixed)
      if (disorder === undefined) return undefined
      const { column, skipped } = disorder
      return skipped === undefined
        ? {
            reason: `groupBy must name the primary key's columns in their order: ${listed(key)}`,
            remedy: 'put them in that order, each once',
          }
        : {
            reason: `groupBy must name the primary key's columns in their order, and '${skipped.property}' comes before '${column.property}'`,
            remedy: `group by '${skipped.property}' first, or fix it by = in where`,
          }
    },
  },
  {
    name: 'GROUP BY has the whole partition key or none of it',
    find: ({ metadata, request: { groupBy } }) => {
      const last = groupBy.at(-1)
      const next = last === undefined ? 0 : metadata.partitionKey.indexOf(last) + 1
      const column = next === 0 ? undefined : metadata.partitionKey[next]
      return (
        column && {
          reason: `groupBy has part of the partition key only, and '${column.property}' is missing`,
          remedy: `add '${column.property}' to groupBy`,
        }
      )
    },
  },
]
