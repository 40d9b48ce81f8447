import { types } from 'cassandra-driver'
import { groups } from '../../bench/groups'
import { sameRows } from '../../bench/groups/group'
import * as rows from '../../bench/models/rows'
import { type TableName, tables } from '../../bench/models/tables'
import { comparable, driverRow } from '../../bench/models/values'

const generated: Readonly<Partial<Record<TableName, readonly rows.Row[]>>> = {
  products: rows.products(1, 3),
  events: rows.events(1, 3),
  users: rows.users(1, 3),
  test_runs: rows.testRuns(1, 3),
  run_events: rows.runEvents(1, 3),
  notifications: rows.notifications(1, 3),
  comments: rows.comments(1, 3),
  vector_products: rows.vectorProducts(1, 3),
  readings: rows.readings(1, 3),
}

describe('the data of the benchmark', () => {
  it('is the same for the same seed, and other for another', () => {
    expect(rows.products(1, 5)).toEqual(rows.products(1, 5))
    expect(rows.products(1, 5)).not.toEqual(rows.products(2, 5))
  })

  it.each(Object.entries(generated))(
    'has all columns of %s, as the driver takes them',
    (name, made) => {
      const table = name as TableName
      for (const row of made) {
        expect(Object.keys(row)).toEqual(Object.keys(tables[table].columns))
        expect(comparable(driverRow(table, row))).toEqual(row)
      }
    },
  )

  it('is stored and given only in tables that the group has', () => {
    for (const { name, tables: own, data } of groups) {
      const { stored = {} } = data?.(1) ?? {}
      expect([name, Object.keys(stored).filter((one) => !own.includes(one as never))]).toEqual([
        name,
        [],
      ])
    }
  })
})

describe('the check of a result', () => {
  it('takes results of every contender as the same', () => {
    const id = types.Uuid.random()
    const ofDriver = comparable({ id, posted_at: types.Long.fromNumber(5), tags: null })
    expect(comparable({ id, postedAt: 5n, tags: [] })).toEqual(ofDriver)
    expect(comparable(new Map([['a', 1]]))).toEqual({ a: 1 })
  })

  it('refuses rows that are missing, other or in another order', () => {
    const [first = {}, second = {}] = rows.products(1, 2)
    expect(() => sameRows([first], [first, second])).toThrow()
    expect(() => sameRows([second, first], [first, second])).toThrow()
    expect(() => sameRows([first, { ...second, price: 0.1 }], [first, second])).toThrow()
    expect(() => sameRows(null, [first])).toThrow('not an array')
    expect(() => sameRows([first, second], [first, second])).not.toThrow()
  })
})
