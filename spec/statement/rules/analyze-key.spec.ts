import { StatementError } from '../../../lib/errors/errors'
import type { EntityMetadata } from '../../../lib/metadata/entity-metadata'
import {
  type ConditionalWrite,
  requireConditionalKey,
  requireDeleteKey,
  requireUpdateKey,
} from '../../../lib/statement/rules/analyze-key'
import { type ReadText, relationsOf } from './requests'
import { columnIn, tableOf } from './table'

const table = tableOf('Room', {
  partition: { a: 'int', b: 'int' },
  clustering: { c: 'int', d: 'int' },
  statics: { st: 'int' },
  regular: { v: 'int' },
})
const P = [
  ['a', 'equal'],
  ['b', 'equal'],
] as const
const row = [...P, ['c', 'equal'], ['d', 'equal']] as const

const ways = {
  'UPDATE v': (where) => requireUpdateKey(table, where, { staticOnly: false }),
  'UPDATE st': (where) => requireUpdateKey(table, where, { staticOnly: true }),
  DELETE: (where) => requireDeleteKey(table, where, { columns: [] }),
  'DELETE v': (where) => requireDeleteKey(table, where, { columns: columnsOf('v') }),
  'DELETE st': (where) => requireDeleteKey(table, where, { columns: columnsOf('st') }),
  'DELETE st, v': (where) => requireDeleteKey(table, where, { columns: columnsOf('st', 'v') }),
  'UPDATE v IF': (where) =>
    requireConditionalKey(table, where, conditional('update', ['v'], ['v'])),
  'UPDATE st IF st': (where) =>
    requireConditionalKey(table, where, conditional('update', ['st'], ['st'])),
  'DELETE IF': (where) => requireConditionalKey(table, where, conditional('delete', [], [])),
  'DELETE st IF st': (where) =>
    requireConditionalKey(table, where, conditional('delete', ['st'], ['st'])),
} as const satisfies Record<string, (where: ReturnType<typeof relationsOf>) => void>

function columnsOf(...properties: readonly string[]): EntityMetadata['columns'] {
  return properties.map((property) => columnIn(table.byProperty, property))
}

function conditional(
  verb: ConditionalWrite['verb'],
  columns: readonly string[],
  conditions: readonly string[],
): ConditionalWrite {
  return { verb, columns: columnsOf(...columns), conditions: columnsOf(...conditions) }
}

