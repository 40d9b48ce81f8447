/** The result of several rounds. */
export interface Figure {
  readonly median: number
  readonly min: number
  readonly max: number
  /** In the order of the rounds. */
  readonly rounds: readonly number[]
}

export function figureOf(rounds: readonly number[]): Figure {
  if (rounds.length === 0) throw new Error('there are no rounds')
  return { median: median(rounds), min: Math.min(...rounds), max: Math.max(...rounds), rounds }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** By linear interpolation between neighbors. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * at
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

/** The cost of one contender in units of the cost of another. */
export interface Ratio {
  readonly value: number
  /** Half the distance between the quartiles of the rounds. */
  readonly noise: number
  /** Half the confidence interval (95 %) of the value, which gets smaller with more rounds. */
  readonly error: number
}

/** 1.96 standard errors of a median, of which half the distance between the quartiles is 0.67 standard deviations. */
const errorOfNoise = (1.96 * 1.253) / 0.6745

/** Round by round, since the contenders take turns: the median of the rounds' ratios. */
export function ratioOf(one: Figure, other: Figure): Ratio {
  const count = Math.min(one.rounds.length, other.rounds.length)
  const ratios = Array.from({ length: count }, (_, round) => {
    return (one.rounds[round] ?? Number.NaN) / (other.rounds[round] ?? Number.NaN)
  })
  const noise = (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / 2
  return { value: median(ratios), noise, error: (errorOfNoise * noise) / Math.sqrt(count) }
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
