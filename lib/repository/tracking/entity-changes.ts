import { StatementError } from '../../errors/errors'
import { requireObject } from '../../statement/column-of'
import { requireColumns } from '../../statement/insert'
import type { ColumnKey } from '../../statement/where'
import { differencesOf } from './differences'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import type { KnownEntities } from './known-entities'
import { storedValue } from './snapshot'

/** The change of one property since the entity was read or written. */
export interface PropertyChange<V> {
  /**
   * The stored value; undefined if it is not known, because the column was not read or was left unset by the write.
   */
  readonly from: V | null | undefined
  /** The value of the entity. */
  readonly to: V | null
}

/** The properties that have changed. */
export type EntityChanges<E> = {
  readonly [K in ColumnKey<E>]?: PropertyChange<Exclude<E[K], null | undefined>>
}

/** The changes of an entity as a user sees them. */
export function changesOf<E extends object>(
  { metadata, known }: { readonly metadata: EntityMetadata; readonly known: KnownEntities },
  given: object,
): EntityChanges<E> {
  if (!metadata.tracksChanges) {
    throw new StatementError(
      `${metadata.name} does not track changes; write @Entity({ trackChanges: true })`,
    )
  }
  requireObject(metadata, given, 'an entity')
  requireColumns(metadata, given)
  const tracked = known.tracked.get(given)
  if (tracked === undefined) {
    throw new StatementError(
      `${metadata.name}: the entity was neither read whole nor written here, so its changes are not known; ` +
        'read it without select, with a repository of the same keyspace',
    )
  }
  return Object.freeze(
    Object.fromEntries(
      differencesOf(tracked.snapshot, given).map(({ column, from, to }) => [
        column.property,
        Object.freeze({ from: storedValue(column, from), to }),
      ]),
    ),
  ) as EntityChanges<E>
}
