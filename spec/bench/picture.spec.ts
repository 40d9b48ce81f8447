import { groups } from '../../bench/groups'
import { picture } from '../../bench/report/picture'
import { groupOf, runOf } from './results'

const centers = (svg: string) =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="[\d.]+" r="4.5" fill="(#\w+)"/gu)].map(
    ([, cx, color]) => [Number(cx), color],
  )

describe('the picture of a run', () => {
  it('has every group, and a dot for each contender that has a ratio', () => {
    const svg = picture(
      runOf(groups.map(({ name }) => groupOf(name, { driver: [10], coodie: [10], mapper: [20] }))),
    )
    for (const { name } of groups) expect(svg).toContain(`>${name}<`)
    expect(centers(svg)).toHaveLength(groups.length * 2)
    // A ratio of 1 stands in the middle of 0.1 and 10.
    expect(centers(svg)).toContainEqual([506, '#1668c7'])
  })

  it('keeps what is beyond its edges at the edge, and leaves out what was not measured', () => {
    const svg = picture(
      runOf([
        groupOf('get-by-pk', { driver: [10], coodie: [0.1], express: [5000] }),
        groupOf('count', { coodie: [1] }),
      ]),
    )
    expect(centers(svg).map(([cx]) => cx)).toEqual([176, 836])
    expect(svg).not.toContain('>count<')
    expect(svg).not.toContain('NaN')
  })
})
