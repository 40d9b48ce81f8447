import { regressions } from '../../bench/report/compare'
import { groupOf, runOf } from './results'

const measured = (coodie: readonly number[], driver: readonly number[] = [10, 10, 10]) =>
  runOf([groupOf('get-by-pk', { driver, coodie })])

describe('a comparison with an earlier run', () => {
  it('lists a group whose ratio to the bare driver got worse by more than 5 %', () => {
    expect(regressions(measured([8, 8, 8]), measured([9, 9, 9]))).toEqual([
      { group: 'get-by-pk', contender: 'coodie', before: 0.8, now: 0.9, noise: 0 },
    ])
  })

  it('lets 5 % pass, and what got better', () => {
    expect(regressions(measured([10, 10, 10]), measured([10.5, 10.5, 10.5]))).toEqual([])
    expect(regressions(measured([9, 9, 9]), measured([8, 8, 8]))).toEqual([])
  })

  it('lets pass what both runs may be off by', () => {
    // Quartiles of 0.7 and 0.9: noise of 0.1 in either run.
    const before = measured([6, 8, 10])
    expect(regressions(before, measured([8, 10, 12]))).toEqual([])
    expect(regressions(before, measured([9, 11, 13]))).toHaveLength(1)
  })

  it('judges the ratio and not the time: a slower machine is none of ours', () => {
    expect(regressions(measured([8, 8, 8]), measured([16, 16, 16], [20, 20, 20]))).toEqual([])
  })

  it('passes over groups that one of the runs lacks, or that the driver cannot do', () => {
    const other = runOf([groupOf('sync-noop', { coodie: [1, 1, 1] })])
    expect(regressions(measured([8, 8, 8]), other)).toEqual([])
    expect(regressions(other, runOf([groupOf('sync-noop', { coodie: [9, 9, 9] })]))).toEqual([])
  })
})
