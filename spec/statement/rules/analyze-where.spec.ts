import { StatementError } from '../../../lib/errors/errors'
import { analyzeWhere, requireServed } from '../../../lib/statement/rules/analyze-where'
import { type ReadText, requestOf } from './requests'
import { tableOf } from './table'
import { P, type Row, attached, indexed, plain, judge, columns } from './tables'

/** Rows 5 to 10 and 13 to 18 of the decision table: what keys and indexes serve. */
const rows: readonly Row[] = [
  ['5 partition', plain, { where: P }, 'served'],
  [
    '5 partition by IN',
    plain,
    {
      where: [
        ['a', 'in'],
        ['b', 'equal'],
      ],
    },
    'served',
  ],
  ['5 prefix', plain, { where: [...P, ['c', 'equal'], ['d', 'in']] }, 'served'],
  [
    '5 prefix and range',
    plain,
    { where: [...P, ['c', 'equal'], ['d', 'moreThan'], ['d', 'lessThan']] },
    'served',
  ],
  ['5 tuple range', plain, { where: P, tuple: [['c', 'd'], 'moreThan'] }, 'served'],
  ['5 tuple list', plain, { where: P, tuple: [['c', 'd'], 'in'] }, 'served'],
  ['6 everything', plain, {}, 'served'],
  ['7 token', plain, { token: ['moreThan'] }, 'served'],
  ['7 token and partition', plain, { token: ['moreThan'], where: P }, 'served'],
  [
    '8 part of the partition key',
    plain,
    { where: [['a', 'equal']] },
    `filtering; the partition key needs 'a', 'b' by = or In(), and 'b' is missing; name 'b' by = in where, add @Index() to 'a', or pass allowFiltering: true`,
  ],
  [
    '8 a range of the partition key',
    plain,
    {
      where: [
        ['a', 'equal'],
        ['b', 'moreThan'],
      ],
    },
    `filtering; the partition key needs 'a', 'b' by = or In(), and 'b' has a range; name 'b' by = in where, add @Index({ using: 'sai' }) to 'a', 'b', or pass allowFiltering: true`,
  ],
  [
    '8 clustering without partition',
    plain,
    { where: [['c', 'equal']] },
    `filtering; the partition key needs 'a', 'b' by = or In(), and 'a', 'b' are missing; name 'a', 'b' by = in where, add @Index() to 'c', or pass allowFiltering: true`,
  ],
  [
    '8 token and clustering',
    plain,
    { token: ['moreThan'], where: [['c', 'equal']] },
    `filtering; the partition key needs 'a', 'b' by = or In(), and 'a', 'b' are missing; name 'a', 'b' by = in where, add @Index() to 'c', or pass allowFiltering: true`,
  ],
  [
    '9 a gap',
    plain,
    { where: [...P, ['d', 'equal']] },
    `filtering; 'd' cannot be restricted while the clustering column 'c' before it is not; name 'c' by = in where, add @Index() to 'd', or pass allowFiltering: true`,
  ],
  [
    '10 after a range',
    plain,
    { where: [...P, ['c', 'moreThan'], ['d', 'equal']] },
    `filtering; 'd' cannot be restricted while the clustering column 'c' before it has a range; name 'c' by = in where, add @Index({ using: 'sai' }) to 'c', 'd', or pass allowFiltering: true`,
  ],
  [
    '13 a regular column',
    plain,
    { where: [...P, ['v', 'equal']] },
    `filtering; 'v' is neither in the primary key nor indexed; add @Index() to it, or pass allowFiltering: true`,
  ],
  [
    '13 a static column',
    plain,
    { where: [...P, ['st', 'equal']] },
    `filtering; 'st' is neither in the primary key nor indexed; add @Index() to it, or pass allowFiltering: true`,
  ],
  [
    '13 two columns',
    plain,
    {
      where: [
        ['v', 'equal'],
        ['st', 'equal'],
      ],
    },
    `filtering; 'v', 'st' are neither in the primary key nor indexed; add @Index({ using: 'sai' }) to 'v', 'st', or pass allowFiltering: true`,
  ],
  [
    '13 an index would not help',
    plain,
    {
      where: [
        ['a', 'in'],
        ['b', 'equal'],
        ['v', 'equal'],
      ],
    },
    `filtering; 'v' is neither in the primary key nor indexed; pass allowFiltering: true`,
  ],
  ['14 a secondary index', indexed, { where: [['v', 'equal']] }, 'served'],
  ['14 CONTAINS on values', indexed, { where: [['li', 'contains']] }, 'served'],
  ['14 CONTAINS KEY on keys', indexed, { where: [['ma', 'containsKey']] }, 'served'],
  ['14 entry on entries', indexed, { where: [['me', 'entry']] }, 'served'],
  ['14 = on full', indexed, { where: [['fl', 'equal']] }, 'served'],
  [
    '14 with partition and prefix',
    indexed,
    { where: [...P, ['c', 'moreThan'], ['v', 'equal']] },
    'served',
  ],
  ['14 with token', indexed, { token: ['moreThan'], where: [['v', 'equal']] }, 'served'],
  [
    '15 a range on a secondary index',
    indexed,
    { where: [['v', 'moreThan']] },
    `filtering; the index on 'v' does not serve this condition; add @Index({ using: 'sai' }) to it, or pass allowFiltering: true`,
  ],
  [
    '15 IN on a secondary index',
    indexed,
    { where: [['v', 'in']] },
    `filtering; the index on 'v' does not serve this condition; pass allowFiltering: true`,
  ],
  [
    '15 two secondary indexes',
    indexed,
    {
      where: [
        ['v', 'equal'],
        ['u', 'equal'],
      ],
    },
    `filtering; no index serves the conditions on 'v', 'u' together; add @Index({ using: 'sai' }) to 'v', 'u', or pass allowFiltering: true`,
  ],
  [
    '15 an unindexed column beside',
    indexed,
    {
      where: [
        ['v', 'equal'],
        ['x', 'equal'],
      ],
    },
    `filtering; 'x' is neither in the primary key nor indexed; add @Index({ using: 'sai' }) to 'v', 'x', or pass allowFiltering: true`,
  ],
  [
    '15 part of the partition key beside',
    indexed,
    {
      where: [
        ['b', 'equal'],
        ['v', 'equal'],
      ],
    },
    `filtering; the partition key needs 'a', 'b' by = or In(), and 'a' is missing; name 'a' by = in where, add @Index({ using: 'sai' }) to 'b', 'v', or pass allowFiltering: true`,
  ],
  [
    '15 CONTAINS twice',
    indexed,
    {
      where: [
        ['li', 'contains'],
        ['li', 'contains'],
      ],
    },
    `filtering; no index serves the conditions on 'li' together; add @Index({ using: 'sai' }) to 'li', or pass allowFiltering: true`,
  ],
  [
    '15 CONTAINS on keys',
    indexed,
    { where: [['ma', 'contains']] },
    `filtering; the index on 'ma' does not serve this condition; add @Index() to it, or pass allowFiltering: true`,
  ],
  [
    '16 SAI together',
    attached,
    {
      where: [
        ['v', 'moreThan'],
        ['w', 'equal'],
        ['tx', 'equal'],
      ],
    },
    'served',
  ],
  [
    '16 SAI on part of the partition key',
    attached,
    {
      where: [
        ['a', 'equal'],
        ['v', 'equal'],
      ],
    },
    'served',
  ],
  ['16 SAI with prefix', attached, { where: [...P, ['c', 'equal'], ['v', 'equal']] }, 'served'],
  [
    '17 a range of text',
    attached,
    { where: [['tx', 'moreThan']] },
    `filtering; the index on 'tx' does not serve this condition; pass allowFiltering: true`,
  ],
  [
    '17 IN',
    attached,
    { where: [['v', 'in']] },
    `filtering; the index on 'v' does not serve this condition; pass allowFiltering: true`,
  ],
  [
    '17 an unindexed column',
    attached,
    {
      where: [
        ['v', 'equal'],
        ['x', 'equal'],
      ],
    },
    `filtering; 'x' is neither in the primary key nor indexed; add @Index({ using: 'sai' }) to 'x', or pass allowFiltering: true`,
  ],
  [
    '18 index and IN',
    indexed,
    {
      where: [
        ['a', 'in'],
        ['b', 'equal'],
        ['v', 'equal'],
      ],
    },
    'impossible; an index cannot be used together with In() on the partition key; read each partition by itself, or leave the indexed column out',
  ],
  [
    '18 index and IN on part',
    attached,
    {
      where: [
        ['a', 'in'],
        ['v', 'equal'],
      ],
    },
    'impossible; an index cannot be used together with In() on the partition key; read each partition by itself, or leave the indexed column out',
  ],
]

