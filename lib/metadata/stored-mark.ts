/** Its constructor returns what it is given, so that a derived class adds its private fields to that. */
const Given = function (this: unknown, entity: object) {
  return entity
} as unknown as new (entity: object) => object

/**
 * Marks entities that were read or written here with a private field: keys, copies, JSON and comparisons do not see
 * it, frozen entities can have it, and it costs a few nanoseconds.
 */
export class StoredMark extends Given {
  /** Empty collections that a write left unset. */
  #unset: readonly unknown[] | undefined = undefined

  /** Marks an entity, also one that has the mark. `unset` are the empty collections that were not written. */
  static set(entity: object, unset?: readonly unknown[]): void {
    const marked = #unset in entity ? entity : new StoredMark(entity)
    marked.#unset = unset
  }

  static isOn(entity: object): boolean {
    return #unset in entity
  }

  /** Returns true for an empty collection that the last write of the entity left unset. */
  static isUnset(entity: object, collection: unknown): boolean {
    return #unset in entity && entity.#unset?.includes(collection) === true
  }
}
