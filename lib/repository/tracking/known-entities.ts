import { anyOrder } from '../../codec/parameter'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { setProperty } from '../../metadata/set-property'
import { isSameValue } from './snapshot'
import type { TrackedState } from './tracked-state'

type Values = Readonly<Record<string, unknown>>

/** The data that is remembered of an entity. */
interface KnownState {
  readonly key: readonly unknown[]
  /** The values that a later save must not change. */
  readonly fixed: readonly (readonly [property: string, value: unknown])[]
}

/**
 * The entities of one table that were read or written here: what is saved again is an update. One that was given
 * another key since is another row, and not known.
 */
export class KnownEntities {
  readonly #states = new WeakMap<object, KnownState>()
  /** The states of whole entities whose class tracks changes. */
  readonly tracked = new WeakMap<object, TrackedState>()

  /**
   * Remembers an entity, and the `fixed` columns that later saves do not change. One without its whole key, as a
   * projection may be, does not become known.
   */
  add(metadata: EntityMetadata, given: object, fixed: readonly ColumnMetadata[]): void {
    const key = metadata.key.map(({ property }) => copied((given as Values)[property]))
    if (key.some((value) => value === undefined || value === null)) {
      this.#states.delete(given)
      return
    }
    this.#states.set(given, {
      key,
      fixed: fixed.map(({ property }) => [property, copied((given as Values)[property])]),
    })
  }

  has(metadata: EntityMetadata, given: object): boolean {
    return this.#states.has(given) && this.changedKey(metadata, given) === undefined
  }

  /** The column of the key that one was given another value of since it became known. */
  changedKey(metadata: EntityMetadata, given: object): ColumnMetadata | undefined {
    const state = this.#states.get(given)
    if (state === undefined) return undefined
    return metadata.key.find(
      (column, i) => !isSameKeyPart(column, state.key[i], (given as Values)[column.property]),
    )
  }

  /** Gives a known entity the values back that its fixed columns had. */
  restore(metadata: EntityMetadata, given: object): void {
    for (const [property, value] of this.#states.get(given)?.fixed ?? []) {
      if (isAlike((given as Values)[property], value)) continue
      setProperty(metadata, given, property, copied(value))
    }
  }

  delete(given: object): void {
    this.#states.delete(given)
    this.tracked.delete(given)
  }
}

function isAlike(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime())
}

/** A Date can be changed where it stands. */
function copied(value: unknown): unknown {
  return value instanceof Date ? new Date(value) : value
}

/** @internal Tests whether two values are one row's: of a partition key the server compares the bytes. */
export function isSameKeyPart({ codec, kind }: ColumnMetadata, a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (b === undefined || b === null) return false
  try {
    const [before, after] = [a, b].map((each) => codec.encode(codec.check(each), anyOrder))
    if (before === undefined || after === undefined) return false
    return kind === 'partitionKey' ? before.equals(after) : isSameValue(codec, before, after)
  } catch {
    // A value that does not fit its column is refused where it is bound.
    return false
  }
}
