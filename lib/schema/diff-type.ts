import { printType, sameType } from '../cql/print-type'
import type { CqlType } from '../cql/cql-type'
import { addField, createType } from './ddl'
import type { Change } from './diff'
import type { TypeModel } from './table-model'

/** What has to happen so that a user-defined type has the declared fields. Those that it has besides stay. */
export function diffType(wanted: TypeModel, found: TypeModel | undefined): readonly Change[] {
  if (found === undefined) {
    return [
      {
        kind: 'createType',
        cql: createType(wanted),
        safety: 'safe',
        reason: `the type ${wanted.name} is not there`,
      },
    ]
  }
  const there = new Map(found.fields.map(({ name, type }) => [name, type]))
  return wanted.fields.flatMap((field): readonly Change[] => {
    const type = there.get(field.name)
    if (type === undefined) {
      return [
        {
          kind: 'addField',
          cql: addField(wanted, field),
          safety: 'safe',
          reason: `the field ${wanted.name}.${field.name} is not there`,
        },
      ]
    }
    if (sameType(frozen(type), frozen(field.type))) return []
    return [
      {
        kind: 'mismatch',
        cql: '',
        safety: 'impossible',
        reason:
          `the field ${wanted.name}.${field.name} is declared as ${printType(field.type)} ` +
          `and is ${printType(type)} there`,
      },
    ]
  })
}

/** A value of a type is stored whole, so its fields are alike whether they are frozen or not. */
function frozen(type: CqlType): CqlType {
  return { kind: 'frozen', of: type }
}
