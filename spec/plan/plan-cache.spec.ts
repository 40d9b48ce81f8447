import type { Plan } from '../../lib/plan/plan'
import { PlanCache } from '../../lib/plan/plan-cache'

const planOf = (name: string) => ({ name }) as unknown as Plan

it('builds a plan once, and never holds more than its capacity', () => {
  const cache = new PlanCache(3)
  const built: string[] = []
  const plan = (shape: string) =>
    cache.plan(shape, () => {
      built.push(shape)
      return planOf(shape)
    })
  for (const shape of ['a', 'b', 'c', 'a', 'c']) expect(plan(shape)).toEqual(planOf(shape))
  expect(built).toEqual(['a', 'b', 'c'])
  // 'b' alone was not asked for again, so that it is the one that goes.
  plan('d')
  expect(cache.size).toBe(3)
  for (const shape of ['a', 'c', 'd']) plan(shape)
  expect(built).toEqual(['a', 'b', 'c', 'd'])
  plan('b')
  expect(built).toEqual(['a', 'b', 'c', 'd', 'b'])
  for (let i = 0; i < 1000; i++) plan(`shape ${i}`)
  expect(cache.size).toBe(3)
})

it('is smaller than the number of statements that the driver keeps, unless told otherwise', () => {
  const cache = new PlanCache()
  for (let i = 0; i < 1000; i++) cache.plan(String(i), () => planOf(String(i)))
  expect(cache.size).toBe(200)
})

it('keeps nothing of a build that throws', () => {
  const cache = new PlanCache(1)
  cache.plan('a', () => planOf('a'))
  expect(() =>
    cache.plan('b', () => {
      throw new RangeError('no')
    }),
  ).toThrow(RangeError)
  expect(cache.plan('a', () => planOf('another'))).toEqual(planOf('a'))
})
