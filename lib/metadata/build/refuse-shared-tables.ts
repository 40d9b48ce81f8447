import { DeclarationError } from '../../errors/errors'
import { type Class, ownDeclarations } from '../declaration'
import type { EntityMetadata } from '../entity-metadata'
import { optionOf } from './declared-properties'

/**
 * Refuses unrelated classes whose names give one table name, as two modules or a minifier can: each would
 * read and write the rows of the other. Throws `DeclarationError`. Classes that name their table may share
 * it, and so may a class and its base.
 */
export function refuseSharedTables(metadatas: readonly EntityMetadata[]): void {
  const found = new Map<string, EntityMetadata>()
  for (const metadata of metadatas) {
    if (!isTableDerived(metadata)) continue
    const { target, name, table, keyspace } = metadata
    const key = JSON.stringify([keyspace, table])
    const other = found.get(key)
    if (other === undefined) found.set(key, metadata)
    else if (!isRelated(target, other.target)) {
      throw new DeclarationError(name, [
        {
          where: name,
          message:
            `has the table '${table}', which an unrelated class ${other.name} has too, both by the names of the classes; ` +
            'name the table of each: @Entity(name)',
        },
      ])
    }
  }
}

/** Tells a class whose table or view has the name that the naming strategy makes of the name of the class. */
function isTableDerived({ target }: EntityMetadata): boolean {
  const own = ownDeclarations(target)
  const named = own?.view ?? own?.entity
  return named !== undefined && optionOf(named, 'name') === undefined
}

function isRelated(a: Class, b: Class): boolean {
  return a === b || isBaseOf(a, b) || isBaseOf(b, a)
}

function isBaseOf(base: Class, derived: Class): boolean {
  return (derived.prototype as object) instanceof base
}
