import { nativeNames, nativeType } from '../../cql/native-types'
import type { KeyspaceModel } from '../model/table-model'
import { pascalCase } from './casing'

/** Names that generated files use otherwise: imports and globals. */
const taken = [
  ...(
    'Entity MaterializedView UserDefinedType PartitionKey ClusteringKey Column StaticColumn ' +
    'CounterColumn Field Index Array Function Map Object Promise Set Symbol Undefined'
  ).split(' '),
  ...nativeNames.map((name) => nativeType(name).property),
]

/** The class of each table and view, and of each user-defined type. */
export interface ClassNames {
  readonly ofTables: ReadonlyMap<string, string>
  readonly ofTypes: ReadonlyMap<string, string>
}

/**
 * Chooses class names: `OrderItems` for `order_items`. A name that is taken gets `Table`, `View` or `Type` appended, then
 * a number. Names that differ only in case count as taken, because some file systems do not distinguish their files.
 */
export function classNames({ tables, views, types }: KeyspaceModel): ClassNames {
  const used = new Set<string>(taken.map((name) => name.toLowerCase()))
  const name = (of: string, kind: string): readonly [string, string] => {
    const plain = pascalCase(of) || kind
    const base = used.has(plain.toLowerCase()) ? `${plain}${kind}` : plain
    let free = base
    for (let n = 2; used.has(free.toLowerCase()); n++) free = `${base}${n}`
    used.add(free.toLowerCase())
    return [of, free]
  }
  return {
    ofTables: new Map([
      ...tables.map((table) => name(table.name, 'Table')),
      ...views.map((view) => name(view.name, 'View')),
    ]),
    ofTypes: new Map(types.map((type) => name(type.name, 'Type'))),
  }
}
