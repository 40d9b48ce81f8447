import type { CqlType } from '../../cql/cql-type'
import { userTypesIn } from '../../cql/type-tree'
import type { ColumnModel, UserTypeModel } from '../model/table-model'

/** The user-defined types of a keyspace by what a class of them can declare. */
export interface DeclarableTypes {
  /** The types of which at least one field can be declared: they have a class. */
  readonly some: ReadonlySet<string>
  /** The types of which every field can be declared: they can be in a key. */
  readonly whole: ReadonlySet<string>
}

/** Finds the types that classes can declare. Types must come after those that they contain. */
export function declarableTypes(types: readonly UserTypeModel[]): DeclarableTypes {
  const some = new Set<string>()
  const whole = new Set<string>()
  for (const { name, fields } of types) {
    if (fields.some(({ type }) => isDeclarable(type, some))) some.add(name)
    if (fields.every(({ type }) => isDeclarable(type, whole))) whole.add(name)
  }
  return { some, whole }
}

/** Tells whether a type is made of native types and of types that have a class. */
export function isDeclarable(type: CqlType, declarable: ReadonlySet<string>): boolean {
  return userTypesIn(type).every((name) => declarable.has(name))
}

/** Finds a key column that no class can declare: without it, a class would read and write other rows than it says. */
export function undeclarableKey(
  columns: readonly ColumnModel[],
  { whole }: DeclarableTypes,
): ColumnModel | undefined {
  return columns.find(({ position, type }) => position >= 0 && !isDeclarable(type, whole))
}
