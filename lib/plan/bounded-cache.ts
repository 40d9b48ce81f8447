interface Entry<T> {
  readonly value: T
  /** Asked for since it last stood at the head of the line. */
  isRecent: boolean
}

/**
 * Values by a text, never more than `capacity`: one that was not asked for lately goes first. A value that was asked
 * for gets a second turn when it comes to the head of the line, which costs less on every call than moving it to the
 * end at once.
 */
export class BoundedCache<T> {
  readonly #entries = new Map<string, Entry<T>>()

  constructor(private readonly capacity: number) {}

  /** The value of `key`, built when it is not here. A build that throws leaves nothing behind. */
  get(key: string, build: () => T): T {
    const known = this.#entries.get(key)
    if (known !== undefined) {
      known.isRecent = true
      return known.value
    }
    const value = build()
    if (this.#entries.size >= this.capacity) this.#evict()
    this.#entries.set(key, { value, isRecent: false })
    return value
  }

  #evict(): void {
    for (const [key, entry] of this.#entries) {
      this.#entries.delete(key)
      if (!entry.isRecent) return
      entry.isRecent = false
      this.#entries.set(key, entry)
    }
  }

  get size(): number {
    return this.#entries.size
  }
}
