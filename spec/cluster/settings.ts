const { env } = process

/**
 * The seconds of load of each part, the seed of its random choices, and the seconds from one fault of a node to the
 * next. `npm run test:cluster` sets ten minutes.
 */
export const settings = {
  seconds: numberOf('CLUSTER_SECONDS'),
  seed: numberOf('CLUSTER_SEED') ?? Math.floor(Math.random() * 2 ** 32),
  faultSeconds: numberOf('CLUSTER_FAULT_SECONDS'),
} as const

/** Returns the seconds of a part: those of the environment, or these of the short form. */
export function secondsOf(short: number): number {
  return settings.seconds ?? short
}

/** Only the long form is long enough for what moves slowly. */
export const isLong = (settings.seconds ?? 0) >= 120

function numberOf(name: string): number | undefined {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} needs a number; got '${text}'`)
  return value
}