/** The rows of the rules of writes that concern the key; an empty message: accepted. */
const rows: readonly (readonly [keyof typeof ways, string, ReadText, message: string])[] = [
  ['UPDATE v', 'the whole key', { where: row }, ''],
  [
    'UPDATE v',
    'lists',
    {
      where: [
        ['a', 'in'],
        ['b', 'in'],
        ['c', 'in'],
        ['d', 'in'],
      ],
    },
    '',
  ],
  [
    'UPDATE v',
    'part of the partition key',
    {
      where: [
        ['a', 'equal'],
        ['c', 'equal'],
        ['d', 'equal'],
      ],
    },
    `Room: the where of an update needs the whole partition key, and 'b' is missing; name it in where by = or In()`,
  ],
  [
    'UPDATE v',
    'no clustering column',
    { where: P },
    `Room: the where of an update needs the whole primary key, and 'c', 'd' are missing; name them in where by = or In()`,
  ],
  [
    'UPDATE v',
    'a range of rows',
    { where: [...P, ['c', 'equal'], ['d', 'moreThan']] },
    `Room: the where of an update takes no range of 'd'; give it by = or In()`,
  ],
  [
    'UPDATE v',
    'a range of partitions',
    {
      where: [
        ['a', 'equal'],
        ['b', 'moreThan'],
        ['c', 'equal'],
        ['d', 'equal'],
      ],
    },
    `Room: the where of an update takes no range of 'b'; give it by = or In()`,
  ],
  [
    'UPDATE v',
    'another column',
    { where: [...row, ['v', 'equal']] },
    `Room: the where of an update takes the primary key only, and 'v' is not in it; leave it out and find the rows first, or name it in if`,
  ],
  [
    'UPDATE v',
    'a column twice',
    { where: [...row, ['d', 'moreThan']] },
    `Room: 'd' has another condition beside its = or In(); leave one of the conditions out`,
  ],
  [
    'UPDATE v',
    'Like',
    { where: [...P, ['c', 'like'], ['d', 'equal']] },
    `Room: 'c' must be compared in the where of an update; use = or In()`,
  ],
  [
    'UPDATE v',
    'token',
    { token: ['equal'], where: row },
    `Room: token and tuple belong to reads, not to the where of an update; name the columns of the key one by one`,
  ],
  ['UPDATE st', 'the partition', { where: P }, ''],
  [
    'UPDATE st',
    'the whole key',
    { where: row },
    `Room: an update of static columns alone concerns the partition, and where names 'c', 'd'; leave 'c', 'd' out of where`,
  ],
  ['DELETE', 'a partition', { where: P }, ''],
  ['DELETE', 'a prefix', { where: [...P, ['c', 'in']] }, ''],
  ['DELETE', 'a range', { where: [...P, ['c', 'moreThan'], ['c', 'lessThan']] }, ''],
  [
    'DELETE',
    'part of the partition key',
    { where: [['a', 'equal']] },
    `Room: the where of a delete needs the whole partition key, and 'b' is missing; name it in where by = or In()`,
  ],
  [
    'DELETE',
    'a gap',
    { where: [...P, ['d', 'equal']] },
    `Room: 'd' cannot be in the where of a delete while the clustering column 'c' before it is missing; give 'c' by =, or leave 'd' out`,
  ],
  [
    'DELETE',
    'something after a range',
    { where: [...P, ['c', 'moreThan'], ['d', 'equal']] },
    `Room: 'd' cannot be in the where of a delete while the clustering column 'c' before it has a range; give 'c' by =, or leave 'd' out`,
  ],
  [
    'DELETE',
    'a range of partitions',
    {
      where: [
        ['a', 'equal'],
        ['b', 'lessThan'],
      ],
    },
    `Room: the where of a delete takes no range of 'b'; give it by = or In()`,
  ],
  [
    'DELETE',
    'another column',
    { where: [...P, ['v', 'equal']] },
    `Room: the where of a delete takes the primary key only, and 'v' is not in it; leave it out and find the rows first, or name it in if`,
  ],
  [
    'DELETE',
    'a tuple',
    { where: P, tuple: [['c', 'd'], 'in'] },
    `Room: token and tuple belong to reads, not to the where of a delete; name the columns of the key one by one`,
  ],
  ['DELETE v', 'the whole key', { where: [...P, ['c', 'equal'], ['d', 'in']] }, ''],
  [
    'DELETE v',
    'part of the key',
    { where: [...P, ['c', 'equal']] },
    `Room: the where of a delete needs the whole primary key, and 'd' is missing; name it in where by = or In()`,
  ],
  [
    'DELETE v',
    'a range',
    { where: [...P, ['c', 'equal'], ['d', 'moreThan']] },
    `Room: the where of a delete takes no range of 'd'; give it by = or In()`,
  ],
  ['DELETE st', 'the partition', { where: P }, ''],
  [
    'DELETE st',
    'the whole key',
    { where: row },
    `Room: a delete of static columns alone concerns the partition, and where names 'c', 'd'; leave 'c', 'd' out of where`,
  ],
  ['DELETE st, v', 'the whole key', { where: row }, ''],
  [
    'DELETE st, v',
    'the partition',
    { where: P },
    `Room: the where of a delete needs the whole primary key, and 'c', 'd' are missing; name them in where by = or In()`,
  ],
  ['UPDATE v IF', 'the whole key', { where: row }, ''],
  [
    'UPDATE v IF',
    'a list of partitions',
    {
      where: [
        ['a', 'in'],
        ['b', 'equal'],
        ['c', 'equal'],
        ['d', 'equal'],
      ],
    },
    `Room: a conditional update concerns one row, and 'a' is given by In(); give it by =, and write the rows one by one`,
  ],
  [
    'UPDATE v IF',
    'a list of rows',
    { where: [...P, ['c', 'equal'], ['d', 'in']] },
    `Room: a conditional update concerns one row, and 'd' is given by In(); give it by =, and write the rows one by one`,
  ],
  ['UPDATE st IF st', 'the partition', { where: P }, ''],
  [
    'UPDATE st IF st',
    'a list of partitions',
    {
      where: [
        ['a', 'equal'],
        ['b', 'in'],
      ],
    },
    `Room: a conditional update concerns one partition, and 'b' is given by In(); give it by =, and write the partitions one by one`,
  ],
  [
    'UPDATE st IF st',
    'the whole key',
    { where: row },
    `Room: an update of static columns alone concerns the partition, and where names 'c', 'd'; leave 'c', 'd' out of where`,
  ],
  ['DELETE IF', 'the whole key', { where: row }, ''],
  [
    'DELETE IF',
    'a partition',
    { where: P },
    `Room: the where of a delete needs the whole primary key, and 'c', 'd' are missing; name them in where by =`,
  ],
  [
    'DELETE IF',
    'a range',
    { where: [...P, ['c', 'equal'], ['d', 'moreThan']] },
    `Room: the where of a delete takes no range of 'd'; give it by =`,
  ],
  ['DELETE st IF st', 'the partition', { where: P }, ''],
]

it.each(rows)('%s by %s', (way, _, where, message) => {
  const judge = () => ways[way](relationsOf(table, where))
  if (message === '') expect(judge).not.toThrow()
  else expect(judge).toThrow(new StatementError(message))
})
