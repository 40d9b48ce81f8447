import { P, type Row, columns, judge } from './tables'
import { tableOf } from './table'

const builtIn = tableOf('BuiltIn', { ...columns, indexes: [['st'], ['v']] })
const attached = tableOf('Attached', { ...columns, indexes: [['st', 'sai']] })
const message = (narrowed: string) =>
  `impossible; Cassandra finds no rows by the index on the static column 'st' beside a condition on ${narrowed}; ` +
  `leave 'st' out of where and compare it in the results, or declare @Index({ using: 'sai' }) on 'st' instead`

const rows: readonly Row[] = [
  ['a fixed column', builtIn, { where: [...P, ['c', 'equal'], ['st', 'equal']] }, message(`'c'`)],
  ['a list', builtIn, { where: [...P, ['c', 'in'], ['st', 'equal']] }, message(`'c'`)],
  ['a range', builtIn, { where: [...P, ['c', 'moreThan'], ['st', 'equal']] }, message(`'c'`)],
  [
    'a tuple',
    builtIn,
    { where: [...P, ['st', 'equal']], tuple: [['c', 'd'], 'equal'] },
    message(`'c', 'd'`),
  ],
  ['the partition alone', builtIn, { where: [...P, ['st', 'equal']] }, 'served'],
  ['no key', builtIn, { where: [['st', 'equal']] }, 'served'],
  [
    'an index on another column',
    builtIn,
    { where: [...P, ['c', 'equal'], ['v', 'equal']] },
    'served',
  ],
  [
    'a storage-attached index',
    attached,
    { where: [...P, ['c', 'equal'], ['st', 'equal']] },
    'served',
  ],
]

it.each(rows)('a static column beside %s', (_, table, read, verdict) => {
  expect(judge(table, read)).toBe(verdict)
})

it.each([
  [
    'a clustering column that the key does not reach',
    { where: [...P, ['d', 'equal'], ['st', 'equal']] },
  ],
  [
    'clustering columns without a partition',
    {
      where: [
        ['c', 'equal'],
        ['st', 'equal'],
      ],
    },
  ],
  ['an operator that the index does not serve', { where: [...P, ['c', 'equal'], ['st', 'in']] }],
] as const)('a static column beside %s is filtered, and rightly', (_, read) => {
  expect(judge(builtIn, read)).toMatch(/^filtering; /u)
})
