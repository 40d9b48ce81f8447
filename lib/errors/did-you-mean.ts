import { editDistance } from './edit-distance'

/**
 * The candidate nearest to `name`, or `undefined` if no candidate is near enough: more than half of
 * `name` would have to change, or the candidate is less than two thirds as long. Case does not count, so
 * `Name` finds `name`; of two candidates at one distance, the one of the same length is nearer.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  const maxDistance = Math.max(2, Math.floor(name.length / 2))
  let best: { readonly candidate: string; readonly rank: number } | undefined
  for (const candidate of candidates) {
    if (candidate.length * 3 < name.length * 2) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance > maxDistance || distance >= Math.max(name.length, candidate.length)) continue
    const rank = distance + (candidate.length === name.length ? 0 : 0.5)
    if (best === undefined || rank < best.rank) best = { candidate, rank }
  }
  return best?.candidate
}

/** `; did you mean 'name'?`, or an empty text: the tail of a message about an unknown name. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const found = nearest(name, candidates)
  return found === undefined ? '' : `; did you mean '${found}'?`
}
