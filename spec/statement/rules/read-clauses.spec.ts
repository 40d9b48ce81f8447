import { P, type Row, attached, indexed, plain, judge } from './tables'

/** Rows 21 to 26 of the decision table: ORDER BY, ANN, DISTINCT, GROUP BY, limits. */
const rows: readonly Row[] = [
  ['21 in the order of the key', plain, { where: P, orderBy: { c: 'asc', d: 'desc' } }, 'served'],
  ['21 reversed', plain, { where: P, orderBy: { c: 'desc', d: 'asc' } }, 'served'],
  [
    '21 behind a fixed column',
    plain,
    { where: [...P, ['c', 'equal']], orderBy: { d: 'desc' } },
    'served',
  ],
  [
    '21 without the partition',
    plain,
    { where: [['a', 'equal']], orderBy: { c: 'asc' } },
    `impossible; orderBy needs the whole partition key by = or In(); 'b' is missing; name it in where, or sort the results`,
  ],
  [
    '21 another column',
    plain,
    { where: P, orderBy: { v: 'asc' } },
    `impossible; rows can be ordered by clustering columns only, and 'v' is not one; sort the results, or make it a clustering column`,
  ],
  [
    '21 a column skipped',
    plain,
    { where: P, orderBy: { d: 'asc' } },
    `impossible; orderBy must name the clustering columns in their order, and 'c' comes before 'd'; order by 'c' first, or fix it by = in where`,
  ],
  [
    '21 another order',
    plain,
    { where: [...P, ['c', 'equal']], orderBy: { d: 'asc', c: 'asc' } },
    `impossible; orderBy must name the clustering columns in their order: 'c', 'd', 'e'; put them in that order`,
  ],
  [
    '21 mixed directions',
    plain,
    { where: P, orderBy: { c: 'asc', d: 'asc' } },
    `impossible; orderBy must keep all the declared directions or reverse them all: it keeps 'c' and reverses 'd'; reverse the others too, or sort the results`,
  ],
  [
    '21 with an index',
    indexed,
    { where: [...P, ['v', 'equal']], orderBy: { c: 'asc' } },
    `impossible; rows that an index finds cannot be ordered: where uses the index on 'v', orderBy names 'c'; leave orderBy out and sort the results`,
  ],
  [
    '22 with IN',
    plain,
    {
      where: [
        ['a', 'in'],
        ['b', 'equal'],
      ],
      orderBy: { c: 'asc' },
    },
    'served',
  ],
  ['23 ANN', attached, { nearest: 've', limit: true }, 'served'],
  [
    '23 ANN with indexed columns',
    attached,
    {
      nearest: 've',
      limit: true,
      where: [
        ['v', 'moreThan'],
        ['w', 'equal'],
      ],
    },
    'served',
  ],
  [
    '23 of another type',
    attached,
    { nearest: 'v', limit: true },
    `impossible; nearest neighbors are found by a vector<float, n>, and 'v' is of type int; declare it as one, with an SAI`,
  ],
  [
    '23 without an index',
    plain,
    { nearest: 've', limit: true },
    `impossible; nearest neighbors need a storage-attached index, and 've' does not have one; give it @Index({ using: 'sai', similarity: 'cosine' })`,
  ],
  [
    '23 without a limit',
    attached,
    { nearest: 've' },
    'impossible; nearest neighbors need a limit; give limit, from 1 to 1000',
  ],
  [
    '23 with orderBy',
    attached,
    { nearest: 've', limit: true, where: P, orderBy: { c: 'asc' } },
    `impossible; nearest neighbors come by their similarity, and orderBy of 'c' does not go with it; leave orderBy out and sort the results`,
  ],
  [
    '23 with perPartitionLimit',
    attached,
    { nearest: 've', limit: true, perPartitionLimit: true },
    'impossible; perPartitionLimit does not go with nearest neighbors; leave it out',
  ],
  [
    '23 with an aggregate',
    attached,
    { nearest: 've', limit: true, isAggregate: true, select: [] },
    'impossible; nearest neighbors are rows, and aggregates, groupBy and distinct do not go with them; leave them out',
  ],
  [
    '23 with an unindexed column',
    attached,
    { nearest: 've', limit: true, where: [['x', 'equal']] },
    `impossible; nearest neighbors are filtered by indexed columns only, and 'x' has no index; add @Index({ using: 'sai' }) to 'x', or filter the results`,
  ],
  [
    '23 with part of the partition key',
    attached,
    { nearest: 've', limit: true, where: [['a', 'equal']] },
    `impossible; nearest neighbors are found in whole partitions or in the whole table, and 'b' is missing; name 'b' in where, or leave 'a' out`,
  ],
  [
    '23 with IN',
    attached,
    {
      nearest: 've',
      limit: true,
      where: [
        ['a', 'in'],
        ['b', 'equal'],
      ],
    },
    'impossible; an index cannot be used together with In() on the partition key; read each partition by itself',
  ],
  ['24 DISTINCT', plain, { distinct: true, select: ['a', 'b', 'st'] }, 'served'],
  [
    '24 without part of the key',
    plain,
    { distinct: true, select: ['a'] },
    `impossible; distinct needs the whole partition key, and 'b' is not selected; select 'b' too`,
  ],
  ['24 of one partition', plain, { distinct: true, select: ['st'], where: P }, 'served'],
  [
    '24 another column',
    plain,
    { distinct: true, select: ['a', 'b', 'c'] },
    `impossible; distinct finds partitions, and 'c' cannot be selected; select partition key and static columns only, or leave distinct out`,
  ],
  [
    '24 filtered by another column',
    plain,
    { distinct: true, select: ['a', 'b'], where: [...P, ['c', 'equal']] },
    `impossible; distinct finds partitions, and 'c' cannot be in its where; filter by the partition key and static columns only, or leave distinct out`,
  ],
  [
    '24 with perPartitionLimit',
    plain,
    { distinct: true, select: ['a', 'b'], perPartitionLimit: true },
    'impossible; distinct finds each partition once, and perPartitionLimit does not go with it; leave perPartitionLimit out',
  ],
  [
    '24 grouped by clustering columns',
    plain,
    { distinct: true, select: ['a', 'b'], groupBy: ['a', 'b', 'c'] },
    `impossible; distinct finds partitions, and 'c' cannot group them; leave distinct out`,
  ],
  [
    '24 over IN with ORDER BY',
    plain,
    {
      distinct: true,
      select: ['a', 'b'],
      where: [
        ['a', 'in'],
        ['b', 'equal'],
      ],
      orderBy: { c: 'asc' },
    },
    `impossible; distinct finds partitions, and 'c' in orderBy orders nothing in a list of them; leave orderBy out`,
  ],
  ['25 GROUP BY', plain, { groupBy: ['a', 'b', 'c'], isAggregate: true, select: [] }, 'served'],
  [
    '25 a fixed column left out',
    plain,
    { where: [...P, ['c', 'equal']], groupBy: ['d'] },
    'served',
  ],
  [
    '25 another column',
    plain,
    { groupBy: ['a', 'b', 'v'] },
    `impossible; rows can be grouped by primary key columns only, and 'v' is not one; group the results, or make it part of the primary key`,
  ],
  [
    '25 another order',
    plain,
    { groupBy: ['b', 'a'] },
    `impossible; groupBy must name the primary key's columns in their order, and 'a' comes before 'b'; group by 'a' first, or fix it by = in where`,
  ],
  [
    '25 part of the partition key',
    plain,
    { groupBy: ['a'] },
    `impossible; groupBy has part of the partition key only, and 'b' is missing; add 'b' to groupBy`,
  ],
  [
    '25 twice',
    plain,
    { groupBy: ['a', 'b', 'b'] },
    `impossible; groupBy must name the primary key's columns in their order: 'a', 'b', 'c', 'd', 'e'; put them in that order, each once`,
  ],
  [
    '26 perPartitionLimit with an aggregate',
    plain,
    { isAggregate: true, select: [], perPartitionLimit: true },
    'impossible; an aggregate of all rows is one row, and perPartitionLimit does not go with it; leave perPartitionLimit out, or give groupBy',
  ],
  [
    '26 perPartitionLimit with groups',
    plain,
    { isAggregate: true, select: [], groupBy: ['a', 'b'], perPartitionLimit: true },
    'served',
  ],
  [
    'static columns alone with a clustering column',
    plain,
    { where: [...P, ['c', 'equal']], select: ['a', 'b', 'st'] },
    `impossible; only static columns are selected, which concern the partition, and where names 'c'; leave 'c' out of where, or select another column too`,
  ],
]

it.each(rows)('%s', (_, table, read, expected) => {
  expect(judge(table, read)).toBe(expected)
})
