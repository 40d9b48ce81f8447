import { printBatch } from '../../lib/driver/execution'

const statements = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ cql: `DELETE FROM t${i} WHERE id = ?`, params: [i] }))

it('prints a batch without its values', () => {
  expect(printBatch({ kind: 'logged', statements: statements(2) })).toBe(
    'BEGIN BATCH DELETE FROM t0 WHERE id = ?; DELETE FROM t1 WHERE id = ?; APPLY BATCH',
  )
  expect(printBatch({ kind: 'unlogged', statements: statements(1) })).toMatch(/^BEGIN UNLOGGED B/u)
  expect(printBatch({ kind: 'counter', statements: statements(1) })).toMatch(/^BEGIN COUNTER B/u)
})

it('prints the first ten of a long one, and how many there are', () => {
  const text = printBatch({ kind: 'logged', statements: statements(1000) })
  expect(text).toMatch(/DELETE FROM t9 WHERE id = \?; … 990 more; APPLY BATCH$/u)
})
