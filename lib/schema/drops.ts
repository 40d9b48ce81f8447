import { SchemaError } from '../errors/errors'
import { drop } from './ddl'
import type { KeyspaceModel } from './model/table-model'

/**
 * The statements that drop what is declared and there, or with `force` all that is there: views before their tables,
 * types after what holds them. Throws `SchemaError` when there are tables or views that nothing declares, and no force.
 */
export function dropsOf(
  wanted: KeyspaceModel,
  found: KeyspaceModel,
  force: boolean,
): readonly string[] {
  const namesOf = (things: readonly { readonly name: string }[]) =>
    new Set(things.map(({ name }) => name))
  const tables = namesOf(wanted.tables)
  const views = namesOf(wanted.views)
  const types = namesOf(wanted.types)
  const unmapped = [
    ...found.tables.filter(({ name }) => !tables.has(name)),
    ...found.views.filter(({ name }) => !views.has(name)),
  ].map(({ name }) => name)
  if (unmapped.length > 0 && !force) {
    throw new SchemaError(
      `the keyspace '${found.name}' holds what no class maps: ${unmapped.join(', ')}; ` +
        'add their classes to entities, or drop({ force: true }) drops them too, with all their rows',
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
