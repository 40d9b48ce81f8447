import { type QueryOptions, types } from 'cassandra-driver'
import {
  type ExecuteOptions,
  type Consistency,
  executeOptionChecks,
  mergeOptions,
  setQueryOptions,
} from '../../lib/driver/execute-options'

function toQueryOptions(options: ExecuteOptions): QueryOptions {
  const query: QueryOptions = {}
  setQueryOptions(query, options)
  return query
}

describe('mergeOptions', () => {
  it('takes each option from the first layer that names it', () => {
    expect(
      mergeOptions(
        { consistency: 'one' },
        { consistency: 'all', timeout: 5 },
        { timeout: 9, fetchSize: 100 },
      ),
    ).toEqual({ consistency: 'one', timeout: 5, fetchSize: 100 })
  })

  it('takes undefined for not named, and false and 0 for named', () => {
    const given = { ...({ traceQuery: undefined } as object), isIdempotent: false, timeout: 0 }
    expect(mergeOptions(given, { traceQuery: true, isIdempotent: true, timeout: 9 })).toEqual({
      traceQuery: true,
      isIdempotent: false,
      timeout: 0,
    })
  })

  it('lets no default override a profile that was named in the call', () => {
    expect(
      mergeOptions(
        { executionProfile: 'olap', timeout: 1 },
        { consistency: 'one', serialConsistency: 'serial', timeout: 2 },
        { consistency: 'all' },
      ),
    ).toEqual({ executionProfile: 'olap', timeout: 1 })
  })

  it('keeps the defaults that a profile cannot say', () => {
    expect(
      mergeOptions(
        { executionProfile: 'olap' },
        { fetchSize: 10, traceQuery: true, isIdempotent: true },
      ),
    ).toEqual({ executionProfile: 'olap', fetchSize: 10, traceQuery: true, isIdempotent: true })
  })

  it('keeps what the layer of the profile and the ones above it name', () => {
    expect(
      mergeOptions(
        { consistency: 'one' },
        { executionProfile: 'olap', timeout: 3 },
        { timeout: 9 },
      ),
    ).toEqual({ consistency: 'one', executionProfile: 'olap', timeout: 3 })
  })

  it('makes nothing of nothing', () => {
    expect(mergeOptions()).toEqual({})
    expect(mergeOptions({}, {})).toEqual({})
  })
})

describe('setQueryOptions', () => {
  it('has the driver’s number for every level', () => {
    const names = Object.keys(types.consistencies).filter((name) => Number.isNaN(Number(name)))
    expect(names.length).toBe(11)
    for (const name of names) {
      const { consistency } = toQueryOptions({ consistency: name as Consistency })
      expect(Number(consistency)).toBe(types.consistencies[name as Consistency])
    }
  })

  it('gives ANY in a form that the driver does not take for none', () => {
    expect(Boolean(toQueryOptions({ consistency: 'any' }).consistency)).toBe(true)
  })

  it('names the options as the driver does', () => {
    expect(
      toQueryOptions({
        consistency: 'localQuorum',
        serialConsistency: 'localSerial',
        timeout: 500,
        fetchSize: 100,
        executionProfile: 'olap',
        traceQuery: true,
      }),
    ).toEqual({
      consistency: types.consistencies.localQuorum,
      serialConsistency: types.consistencies.localSerial,
      readTimeout: 500,
      fetchSize: 100,
      executionProfile: 'olap',
      traceQuery: true,
    })
    expect(toQueryOptions({})).toEqual({})
  })

  it('sends the consistency any as such, which the driver takes for none given', () => {
    expect(toQueryOptions({ consistency: 'any' }).consistency).toEqual(Object(0))
  })
})

describe('executeOptionChecks', () => {
  const levels =
    `must be one of 'any', 'one', 'two', 'three', 'quorum', 'all', 'localQuorum', 'eachQuorum', ` +
    `'serial', 'localSerial', 'localOne'`

  it.each<[keyof ExecuteOptions, unknown, string | undefined]>([
    ['consistency', 'localQuorum', undefined],
    ['consistency', 'LOCAL_QUORUM', `${levels}; did you mean 'localQuorum'?`],
    ['consistency', 'qorum', `${levels}; did you mean 'quorum'?`],
    ['consistency', 'toString', levels],
    ['consistency', 6, levels],
    ['serialConsistency', 'serial', undefined],
    ['serialConsistency', 'quorum', `must be one of 'serial', 'localSerial'`],
    ['timeout', 0, undefined],
    ['timeout', -1, 'must be a whole number from 0'],
    ['timeout', 0.5, 'must be a whole number from 0'],
    ['timeout', Number.NaN, 'must be a whole number from 0'],
    ['fetchSize', 0, 'must be a whole number from 1'],
    ['fetchSize', 2 ** 31, 'must be a whole number from 1'],
    ['isIdempotent', 'no', 'must be true or false'],
    ['executionProfile', 7, 'must be a string'],
    ['traceQuery', 1, 'must be true or false'],
  ])('%s: %p', (option, value, refusal) => {
    expect(executeOptionChecks[option](value)).toBe(refusal)
  })
})
