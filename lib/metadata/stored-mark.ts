import type { AbsentColumns } from './absent-columns'

/** Its constructor returns what it is given, so that a derived class adds its private fields to that. */
const Given = function (this: unknown, entity: object) {
  return entity
} as unknown as new (entity: object) => object

/** The columns of an entity that have nothing to delete. */
class Nothing {
  constructor(
    /** The columns that had no value when the entity was read, and were given none by a write since. */
    readonly absent: AbsentColumns | undefined,
    /** The key with which it was read: its part, or an array of several parts, as `keyPart` returns them. */
    readonly key: unknown,
    /** Empty collections that a write left unset. */
    readonly unset: readonly unknown[] | undefined,
  ) {}
}

/**
 * Marks entities that were read or written here with a private field: keys, copies, JSON and comparisons do not see
 * it, frozen entities can have it, and it costs a few nanoseconds. A new instance is best marked before its properties
 * are set: V8 makes slow objects of those that get private fields after many properties.
 */
export class StoredMark extends Given {
  #nothing: Nothing | undefined = undefined

  /** Marks an entity that was read, also one that has the mark. `key` is given with absent columns. */
  static read(entity: object, absent?: AbsentColumns, key?: unknown): void {
    const marked = #nothing in entity ? entity : new StoredMark(entity)
    marked.#nothing = absent && new Nothing(absent, key, undefined)
  }

  /** Marks an entity that was written. `unset` are the empty collections that were not written. */
  static written(entity: object, unset: readonly unknown[] | undefined): void {
    const marked = #nothing in entity ? entity : new StoredMark(entity)
    const before = marked.#nothing
    if (before === undefined && unset === undefined) return
    marked.#nothing = new Nothing(before?.absent, before?.key, unset)
  }

  static isOn(entity: object): boolean {
    return #nothing in entity
  }

  /** Returns true for an empty collection that the last write of the entity left unset. */
  static isUnset(entity: object, collection: unknown): boolean {
    return #nothing in entity && entity.#nothing?.unset?.includes(collection) === true
  }

  /** Returns the columns that had no value when the entity was read, and were given none by a write since. */
  static absentOf(entity: object): AbsentColumns | undefined {
    return #nothing in entity ? entity.#nothing?.absent : undefined
  }

  /** Returns the parts of the key with which an entity was read that has absent columns. */
  static keyOf(entity: object): readonly unknown[] {
    if (!(#nothing in entity) || entity.#nothing?.absent === undefined) return []
    const { absent, key } = entity.#nothing
    return absent.source.key.length === 1 ? [key] : (key as readonly unknown[])
  }

  /** Notes that a write gives columns a value, even if it fails: it may have happened. */
  static give(entity: object, absent: AbsentColumns): void {
    if (!(#nothing in entity) || entity.#nothing === undefined) return
    const { key, unset } = entity.#nothing
    entity.#nothing = new Nothing(absent, key, unset)
  }
}
