import { groups } from '../../bench/groups'
import { page } from '../../bench/report/page'
import type { GroupResult } from '../../bench/report/result'
import { groupOf, runOf } from './results'

const all = groups.map(({ name }) => groupOf(name, { driver: [10, 11], coodie: [8, 9] }))

describe('the page of a run', () => {
  it('has a chart of every group, with the ratio marked', () => {
    const html = page(runOf(all))
    for (const { name, does } of groups) {
      expect(html).toContain(`<article id="${name}">`)
      expect(html).toContain(does)
    }
    expect(html.split('coodie 0.81 × cassandra-driver')).toHaveLength(groups.length + 1)
    expect(html.match(/<svg/gu)).toHaveLength(groups.length)
  })

  it('needs nothing else: no script, no font, no picture from elsewhere', () => {
    expect(page(runOf(all))).not.toMatch(/<script|src=|href=|url\(|@import/u)
  })

  it('has every target', () => {
    const result = runOf(all)
    const html = page(result)
    expect(html).toContain('<span class="met">met</span>')
    expect(html).toContain('<span class="missed">not met</span>')
    for (const { target } of result.targets) expect(html).toContain(target.replace('<', '&lt;'))
  })

  it('shows who cannot do a group and why, and whom it went wrong with', () => {
    const group: GroupResult = {
      ...groupOf('vector-ann', { driver: [10] }),
      cases: [
        { contender: 'express', cannot: 'it has no <vectors>' },
        { contender: 'mapper', failed: 'wrong & late' },
      ],
    }
    const html = page(runOf([group]))
    expect(html).toContain('cannot: it has no &lt;vectors&gt;')
    expect(html).toContain('wrong &amp; late')
    expect(html).toContain('A &lt;fast&gt; one')
    expect(html).not.toContain('NaN')
  })
})
