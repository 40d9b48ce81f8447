import type { SchemaChangeKind } from '../../lib'
import { makeChange } from '../../lib/schema/diff/make-change'
import { inOrder, refusal } from '../../lib/schema/diff/change-facts'
import { index, table, userType } from './models'

const wanted = table('t', { partition: ['id int'] }, ['v int'])
const int = { kind: 'native', name: 'int' } as const
const place = { keyspace: 'shop', table: 't', name: 'v' }
const newColumn =
  'declare the column as it is in the cluster, or give it another name with { name } and copy the values'
const newTable =
  'declare the key as it is in the cluster, or declare a table with another name and copy the rows'

it.each([
  [
    makeChange('createKeyspace', { keyspace: 'shop' }, { replication: undefined }),
    "keyspace 'shop' does not exist; create it, or give the DataSource createKeyspace",
  ],
  [
    makeChange(
      'addField',
      { keyspace: 'shop', type: 'u', name: 'n' },
      { userType: userType('u', { n: 'int' }), field: { name: 'n', type: int } },
      ', and a type in the partition key of t cannot get fields',
    ),
    'field u.n does not exist in the cluster, and a type in the partition key of t cannot get fields; ' +
      'declare a type with another name, and a table that has it in its key',
  ],
  [
    makeChange(
      'changeField',
      { keyspace: 'shop', type: 'u', name: 'n' },
      { declared: int, stored: { kind: 'native', name: 'text' } },
    ),
    'field u.n is declared as int and is text in the cluster; ' +
      'declare the field as it is in the cluster, or give it another name with { name }',
  ],
  [
    makeChange('addKeyColumn', place, { part: 'clustering' }),
    `t.v is declared in the clustering key and does not exist in the cluster; ${newTable}`,
  ],
  [
    makeChange('changeColumnKind', place, { declared: 'static', stored: 'counter' }),
    `t.v is declared as static and is a counter in the cluster; ${newColumn}`,
  ],
  [
    makeChange(
      'createIndex',
      { ...place, name: 'i' },
      { wanted, index: index('v'), replaced: undefined },
      ', and an index on u ("v") has that name',
    ),
    'index i on t does not exist in the cluster, and an index on u ("v") has that name; ' +
      'correct the column first, or give the index another name',
  ],
])('%j is refused with what to do', (change, expected) => {
  expect(change).toMatchObject({ safety: 'impossible', cql: '' })
  expect(refusal(change)).toBe(expected)
})

it('keeps what cannot be removed destructive, and without a statement', () => {
  const change = makeChange(
    'dropColumn',
    place,
    { column: { name: 'v', type: int, kind: 'regular', position: -1, order: 'asc' } },
    '; it stays',
  )
  expect(change).toMatchObject({
    safety: 'destructive',
    cql: '',
    reason: 'no class maps column t.v; it stays',
  })
})

it('makes what others need first, and removes what stands in the way first', () => {
  const kinds: readonly SchemaChangeKind[] = [
    'createView',
    'createIndex',
    'dropColumn',
    'dropIndex',
    'dropView',
    'addColumn',
    'createType',
    'createKeyspace',
  ]
  const changes = kinds.map((kind) => ({
    kind,
    keyspace: 'shop',
    cql: '',
    safety: 'safe' as const,
    reason: '',
  }))
  expect(inOrder(changes).map(({ kind }) => kind)).toEqual(
    Array.from(kinds, (_, i) => kinds.at(-1 - i)),
  )
})
