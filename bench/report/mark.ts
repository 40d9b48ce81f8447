import type { ContenderName } from '../contenders'

/** The bare driver, or else the first contender, is what the others are divided by. */
export function markOf(contenders: readonly ContenderName[]): ContenderName | undefined {
  return contenders.includes('driver') ? 'driver' : contenders[0]
}
