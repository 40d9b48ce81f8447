import { P, type Row, attached, indexed, plain, judge } from './tables'

/** Rows 2, 11, 12, 19 and 20 of the decision table: relations that no server answers. */
const rows: readonly Row[] = [
  [
    '2 = beside another condition',
    plain,
    { where: [...P, ['c', 'equal'], ['c', 'moreThan']] },
    `impossible; 'c' has another condition beside its = or In(); leave one of the conditions out`,
  ],
  [
    '2 two lower bounds',
    plain,
    { where: [...P, ['c', 'moreThan'], ['c', 'moreThanOrEqual']] },
    `impossible; 'c' has two lower bounds; leave one of the conditions out`,
  ],
  [
    '2 two upper bounds of token',
    plain,
    { token: ['lessThan', 'lessThanOrEqual'] },
    'impossible; token has two upper bounds; leave one of the conditions out',
  ],
  [
    '2 Like beside another',
    indexed,
    {
      where: [
        ['s', 'like'],
        ['s', 'equal'],
      ],
    },
    `impossible; 's' has another condition beside its = or In(); leave one of the conditions out`,
  ],
  [
    '2 a range beside Contains',
    indexed,
    {
      where: [
        ['fl', 'contains'],
        ['fl', 'moreThan'],
      ],
    },
    `impossible; 'fl' has both a range and a Contains(); leave one of the conditions out`,
  ],
  [
    '11 a tuple of other columns',
    plain,
    { where: P, tuple: [['c', 'v'], 'moreThan'] },
    `impossible; tuple compares clustering columns only, and 'v' is not one; use where for it, and tuple for 'c', 'd', 'e'`,
  ],
  [
    '11 a tuple in another order',
    plain,
    { where: P, tuple: [['d', 'c'], 'moreThan'] },
    `impossible; tuple must name neighboring clustering columns in their order, 'c', 'd', 'e'; put them in that order, without leaving one out between them`,
  ],
  [
    '11 a tuple with a gap',
    plain,
    { where: P, tuple: [['c', 'e'], 'moreThan'] },
    `impossible; tuple must name neighboring clustering columns in their order, 'c', 'd', 'e'; put them in that order, without leaving one out between them`,
  ],
  [
    '12 a tuple range after a gap',
    plain,
    { where: P, tuple: [['d', 'e'], 'moreThan'] },
    `impossible; the key cannot find the range of 'd', 'e' here, and tuples cannot filter; fix what comes before them in the primary key by =, or compare each column in where`,
  ],
  [
    '12 a tuple list after a gap',
    plain,
    { where: P, tuple: [['d', 'e'], 'in'] },
    `impossible; the key cannot find the list of 'd', 'e' here, and tuples cannot filter; fix what comes before them in the primary key by =, or compare each column in where`,
  ],
  [
    '19 CONTAINS on a scalar',
    plain,
    { where: [['v', 'contains']] },
    `impossible; Contains() asks a list, set or map, and 'v' is of type int; compare the value itself`,
  ],
  [
    '19 CONTAINS KEY on a list',
    plain,
    { where: [['li', 'containsKey']] },
    `impossible; ContainsKey() asks a map, and 'li' is of type list<int>; use Contains() or compare the value itself`,
  ],
  [
    '19 entry of a list',
    plain,
    { where: [['li', 'entry']] },
    `impossible; Entry() asks a map, and 'li' is of type list<int>; use Contains() or compare the value itself`,
  ],
  [
    '19 entry of a frozen map',
    plain,
    { where: [['fm', 'entry']] },
    `impossible; the entries of 'fm' cannot be asked one by one, since the map is frozen; compare the whole map, or use Contains() or ContainsKey()`,
  ],
  [
    '19 = on a collection',
    plain,
    { where: [['li', 'equal']] },
    `impossible; 'li' is a list<int>, which cannot be compared as a whole; use Contains(), ContainsKey() or Entry(), or make the column frozen`,
  ],
  [
    '19 a user-defined type',
    plain,
    { where: [['ud', 'equal']] },
    `impossible; 'ud' is a "address", which is not frozen and cannot be in a where; make the column frozen`,
  ],
  [
    '19 a range of durations',
    plain,
    { where: [['du', 'moreThan']] },
    `impossible; 'du' is a duration, and durations have no order; compare it with a plain value`,
  ],
  [
    '19 a range of tuples with durations',
    plain,
    { where: [['td', 'moreThan']] },
    `impossible; 'td' is a tuple<int, duration>, and durations have no order; compare it with a plain value`,
  ],
  [
    '19 LIKE without SASI',
    attached,
    { where: [['tx', 'like']] },
    `impossible; Like() on 'tx' needs a SASI index; give it @Index({ using: 'org.apache.cassandra.index.sasi.SASIIndex' })`,
  ],
  ['19 LIKE with SASI', indexed, { where: [['s', 'like']] }, 'served'],
  [
    '20 an indexed vector',
    attached,
    { where: [['ve', 'equal']] },
    `impossible; 've' is an indexed vector, which finds nearest neighbors and nothing else; use findNearest()`,
  ],
]

it.each(rows)('%s', (_, table, read, expected) => {
  expect(judge(table, read)).toBe(expected)
})