it.each(rows)('%s', (_, table, read, expected) => {
  expect(judge(table, read)).toBe(expected)
})

it('takes ORDER BY with IN on the partition key in one page', () => {
  const paged = requestOf(plain, { where: P, orderBy: { c: 'asc' } })
  expect(analyzeWhere(plain, paged).inOnePage).toBe(false)
  const listed = {
    where: [
      ['a', 'in'],
      ['b', 'equal'],
    ],
    orderBy: { c: 'asc' },
  } as const
  expect(analyzeWhere(plain, requestOf(plain, listed)).inOnePage).toBe(true)
})

describe('allowFiltering', () => {
  const required = (read: ReadText, allowFiltering: boolean) => () =>
    requireServed(plain, { ...requestOf(plain, read), allowFiltering }).verdict

  it('lets through what filters', () => {
    const read: ReadText = { where: [['v', 'equal']] }
    expect(required(read, false)).toThrow(
      new StatementError(
        `Plain: 'v' is neither in the primary key nor indexed; add @Index() to it, or pass allowFiltering: true`,
      ),
    )
    expect(required(read, true)()).toBe('filtering')
  })

  it('does not help where nothing does', () => {
    const read: ReadText = { where: [['v', 'contains']] }
    expect(required(read, true)).toThrow(StatementError)
    expect(required(read, true)).not.toThrow('allowFiltering')
  })

  it('does no harm where it is not needed', () => {
    expect(required({ where: P }, true)()).toBe('served')
  })
})

it('tells of a clustering column whose elements are asked', () => {
  const table = tableOf('Lists', {
    partition: { p: 'int' },
    clustering: { c: 'frozen<list<int>>' },
  })
  expect(
    judge(table, {
      where: [
        ['p', 'equal'],
        ['c', 'contains'],
      ],
    }),
  ).toBe(
    `filtering; the clustering key does not serve the condition on 'c'; pass allowFiltering: true`,
  )
})

it('believes an index of an unknown class', () => {
  const custom = tableOf('Custom', { ...columns, indexes: [['v', 'com.example.Index']] })
  const read = requestOf(custom, { where: [['v', 'like']] })
  expect(analyzeWhere(custom, read).verdict).toBe('served')
})
