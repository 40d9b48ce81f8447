import { BoundedCache } from '../../lib/plan/bounded-cache'

it('builds a value once, and never holds more than its capacity', () => {
  const cache = new BoundedCache<string>(3)
  const built: string[] = []
  const get = (key: string) =>
    cache.get(key, () => {
      built.push(key)
      return `of ${key}`
    })
  for (const key of ['a', 'b', 'c', 'a', 'c']) expect(get(key)).toBe(`of ${key}`)
  expect(built).toEqual(['a', 'b', 'c'])
  // 'b' alone was not asked for again, so that it is the one that goes.
  get('d')
  expect(cache.size).toBe(3)
  for (const key of ['a', 'c', 'd']) get(key)
  expect(built).toEqual(['a', 'b', 'c', 'd'])
  get('b')
  expect(built).toEqual(['a', 'b', 'c', 'd', 'b'])
  for (let i = 0; i < 1000; i++) get(`key ${i}`)
  expect(cache.size).toBe(3)
})

it('keeps nothing of a build that throws', () => {
  const cache = new BoundedCache<string>(1)
  cache.get('a', () => 'first')
  expect(() =>
    cache.get('b', () => {
      throw new RangeError('no')
    }),
  ).toThrow(RangeError)
  expect(cache.get('a', () => 'another')).toBe('first')
})
