import type { CqlType } from '../../cql/cql-type'
import { printType, sameType } from '../../cql/print-type'
import type { Change } from './change'
import { addField, createType } from '../ddl'
import { userTypesIn } from '../../cql/type-tree'
import type { KeyspaceModel, UserTypeModel } from '../model/table-model'

/** How a user-defined type differs from the one of that name in `there`. */
export function diffType(wanted: UserTypeModel, there: KeyspaceModel): readonly Change[] {
  const { keyspace, name: type } = wanted
  const found = there.types.find(({ name }) => name === type)
  if (found === undefined) {
    const reason = `the type ${type} is not there`
    return [{ kind: 'createType', keyspace, type, cql: createType(wanted), safety: 'safe', reason }]
  }
  const stored = new Map(found.fields.map((field) => [field.name, field.type]))
  const declared = new Set(wanted.fields.map(({ name }) => name))
  return [
    ...wanted.fields.flatMap((field): readonly Change[] => {
      const { name } = field
      const change = { keyspace, type, name }
      const other = stored.get(name)
      if (other === undefined) {
        const reason = `the field ${type}.${name} is not there`
        const inKey = tablesKeyedBy(type, there)
        return inKey.length === 0
          ? [{ ...change, kind: 'addField', cql: addField(wanted, field), safety: 'safe', reason }]
          : [
              {
                ...change,
                kind: 'addField',
                cql: '',
                safety: 'impossible',
                reason: `${reason}, and a type in the partition key of ${inKey.join(', ')} takes none`,
              },
            ]
      }
      if (sameType(frozen(other), frozen(field.type))) return []
      return [
        {
          ...change,
          kind: 'changeField',
          cql: '',
          safety: 'impossible',
          reason:
            `the field ${type}.${name} is declared as ${printType(field.type)} ` +
            `and is ${printType(other)} there`,
        },
      ]
    }),
    ...found.fields
      .filter(({ name }) => !declared.has(name))
      .map(({ name }): Change => ({
        kind: 'dropField',
        keyspace,
        type,
        name,
        cql: '',
        safety: 'destructive',
        reason: `the field ${type}.${name} is not mapped; it stays, since no statement removes a field`,
      })),
  ]
}

/** A value of a type is stored whole, so its fields are alike whether they are frozen or not. */
function frozen(type: CqlType): CqlType {
  return { kind: 'frozen', of: type }
}

/** The tables and views with a type in their partition key, itself or inside another. */
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
