import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Cassandra's and the driver's traps, by number, and the specs that show that each is prevented here or told in words
 * that name its cause: the file, and what it says.
 */
const shown = {
  1: ['traps/encoding', 'A.1 a Map does not wipe a map column'],
  2: ['traps/encoding', 'A.2 what is empty is not sent as null'],
  3: ['traps/encoding', 'A.3 nothing is changed on its way to the server'],
  4: ['traps/indexes', 'A.4 a value that its index would leave out'],
  5: ['refusals', "'MoreThan(null)'"],
  6: ['ttl-timestamp', "'null: none'"],
  7: ['batch', 'what one batch cannot order'],
  8: ['traps/rows', 'A.8 a row made by UPDATE'],
  9: ['connection', 'sends the consistency %p'],
  10: ['paging', 'is refused for another entity and in another keyspace'],
  11: ['traps/schema', 'A.11 IF NOT EXISTS over something else'],
  12: ['aggregates', 'sums without wrapping, in the kind of number that the property has'],
  13: ['batch', "'a timestamp beside a condition'"],
  14: ['traps/schema', 'A.14 extensions, which the server would drop, are no table option'],
  15: ['traps/prepared', 'A.15 a prepared statement'],
  16: ['connection', 'are unavailable, for a conditional write too'],
  17: ['nearest', 'does not save a vector that the index dies on'],
  18: ['traps/indexes', 'A.18 an index that is still building'],
  19: ['traps/schema', 'A.19 an option that the server dies on is told with its statement'],
  20: ['traps/schema', 'A.20 vectors that the driver’s schema metadata cannot parse'],
  21: ['traps/rows', 'A.21 a partition with statics alone'],
  22: ['traps/rows', 'A.22 a negative condition creates an absent row'],
  23: ['traps/rows', 'A.23 In() of one element'],
  24: ['traps/rows', 'A.24 In() gives the order of the table'],
  25: ['where-verdicts', 'it.each(tables.map'],
  26: ['paging', 'ends cleanly over 300 rows in pages of %p'],
  27: ['traps/rows', 'A.27 counters'],
  28: ['batch', "'conditions over two partitions'"],
  29: ['traps/prepared', 'A.29 a cluster that forbids USE'],
  30: ['traps/schema', 'A.30 a dropped column that comes back with another type'],
  31: ['traps/indexes', 'A.31 a column that a storage-attached index does not take'],
  32: ['identifiers', 'writes, reads, filters, orders, updates and deletes under every name'],
  33: ['traps/schema', 'A.33 a type that the server writes in another way is no difference'],
} as const satisfies Record<number, readonly [file: string, says: string]>

it.each(Object.entries(shown))('A.%s is shown', (_, [file, says]) => {
  expect(readFileSync(join(__dirname, `${file}.spec.ts`), 'utf8')).toContain(says)
})

it('has a spec for each of the 33', () => {
  expect(Object.keys(shown).map(Number)).toEqual(Array.from({ length: 33 }, (_, i) => i + 1))
})
