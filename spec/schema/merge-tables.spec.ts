import { mergeTables } from '../../lib/schema/model/merge-tables'
import { table } from './models'

const key = { partition: ['a int'] }
const one = table('t', key, ['v int'], { options: { comment: 'x' } })

it.each([
  ['have different keys', table('t', { partition: ['b int'] })],
  [`have the column 'v' as int and as text`, table('t', key, ['v text'])],
  ['have different values of comment', table('t', key, [], { options: { comment: 'y' } })],
])('refuses classes of one table that %s', (what, other) => {
  expect(() => mergeTables([one, other])).toThrow(
    `two classes of the table 't' ${what}; declare both alike`,
  )
})
