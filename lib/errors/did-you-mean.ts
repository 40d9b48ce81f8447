import { editDistance } from './edit-distance'
import { type WordKind, hintFor } from './words'

/**
 * The candidate nearest to `name`, or `undefined` if no candidate is near enough: more than a third of
 * its letters would have to change, or the candidate is less than two thirds as long. Case does not count, so
 * `Name` finds `name`; of two candidates at one distance, the one of the same length is nearer.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let best: { readonly candidate: string; readonly rank: number } | undefined
  for (const candidate of candidates) {
    if (candidate.length * 3 < name.length * 2) continue
    const maxDistance = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3))
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance > maxDistance || distance >= Math.max(name.length, candidate.length)) continue
    const rank = distance + (candidate.length === name.length ? 0 : 0.5)
    if (best === undefined || rank < best.rank) best = { candidate, rank }
  }
  return best?.candidate
}

/**
 * The tail of a message about an unknown name: what to write instead of a word of another library, `; did you mean
 * 'name'?` for a misspelt one, or an empty text. `kind` says which words people may know from elsewhere.
 */
export function didYouMean(name: string, candidates: Iterable<string>, kind?: WordKind): string {
  const names = [...candidates]
  const hint = kind && hintFor(kind, name, names)
  if (hint !== undefined) return `; ${hint}`
  const found = nearest(name, names)
  return found === undefined ? '' : `; did you mean '${found}'?`
}
