import { SchemaError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'
import { userTypesIn } from '../../cql/type-tree'
import type { ColumnModel, KeyspaceModel } from '../model/table-model'

/**
 * Selects tables and views of a keyspace: a view comes with its table, a table with the types that it contains. Without
 * names, selects everything. Throws `SchemaError` for a name that does not exist.
 */
export function selectTables(
  model: KeyspaceModel,
  wanted: readonly string[] | undefined,
): KeyspaceModel {
  if (wanted === undefined) return model
  const known = [...model.tables, ...model.views].map(({ name }) => name)
  const missing = wanted.find((name) => !known.includes(name))
  if (missing !== undefined) {
    throw new SchemaError(
      `keyspace '${model.name}' has no table or view '${missing}'${didYouMean(missing, known)}`,
    )
  }
  const views = model.views.filter(({ name }) => wanted.includes(name))
  const tables = model.tables.filter(
    ({ name }) => wanted.includes(name) || views.some(({ from }) => from === name),
  )
  const held = new Set<string>()
  const hold = (columns: readonly Pick<ColumnModel, 'type'>[]) => {
    for (const name of columns.flatMap(({ type }) => userTypesIn(type))) {
      if (held.has(name)) continue
      held.add(name)
      hold(model.types.find((type) => type.name === name)?.fields ?? [])
    }
  }
  for (const { columns } of tables) hold(columns)
  return { ...model, tables, views, types: model.types.filter(({ name }) => held.has(name)) }
}
