import type { CqlType } from '../../cql/cql-type'
import type { UserTypeModel } from './table-model'

/** The user-defined types that a type is made of. */
export function userTypesIn(type: CqlType): readonly string[] {
  switch (type.kind) {
    case 'native':
      return []
    case 'udt':
      return [type.name]
    case 'map':
      return [...userTypesIn(type.key), ...userTypesIn(type.value)]
    case 'tuple':
      return type.of.flatMap(userTypesIn)
    case 'list':
    case 'set':
    case 'frozen':
    case 'vector':
      return userTypesIn(type.of)
  }
}

/** The types, each after those that it holds; the server has no circles among them. */
export function sortTypes(types: readonly UserTypeModel[]): readonly UserTypeModel[] {
  const byName = new Map(types.map((type) => [type.name, type]))
  const sorted = new Set<UserTypeModel>()
  const visit = (type: UserTypeModel, above: readonly UserTypeModel[]) => {
    if (above.includes(type)) return
    for (const name of type.fields.flatMap((field) => userTypesIn(field.type))) {
      const inner = byName.get(name)
      if (inner !== undefined) visit(inner, [...above, type])
    }
    sorted.add(type)
  }
  for (const type of types) visit(type, [])
  return [...sorted]
}
