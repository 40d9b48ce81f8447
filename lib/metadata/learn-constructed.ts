import type { EntityMetadata } from './entity-metadata'
import { learnOwnState } from './own-state'

/**
 * Tells an instance of a class with `construct`, and notes its properties: the state that such a class
 * derives is known from its instances alone.
 */
export function learnConstructed(metadata: EntityMetadata, given: object): boolean {
  const { target, construct, inheritance } = metadata
  if (construct === undefined && inheritance === undefined) return false
  const made = [{ target, construct }, ...(inheritance?.classes ?? [])].find(
    (each) => each.construct !== undefined && given instanceof each.target,
  )
  if (made !== undefined) learnOwnState(made.target, given)
  return made !== undefined
}
