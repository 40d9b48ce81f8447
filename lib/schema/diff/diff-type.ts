import type { CqlType } from '../../cql/cql-type'
import { sameType } from '../../cql/print-type'
import { userTypesIn } from '../../cql/type-tree'
import type { KeyspaceModel, UserTypeModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'

/** Returns how a declared user-defined type differs from the stored one. */
export function diffType(userType: UserTypeModel, stored: KeyspaceModel): readonly Change[] {
  const { keyspace, name: type } = userType
  const found = stored.types.find(({ name }) => name === type)
  if (found === undefined) return [makeChange('createType', { keyspace, type }, { userType })]
  const storedFields = new Map(found.fields.map((field) => [field.name, field.type]))
  const declared = new Set(userType.fields.map(({ name }) => name))
  return [
    ...userType.fields.flatMap((field): readonly Change[] => {
      const place = { keyspace, type, name: field.name }
      const other = storedFields.get(field.name)
      if (other === undefined) {
        const tables = tablesKeyedBy(type, stored)
        const obstacle =
          tables.length === 0
            ? undefined
            : `, and a type in the partition key of ${tables.join(', ')} cannot get fields`
        return [makeChange('addField', place, { userType, field }, obstacle)]
      }
      if (sameType(frozen(other), frozen(field.type))) return []
      return [makeChange('changeField', place, { declared: field.type, stored: other })]
    }),
    ...found.fields
      .filter(({ name }) => !declared.has(name))
      .map(({ name }) => makeChange('dropField', { keyspace, type, name }, {})),
  ]
}

/** A value of a type is stored whole, so a frozen field and an unfrozen one are stored alike. */
function frozen(type: CqlType): CqlType {
  return { kind: 'frozen', of: type }
}

/** The tables and views that have a type in their partition key, directly or inside another type. */
function tablesKeyedBy(type: string, { types, tables, views }: KeyspaceModel): readonly string[] {
  const holders = new Set([type])
  // Types come after those that they hold.
  for (const { name, fields } of types) {
    if (fields.some((field) => userTypesIn(field.type).some((inner) => holders.has(inner)))) {
      holders.add(name)
    }
  }
  return [...tables, ...views]
    .filter(({ columns }) =>
      columns.some(
        (column) =>
          column.kind === 'partitionKey' &&
          userTypesIn(column.type).some((inner) => holders.has(inner)),
      ),
    )
    .map(({ name }) => name)
}
