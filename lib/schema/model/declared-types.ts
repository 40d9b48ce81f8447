import { printType, sameType } from '../../cql/print-type'
import { SchemaError } from '../../errors/errors'
import type { UserTypeMetadata } from '../../metadata/user-type'
import { sortTypes } from './sort-types'
import type { UserTypeModel } from './table-model'

/**
 * The user-defined types of a keyspace, each after those that it holds. Where several
 * classes are one type, it has the fields of all of them. Throws `SchemaError` when they contradict each other.
 */
export function declaredTypes(
  userTypes: readonly UserTypeMetadata[],
  keyspace: string,
): readonly UserTypeModel[] {
  const types = new Map<string, Map<string, UserTypeModel['fields'][number]>>()
  for (const { name: entity, type: name, fields } of new Set(userTypes)) {
    const merged = types.get(name) ?? new Map<string, UserTypeModel['fields'][number]>()
    types.set(name, merged)
    for (const field of fields) {
      const other = merged.get(field.name)
      if (other !== undefined && !sameType(other.type, field.type)) {
        throw new SchemaError(
          `${entity}.${field.property} is ${printType(field.type)}, and another class of the type ` +
            `'${name}' has the field '${field.name}' as ${printType(other.type)}; declare both alike`,
        )
      }
      if (other === undefined) merged.set(field.name, { name: field.name, type: field.type })
    }
  }
  return sortTypes(
    [...types].map(([name, fields]) => ({ keyspace, name, fields: [...fields.values()] })),
  )
}
