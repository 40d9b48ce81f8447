import { figureOf, geometricMean, quantile, ratioOf } from '../../bench/report/figure'
import { microseconds } from '../../bench/report/microseconds'

describe('a figure', () => {
  it('is the median of the rounds, with the least and the most', () => {
    expect(figureOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5, rounds: [5, 1, 3] })
    expect(figureOf([4, 1, 3, 2]).median).toBe(2.5)
    expect(() => figureOf([])).toThrow('there are no rounds')
  })

  it('has quantiles between its rounds', () => {
    expect([0, 0.25, 0.5, 1].map((at) => quantile([10, 20, 30, 40, 50], at))).toEqual([
      10, 20, 30, 50,
    ])
    expect(quantile([0, 10], 0.25)).toBe(2.5)
  })
})

describe('a ratio', () => {
  it('is taken round by round, so that a slow minute counts for both', () => {
    const ratio = ratioOf(figureOf([10, 100, 20]), figureOf([20, 200, 40]))
    expect(ratio).toEqual({ value: 0.5, noise: 0, error: 0 })
  })

  it('may be off by half the distance between the quartiles', () => {
    const ratio = ratioOf(figureOf([1, 2, 3, 4, 5]), figureOf([1, 1, 1, 1, 1]))
    expect(ratio).toEqual({ value: 3, noise: 1, error: expect.closeTo(1.63) as number })
  })

  it('is twice as exact after four times as many rounds', () => {
    const errorAfter = (count: number) =>
      ratioOf(figureOf(rounds(count)), figureOf(rounds(count).fill(1))).error
    const rounds = (count: number) => Array.from({ length: count }, (_, round) => 1 + (round % 5))
    expect(errorAfter(100) * 2).toBeCloseTo(errorAfter(25))
  })

  it('has a geometric mean with others', () => {
    expect(geometricMean([0.5, 2])).toBeCloseTo(1)
  })
})

describe('microseconds', () => {
  it.each([
    [0.0123, '12.3 ns'],
    [1, '1.00 µs'],
    [45.67, '45.7 µs'],
    [999, '999 µs'],
    [1234, '1.23 ms'],
    [2_500_000, '2.50 s'],
  ])('%d is %s', (value, text) => {
    expect(microseconds(value)).toBe(text)
  })
})
