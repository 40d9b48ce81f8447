import { groups } from '../../bench/groups'
import { ratioTargets, targetsOf } from '../../bench/report/targets'
import { groupOf } from './results'

const found = (
  what: RegExp,
  measured: Parameters<typeof targetsOf>[0],
  extras: Parameters<typeof targetsOf>[1] = {},
) => {
  const target = targetsOf(measured, extras).find((one) => what.test(one.what))
  if (target === undefined) throw new Error(`there is no target ${String(what)}`)
  return target
}

describe('the targets', () => {
  it('name groups that there are', () => {
    const names = new Set<string>(groups.map(({ name }) => name))
    for (const { groups: wanted = [], except = [] } of ratioTargets) {
      expect([...wanted, ...except].filter((name) => !names.has(name))).toEqual([])
    }
  })

  it('are met or missed by the worst of their groups', () => {
    const measured = [
      groupOf('get-by-pk', { driver: [10], coodie: [7] }),
      groupOf('collection-read', { driver: [10], coodie: [8] }),
    ]
    expect(found(/, single-row reads/u, measured)).toEqual({
      what: 'client CPU, single-row reads at 64 in flight ÷ bare driver',
      target: '≤ 0.75',
      measured: '0.80 at most (collection-read)',
      met: false,
      missedBy: ['collection-read'],
    })
    expect(found(/, single-row reads/u, measured.slice(0, 1)).met).toBe(true)
  })

  it('are neither where nothing was measured', () => {
    for (const { met, measured } of targetsOf([], {})) {
      expect([met, measured]).toEqual([null, 'not measured'])
    }
  })

  it('want to be ahead of the mappers, not level', () => {
    const measured = [groupOf('single-insert', { mapper: [10], coodie: [10] })]
    expect(found(/Mapper/u, measured).met).toBe(false)
  })

  it('count prepared statements and held heap', () => {
    const heap = (last: number) => ({
      heap: { rows: 100, samples: [5e6, 6e6, 7e6, 7e6, last] },
    })
    expect(found(/heap/u, [], heap(7_100_000)).met).toBe(true)
    expect(found(/heap/u, [], heap(9_000_000)).met).toBe(false)
    const prepared = (statements: number) => ({ prepared: { calls: 100, statements, shapes: 5 } })
    expect(found(/prepared statements/u, [], prepared(5)).met).toBe(true)
    expect(found(/prepared statements/u, [], prepared(6)).met).toBe(false)
  })

  it('show the error of the measurement: the bare driver to itself', () => {
    const measured = [
      groupOf('single-insert', { driver: [10, 10, 10], again: [10.1, 10.1, 10.1] }),
      groupOf('get-by-pk', { driver: [10, 10, 10], again: [9.5, 9.5, 9.5] }),
    ]
    expect(found(/measurement itself/u, measured)).toMatchObject({
      measured: '0.98 in the geometric mean, 0.95 to 1.01',
      met: false,
      missedBy: ['get-by-pk'],
    })
    expect(found(/measurement itself/u, measured.slice(0, 1)).met).toBe(true)
  })
})
