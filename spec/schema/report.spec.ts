import type { Change } from '../../lib/schema/diff/change'
import { report } from '../../lib/schema/diff/report'

const change = (more: Partial<Change>): Change => ({
  kind: 'addColumn',
  keyspace: 'shop',
  cql: '',
  safety: 'safe',
  reason: 'differs',
  ...more,
})

it('groups changes by table, type and keyspace, in the order of their first change', () => {
  const changes = [
    change({ table: 'a', reason: 'one' }),
    change({ type: 'u', reason: 'two' }),
    change({ table: 'a', reason: 'three' }),
    change({ reason: 'four' }),
    change({ table: 'a', keyspace: 'other', reason: 'five' }),
  ]
  expect(report(changes)).toBe(
    [
      '  shop.a',
      '    - one',
      '    - three',
      '  shop.u (type)',
      '    - two',
      '  shop',
      '    - four',
      '  other.a',
      '    - five',
    ].join('\n'),
  )
})

it('says of each change what it is told to say', () => {
  expect(report([change({ table: 'a', name: 'v' })], ({ name }) => `column ${name}`)).toBe(
    '  shop.a\n    - column v',
  )
})

it('is empty without changes', () => {
  expect(report([])).toBe('')
})
