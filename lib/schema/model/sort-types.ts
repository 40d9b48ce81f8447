import { userTypesIn } from '../../cql/type-tree'
import type { UserTypeModel } from './table-model'

/** Returns the types, each after those that it contains; types of a server never form a circle. */
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
