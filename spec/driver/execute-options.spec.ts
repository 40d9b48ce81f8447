import { type QueryOptions, types } from 'cassandra-driver'
import {
  type Consistency,
  type ExecuteOptions,
  type SerialConsistency,
  mergeOptions,
  setQueryOptions,
} from '../../lib/driver/execute-options'
import { StatementError } from '../../lib/errors/errors'

function toQueryOptions(options: ExecuteOptions): QueryOptions {
  const query: QueryOptions = {}
  setQueryOptions(query, options)
  return query
}

function refusal(options: ExecuteOptions): string {
  try {
    toQueryOptions(options)
  } catch (error) {
    if (error instanceof StatementError) return error.message
    throw error
  }
  throw new Error('was not refused')
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

  it.each<[string, string]>([
    ['LOCAL_QUORUM', `'LOCAL_QUORUM' is not a consistency; did you mean 'localQuorum'?`],
    ['qorum', `'qorum' is not a consistency; did you mean 'quorum'?`],
    ['toString', `'toString' is not a consistency`],
  ])('refuses the consistency %p', (name, message) => {
    expect(refusal({ consistency: name as Consistency })).toContain(message)
  })

  it('refuses a level that is not serial for the condition', () => {
    expect(refusal({ serialConsistency: 'quorum' as SerialConsistency })).toBe(
      `serialConsistency must be 'serial' or 'localSerial'`,
    )
  })

  it.each<[ExecuteOptions, string]>([
    [{ timeout: -1 }, 'timeout must be a whole number from 0'],
    [{ timeout: 0.5 }, 'timeout must be a whole number from 0'],
    [{ timeout: Number.NaN }, 'timeout must be a whole number from 0'],
    [{ fetchSize: 0 }, 'fetchSize must be a whole number from 1'],
    [{ fetchSize: 2 ** 31 }, 'fetchSize must be a whole number from 1'],
  ])('refuses %p', (options, message) => {
    expect(refusal(options)).toBe(message)
  })
})
