import type { Snapshot } from './snapshot'

/**
 * What is stored of one entity, and which columns are in doubt: those of a write that is under way, or that failed and
 * may have been applied all the same. The next save gives them whole, which is right in either case.
 */
export class TrackedState {
  #snapshot: Snapshot
  /** The columns of each write that was not seen to be applied. */
  readonly #writes = new Map<number, readonly string[]>()
  #count = 0
  #applied = 0

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot
  }

  get snapshot(): Snapshot {
    return this.#snapshot
  }

  /** The properties whose stored values are in doubt. */
  get doubtful(): ReadonlySet<string> {
    return new Set([...this.#writes.values()].flat())
  }

  /** A write of these properties is about to be sent. Gives its number. */
  begin(properties: readonly string[]): number {
    this.#writes.set(++this.#count, properties)
    return this.#count
  }

  /** It was applied: what came before it no longer matters to the properties that it wrote. */
  done(write: number, snapshot: Snapshot): void {
    const written = new Set(this.#writes.get(write))
    for (const [each, properties] of this.#writes) {
      if (each > write) continue
      const others = properties.filter((property) => !written.has(property))
      if (others.length === 0) this.#writes.delete(each)
      else this.#writes.set(each, others)
    }
    if (write < this.#applied) return
    this.#applied = write
    this.#snapshot = snapshot
  }
}
