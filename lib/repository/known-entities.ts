import { anyOrder } from '../codec/parameter'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'

type Values = Readonly<Record<string, unknown>>

/**
 * The entities of one table that were read or written here: what is saved again is an update. One that was given
 * another key since is another row, and not known.
 */
export class KnownEntities {
  readonly #keys = new WeakMap<object, readonly unknown[]>()

  /** One without its whole key, as a projection may be, does not become known. */
  add(entity: EntityMetadata, given: object): void {
    const key = keyColumns(entity).map(({ property }) => (given as Values)[property])
    if (key.every((value) => value !== undefined && value !== null)) this.#keys.set(given, key)
    else this.#keys.delete(given)
  }

  has(entity: EntityMetadata, given: object): boolean {
    const key = this.#keys.get(given)
    if (key === undefined) return false
    return keyColumns(entity).every((column, i) =>
      isSame(column, key[i], (given as Values)[column.property]),
    )
  }

  delete(given: object): void {
    this.#keys.delete(given)
  }
}

function keyColumns({ partitionKey, clusteringKey }: EntityMetadata): readonly ColumnMetadata[] {
  return clusteringKey.length === 0 ? partitionKey : [...partitionKey, ...clusteringKey]
}

function isSame({ codec }: ColumnMetadata, a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (b === undefined || b === null) return false
  try {
    return codec.encode(codec.check(a), anyOrder).equals(codec.encode(codec.check(b), anyOrder))
  } catch {
    // What does not fit its column is refused where it is bound.
    return false
  }
}
