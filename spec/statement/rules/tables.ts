import type { EntityMetadata } from '../../../lib/metadata/entity-metadata'
import { analyzeWhere } from '../../../lib/statement/rules/analyze-where'
import { type ReadText, requestOf } from './requests'
import { type TableText, sasi, tableOf } from './table'

export const columns: TableText = {
  partition: { a: 'int', b: 'int' },
  clustering: { c: 'int', d: 'int desc', e: 'int' },
  statics: { st: 'int' },
  regular: {
    v: 'int',
    w: 'int',
    u: 'int',
    x: 'int',
    tx: 'text',
    s: 'text',
    li: 'list<int>',
    ma: 'map<text, int>',
    me: 'map<text, int>',
    fl: 'frozen<list<int>>',
    fm: 'frozen<map<text, int>>',
    ud: 'address',
    du: 'duration',
    td: 'tuple<int, duration>',
    ve: 'vector<float, 2>',
  },
}
export const plain = tableOf('Plain', columns)
export const indexed = tableOf('Indexed', {
  ...columns,
  indexes: [
    ['v'],
    ['u'],
    ['s', sasi],
    ['li', undefined, 'values'],
    ['ma', undefined, 'keys'],
    ['me', undefined, 'entries'],
    ['fl', undefined, 'full'],
  ],
})
export const attached = tableOf('Attached', {
  ...columns,
  indexes: [
    ['a', 'sai'],
    ['v', 'sai'],
    ['w', 'sai'],
    ['tx', 'sai'],
    ['ve', 'sai'],
  ],
})

/** The whole partition key. */
export const P = [
  ['a', 'equal'],
  ['b', 'equal'],
] as const

/** One row of the decision table: what of it, the read, and verdict, reason and remedy. */
export type Row = readonly [row: string, table: EntityMetadata, read: ReadText, verdict: string]

/** Verdict, reason and remedy of a read. */
export function judge(table: EntityMetadata, read: ReadText): string {
  const { verdict, reason, remedy } = analyzeWhere(table, requestOf(table, read))
  return [verdict, reason, remedy].filter((part) => part !== '').join('; ')
}
