import { type Class, ownDeclarations } from './declaration'

/** Tells a class with rows of its own: of a table, of a view, or of a table that it shares. */
export function isEntity(target: Class): boolean {
  const own = ownDeclarations(target)
  return own?.entity !== undefined || own?.view !== undefined || own?.child !== undefined
}
