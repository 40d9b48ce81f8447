import { sameOption } from '../model/same-option'
import type { ServerModel, TableModel, ViewModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'

/** Returns how the options that a class names differ from the stored ones. Options that the server does not store are not compared. */
export function diffOptions(
  wanted: TableModel | ViewModel,
  found: TableModel | ViewModel,
  server: ServerModel | undefined,
): readonly Change[] {
  const { keyspace, name: table } = wanted
  return Object.entries(wanted.options).flatMap(([name, declared]): readonly Change[] => {
    const stored = found.options[name]
    if (stored === undefined || sameOption(name, declared, stored, server?.defaultOptions))
      return []
    return [makeChange('changeOption', { keyspace, table, name }, { wanted, declared, stored })]
  })
}
