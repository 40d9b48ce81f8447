import { distance } from 'fastest-levenshtein'

/**
 * The candidate most like `name`, or undefined when none is near enough to be meant.
 * Case does not count, so `Name` finds `name`.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(name.length / 2)) + 1
  for (const candidate of candidates) {
    const d = distance(wanted, candidate.toLowerCase())
    if (d < bestDistance) {
      best = candidate
      bestDistance = d
    }
  }
  return best
}

/** `; did you mean 'name'?`, or nothing: the tail of a message about an unknown name. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const found = nearest(name, candidates)
  return found === undefined ? '' : `; did you mean '${found}'?`
}
