import { SchemaError } from '../../errors/errors'
import { drop } from '../ddl'
import type { KeyspaceModel } from '../model/table-model'

/**
 * Builds the statements that drop the declared part of a stored keyspace and the log of migrations, or with `force` all
 * of the keyspace: views before their tables, types after what contains them. Throws `SchemaError` if the keyspace has tables or views that no class
 * declares, unless `force` is given.
 */
export function buildDrops(
  wanted: KeyspaceModel,
  found: KeyspaceModel,
  force: boolean,
  migrationsTable?: string,
): readonly string[] {
  const namesOf = (things: readonly { readonly name: string }[]) =>
    new Set(things.map(({ name }) => name))
  const tables = namesOf(wanted.tables)
  const views = namesOf(wanted.views)
  const types = namesOf(wanted.types)
  const unmapped = [
    ...found.tables.filter(({ name }) => !tables.has(name) && name !== migrationsTable),
    ...found.views.filter(({ name }) => !views.has(name)),
  ].map(({ name }) => name)
  if (unmapped.length > 0 && !force) {
    throw new SchemaError(
      `keyspace '${found.name}' has tables or views that no class maps: ${unmapped.join(', ')}; ` +
        'add their classes to entities, or call drop({ force: true }) to drop them too, with all their rows',
    )
  }
  const ofTypes: string[] = []
  for (const { name } of found.types) {
    if (force || types.has(name)) ofTypes.unshift(drop('TYPE', found.name, name))
  }
  return [
    ...found.views.map(({ name }) => drop('MATERIALIZED VIEW', found.name, name)),
    ...found.tables.map(({ name }) => drop('TABLE', found.name, name)),
    ...ofTypes,
  ]
}
