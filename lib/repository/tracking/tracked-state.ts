import type { Snapshot } from './snapshot'

const none: ReadonlySet<string> = new Set()

/**
 * The stored values of one entity, and the columns in doubt: those of a pending write, or of a failed write that may
 * have been applied. The next save sends them whole, which is right in either case.
 */
export class TrackedState {
  #snapshot: Snapshot
  /** The columns of each write that was not seen to be applied. */
  #writes: Map<number, readonly string[]> | undefined
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
    return this.#writes === undefined || this.#writes.size === 0
      ? none
      : new Set([...this.#writes.values()].flat())
  }

  /** Notes that a write of these properties is about to be sent. Returns its number. */
  begin(properties: readonly string[]): number {
    this.#writes ??= new Map()
    this.#writes.set(++this.#count, properties)
    return this.#count
  }

  /** Notes that it was applied: what came before it no longer matters to the properties that it wrote. */
  markApplied(write: number, snapshot: Snapshot): void {
    const writes = this.#writes ?? new Map<number, readonly string[]>()
    const written = new Set(writes.get(write))
    for (const [each, properties] of writes) {
      if (each > write) continue
      const others = properties.filter((property) => !written.has(property))
      if (others.length === 0) writes.delete(each)
      else writes.set(each, others)
    }
    if (write < this.#applied) return
    this.#applied = write
    this.#snapshot = snapshot
  }
}
